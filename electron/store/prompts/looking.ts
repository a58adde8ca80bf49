import type { Span } from '../../../shared/domain/span.ts'
import { KeptReader, type KeptText } from '../kept.ts'
import type { Store } from '../open.ts'
import type { Cell } from '../row-writer.ts'
import { type AgentSpan, agentsOf, nearestAgent } from './agents.ts'
import { lookAt, type Configuration, type LookedAt } from './looked-at.ts'

/** Calls that are looked at between two writes: a quarter of a second. */
const atOnce = 2000

/** Of texts that are kept between looking at calls and looking for versions. */
const mostCharacters = 64 << 20

export type ReadSpan = (records: readonly KeptText[]) => Span | undefined

/** Looks at calls, the oldest first, and notes what their texts say. */
export class Looking {
  private readonly store: Store
  private readonly kept: KeptReader
  private readonly readSpan: ReadSpan
  /** Texts that were new, by the call that was sent them: versions are looked for among them right away. As many as there is room for. */
  readonly texts = new Map<number, string>()
  private room = mostCharacters
  /** Calls whose spans were told more about since. */
  private again: readonly Call[] = []
  private agents: { readonly trace: number; readonly spans: readonly AgentSpan[] } | undefined

  constructor(store: Store, readSpan: ReadSpan) {
    this.store = store
    this.kept = new KeptReader(store)
    this.readSpan = readSpan
  }

  /** Looks once more at calls of which further records came. */
  lookAgain(afterExtra: number): void {
    this.again = this.store.query<[number], Call>('prompt-calls-again').all(afterExtra)
  }

  /** Looks at the next calls; answers how to write down what was seen, undefined when all have been looked at. */
  next(): (() => void) | undefined {
    const { store } = this
    return store.snapshot(() => {
      const more = this.again.slice(0, atOnce)
      const calls = more.length > 0 ? more : store.query<[number], Call>('prompt-calls-to-look-at').all(atOnce)
      if (calls.length === 0) return undefined
      const seen = new Map<number, LookedAt>()
      const placed = new Map(calls.map(call => [call.id, call]))
      for (const { span: id, records } of this.kept.texts(calls.map(call => call.id))) {
        const span = this.readSpan(records)
        if (span) seen.set(id, lookAt(span, this.agentAround(placed.get(id)!)))
      }
      return () => {
        for (const [call, text] of writeDown(store, calls, seen)) this.keep(call, text)
        this.again = this.again.slice(more.length)
      }
    })
  }

  private keep(call: number, text: string): void {
    if (text.length > this.room) return
    this.room -= text.length
    this.texts.set(call, text)
  }

  private agentAround({ trace, pre }: Call): string | undefined {
    if (this.agents?.trace !== trace) this.agents = { trace, spans: agentsOf(this.store, trace) }
    return nearestAgent(this.agents.spans, pre)
  }
}

interface Call {
  readonly id: number
  readonly trace: number
  readonly pre: number
}

function writeDown(store: Store, calls: readonly Call[], seen: ReadonlyMap<number, LookedAt>): [number, string][] {
  const fresh: [number, string][] = []
  const put = store.query<[object], unknown>('prompt-call-put')
  for (const { id } of calls) {
    const one = seen.get(id)
    // Removed meanwhile, or unreadable: nothing is known of it.
    const grp = one?.group === undefined ? 0 : groupNumber(store, one.group)
    put.run({
      id,
      grp,
      text: grp === 0 ? 0 : textNumber(store, grp, one!.text, id, () => fresh.push([id, one!.sent ?? ''])),
      inputs: one?.inputs ?? 0,
      configuration: one?.configuration ? configurationNumber(store, one.configuration) : 0,
      answer: one?.answer ?? 0,
      length: one?.length ?? null,
    })
  }
  return fresh
}

function groupNumber(store: Store, key: string): number {
  return (
    store.query<[string], { id: number }>('prompt-group-id').get(key)?.id ??
    store.query<[string], { id: number }>('prompt-group-add').get(key)!.id
  )
}

/** A text that is new makes its group stale. */
function textNumber(store: Store, group: number, hash: Buffer, call: number, added: () => void): number {
  const known = store.query<[number, Buffer], { id: number }>('prompt-text-id').get(group, hash)
  if (known) return known.id
  added()
  store.query<[number], unknown>('prompt-group-stale').run(group)
  return store.query<[number, Buffer, number], { id: number }>('prompt-text-add').get(group, hash, call)!.id
}

function configurationNumber(store: Store, { hash, model, parameters, tools }: Configuration): number {
  const known = store.query<[string], { id: number }>('prompt-configuration-id').get(hash)
  if (known) return known.id
  const add = store.query<Cell[], { id: number }>('prompt-configuration-add')
  return add.get(hash, model ?? null, parameters ?? null, tools ?? null)!.id
}
