import { conventions, isSpoken } from '../../shared/conventions/index.ts'
import { UnreadFinder } from '../../shared/conventions/unread.ts'
import type { KnownNames } from '../../shared/conventions/convention.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import type { UnreadField } from '../../shared/domain/receipt.ts'
import { NumberSet } from './number-set.ts'
import { SilentSets } from './silent-sets.ts'
import { spanTag } from '../../shared/domain/span-tag.ts'

/** Different names counted one by one in a file; of further ones only how many there are. */
const mostCounted = 20_000
const mostListed = 200
const longestName = 200

/** What a file says under names that nothing reads. */
export interface UnreadFields {
  /** The commonest first. */
  readonly unreadFields: readonly UnreadField[]
  readonly unreadFieldCount: number
  /** Different names in all files so far. */
  readonly unreadFieldsSoFar: number
}

/** Whether all names of a file are listed, and whole: then those of several files can be told apart. */
export function listsAll({
  unreadFields,
  unreadFieldCount,
}: Pick<UnreadFields, 'unreadFields' | 'unreadFieldCount'>): boolean {
  return unreadFields.length === unreadFieldCount && unreadFields.every(({ name }) => name.length <= longestName)
}

/** Counts what no convention reads of spans, by name. A record counts each of its names once. */
export class UnreadCounter {
  private readonly ofFile = new Map<string, { spans: number }>()
  private readonly further = new NumberSet()
  private furtherCount = 0
  private readonly ofImport = new NumberSet()
  private soFar = 0

  /** `fields`: what its format knows of the record, where attributes are but one of its fields. */
  note(span: RawSpan, understood: number, record?: object, fields?: KnownNames): void {
    this.finder.note(span, understood, record, fields)
  }

  private readonly tell = (name: string, spans: number): void => {
    const key = name.length > longestName ? shorten(name) : name
    const counted = this.ofFile.get(key)
    if (counted) {
      counted.spans += spans
      return
    }
    const tag = spanTag(name)
    if (this.ofImport.add(tag)) this.soFar++
    if (this.ofFile.size < mostCounted) this.ofFile.set(key, { spans })
    else if (this.further.add(tag)) this.furtherCount++
  }

  /** Names of a file before that was not read again. */
  heard(names: readonly string[]): void {
    for (const name of names) if (this.ofImport.add(spanTag(name))) this.soFar++
  }

  private readonly finder = new UnreadFinder(conventions, this.tell)
  /** Of attributes. */
  readonly silent = new SilentSets(name => !isSpoken(name) && this.finder.isUnread(name), this.tell)

  /** Of the file that is over; the next begins. */
  take(): UnreadFields {
    this.finder.flush()
    this.silent.flush()
    const names = [...this.ofFile].map(([name, { spans }]) => ({ name, spans }))
    const unreadFields = names.sort((a, b) => b.spans - a.spans || (a.name < b.name ? -1 : 1)).slice(0, mostListed)
    const taken = {
      unreadFields,
      unreadFieldCount: this.ofFile.size + this.furtherCount,
      unreadFieldsSoFar: this.soFar,
    }
    this.ofFile.clear()
    this.further.clear()
    this.furtherCount = 0
    return taken
  }
}

function shorten(name: string): string {
  return `${name.slice(0, longestName).toWellFormed()}… (${name.length} characters)`
}
