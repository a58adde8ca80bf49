// What a record says under names that nothing reads: what the receipt counts as kept but not understood.

import type { Attributes, RawSpan } from '../domain/raw-span.ts'
import { valueIn } from '../domain/value-in.ts'
import { commonNames } from './basic.ts'
import { forEachBit } from './bits.ts'
import type { Convention, KnownNames } from './convention.ts'
import { originNames, resourceNames } from './resource.ts'
import { statusNames } from './status.ts'
import { isDeferred } from './values.ts'

/** Names remembered, as in speakers.ts. */
const mostNames = 20_000
/** Fields of fields that are opened. */
const deepest = 6

export type Tell = (name: string, spans: number) => void

/**
 * Finds the names among a span's attributes that none of the conventions which understood it lists, nor what is read of
 * every span; likewise in lines of a log, around the span, and beside its attributes. Producers repeat their names: each is
 * compared once for each set of conventions. What stands around is shared by many spans: it is told when others come, so
 * `flush` at the end.
 */
export class UnreadFinder {
  private readonly conventions: readonly Convention[]
  private readonly tell: Tell
  private readonly bySet = new Map<number, Names>()
  private readonly ofRecords = new Map<KnownNames, RecordNames>()
  private readonly resource = new Shared('resource ')
  private readonly scope = new Shared('scope ')
  private readonly memory = { names: mostNames }
  private readonly tellOnce = (name: string): void => this.tell(name, 1)

  constructor(conventions: readonly Convention[], tell: Tell) {
    this.conventions = conventions
    this.tell = tell
  }

  /** Whether nothing has this name that is read of every span, or listed by these conventions. */
  isUnread(name: string, understood = 0): boolean {
    return !this.namesFor(understood).ofSpan.reads(name)
  }

  /** `fields`: those of records whose attributes are only a part. */
  note(span: RawSpan, understood: number, record?: object, fields?: KnownNames): void {
    const names = this.namesFor(understood)
    names.ofSpan.find(span.attributes, '', this.tellOnce)
    if (names.ofLines) for (const event of span.events) names.ofLines.find(event.attributes, '', this.tellOnce)
    if (span.resource !== this.resource.of || names.around !== this.resource.names) {
      this.resource.next(span.resource, names.around, this.tell)
    }
    this.resource.spans++
    const { attributes } = span.scope
    if (attributes !== this.scope.of || names.around !== this.scope.names) {
      this.scope.next(attributes, names.around, this.tell)
    }
    this.scope.spans++
    if (record && fields) this.findFields(record, fields)
  }

  flush(): void {
    this.resource.next(undefined, undefined, this.tell)
    this.scope.next(undefined, undefined, this.tell)
  }

  private findFields(record: object, fields: KnownNames): void {
    let names = this.ofRecords.get(fields)
    if (!names) this.ofRecords.set(fields, (names = new RecordNames(fields, this.memory)))
    for (const name of names.unread(record)) {
      if (!isNothing((record as Attributes)[name]))
        this.tell(`field ${name.includes('\0') ? 'of a long name' : name}`, 1)
    }
  }

  private namesFor(understood: number): Names {
    let names = this.bySet.get(understood)
    if (!names) this.bySet.set(understood, (names = this.namesOf(understood)))
    return names
  }

  private namesOf(understood: number): Names {
    const speaking: Convention[] = []
    forEachBit(understood, place => {
      const convention = this.conventions[place]
      if (convention) speaking.push(convention)
    })
    const lines = speaking.flatMap(({ lines }) => lines ?? [])
    const around = speaking.flatMap(({ around }) => around ?? [])
    return {
      ofSpan: new NameTest([{ reads: [...commonNames, ...originNames, ...statusNames] }, ...speaking], this.memory),
      ofLines: lines.length > 0 ? new NameTest(lines, this.memory) : undefined,
      around: new NameTest([resourceNames, ...around], this.memory),
    }
  }
}

interface Names {
  readonly ofSpan: NameTest
  readonly ofLines: NameTest | undefined
  readonly around: NameTest
}

/** What a run of spans shares. */
class Shared {
  of: Attributes | undefined
  names: NameTest | undefined
  spans = 0
  private readonly prefix: string
  private unread: string[] = []

  constructor(prefix: string) {
    this.prefix = prefix
  }

  next(of: Attributes | undefined, names: NameTest | undefined, tell: Tell): void {
    for (const name of this.unread) tell(name, this.spans)
    this.unread = []
    if (of) names?.find(of, '', name => this.unread.push(this.prefix + name))
    this.of = of
    this.names = names
    this.spans = 0
  }
}

/** Spans of one producer have the same fields in the same order: comparing those with the last ones' is all it takes. */
class RecordNames {
  private readonly test: NameTest
  private keys: readonly string[] = []
  private found: readonly string[] = []

  constructor(fields: KnownNames, memory: Memory) {
    this.test = new NameTest([fields], memory)
  }

  unread(record: object): readonly string[] {
    const keys = Object.keys(record)
    const before = this.keys
    let same = keys.length === before.length
    for (let i = 0; same && i < keys.length; i++) same = keys[i] === before[i]
    if (same) return this.found
    const found: string[] = []
    for (const key of keys) if (!this.test.reads(key)) found.push(key)
    this.keys = keys
    return (this.found = found)
  }
}

/** How many names may still be remembered. */
interface Memory {
  names: number
}

type Home = 'read' | 'unread' | 'opened'

class NameTest {
  private readonly exact = new Set<string>()
  private readonly opens = new Set<string>()
  private readonly patterns: RegExp[] = []
  private readonly known = new Map<string, Home>()
  private readonly memory: Memory

  constructor(lists: readonly KnownNames[], memory: Memory) {
    this.memory = memory
    for (const { reads, keeps = [], opens = [] } of lists) {
      for (const name of [...reads, ...keeps]) {
        if (name.includes('*')) this.patterns.push(patternOf(name))
        else this.exact.add(name)
      }
      for (const name of opens) this.opens.add(name)
    }
  }

  reads(name: string): boolean {
    return this.homeOf(name) === 'read'
  }

  find(attributes: Attributes, before: string, tell: (name: string) => void, depth = 1): void {
    for (const own in attributes) {
      const name = before === '' ? own : before + own
      let home = this.known.get(name)
      if (home === undefined) {
        home = this.homeOf(name)
        if (this.memory.names > 0 && name.length < 128) {
          this.known.set(name, home)
          this.memory.names--
        }
      }
      if (home === 'read') continue
      const value = valueIn(attributes, own)
      if (home === 'unread') {
        if (!isNothing(value)) tell(name)
      } else if (isFields(value) && depth < deepest) this.find(value, `${name}.`, tell, depth + 1)
    }
  }

  private homeOf(name: string): Home {
    if (this.opens.has(name)) return 'opened'
    return this.exact.has(name) || this.patterns.some(pattern => pattern.test(name)) ? 'read' : 'unread'
  }
}

/** A field that every record has and that never says anything leaves nothing to be understood. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (typeof value !== 'object' || isDeferred(value)) return false
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

function isFields(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeferred(value)
}

function patternOf(name: string): RegExp {
  const parts = name.split('*').map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
