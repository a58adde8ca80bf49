import type { FieldConflict } from '../../shared/domain/receipt.ts'
import type { KeptText } from './kept.ts'
import type { Reread, SpanReading } from './reread.ts'

/** A file's number and a count in one number: a span may be in conflict a million times over. */
const countsUpTo = 1 << 20

export interface Conflicts {
  readonly conflicts: readonly FieldConflict[]
  readonly conflictCount: number
}

const mostListed = 100
const mostRemembered = 10_000

/**
 * What the records of an import said differently from one another, or from what the store had of their spans. What older
 * records disagreed about among themselves was told when they came.
 */
export class ConflictLog {
  private readonly reread: Reread
  private readonly firstRecord: number
  /** Of spans, by their ids. */
  private found = new Map<number, { readonly record: number; readonly conflicts: readonly FieldConflict[] }>()
  private readonly counts = new Map<number, number>()
  /** What was counted of a span: it is taken back when the span is read again with a record that came later. */
  private readonly counted = new Map<number, number>()
  private readonly fileOf: (record: number) => number

  /** Records from `firstRecord` on are the import's; `fileOf` says which of its files one came from. */
  constructor(reread: Reread, firstRecord: number, fileOf: (record: number) => number) {
    this.reread = reread
    this.firstRecord = firstRecord
    this.fileOf = fileOf
  }

  /** A span was read from all its records. */
  saw(records: readonly KeptText[], { conflicts, conflictCount }: SpanReading): void {
    const newest = records.at(-1)?.id ?? 0
    if (newest < this.firstRecord) return
    const span = records[0]!.id
    // All its records together decide, whether they were read at once or one after another.
    this.takeBack(span)
    if (!conflicts || conflicts.length === 0) return
    const old = records.filter(({ id }) => id < this.firstRecord)
    const known = new Set(old.length > 1 ? this.reread(old).conflicts?.map(print) : [])
    const fresh = conflicts.filter(conflict => !known.has(print(conflict)))
    const file = this.fileOf(newest)
    const count = fresh.length + Math.max(0, (conflictCount ?? 0) - conflicts.length)
    this.counts.set(file, (this.counts.get(file) ?? 0) + count)
    if (count === 0) return
    this.counted.set(span, file * countsUpTo + Math.min(count, countsUpTo - 1))
    this.found.set(span, { record: newest, conflicts: fresh.slice(0, mostListed) })
    if (this.found.size >= 2 * mostRemembered) this.found = new Map(this.sorted().slice(0, mostRemembered))
  }

  private takeBack(span: number): void {
    const before = this.counted.get(span)
    if (before === undefined) return
    const file = Math.floor(before / countsUpTo)
    this.counts.set(file, this.counts.get(file)! - (before - file * countsUpTo))
    this.counted.delete(span)
    this.found.delete(span)
  }

  private sorted() {
    return [...this.found].sort(([a], [b]) => a - b)
  }

  of(file: number): Conflicts {
    const found = this.sorted().filter(([, { record }]) => this.fileOf(record) === file)
    const conflicts = found.flatMap(([, span]) => span.conflicts).slice(0, mostListed)
    return { conflicts, conflictCount: this.counts.get(file) ?? 0 }
  }
}

function print({ field, kept, other }: FieldConflict): string {
  return JSON.stringify([field, kept, other])
}
