import type { FieldConflict } from '../../shared/domain/receipt.ts'
import type { KeptText } from './kept.ts'
import type { Reread, SpanReading } from './reread.ts'

export interface Conflicts {
  readonly conflicts: readonly FieldConflict[]
  readonly conflictCount: number
}

const mostListed = 100

/**
 * What the records of an import said differently from one another, or from what the store had of their spans. What older
 * records disagreed about among themselves was told when they came.
 */
export class ConflictLog {
  private readonly reread: Reread
  private readonly firstRecord: number
  private readonly found: { readonly record: number; readonly conflict: FieldConflict }[] = []
  private readonly counts = new Map<number, number>()
  private readonly fileOf: (record: number) => number

  /** Records from `firstRecord` on are the import's; `fileOf` says which of its files one came from. */
  constructor(reread: Reread, firstRecord: number, fileOf: (record: number) => number) {
    this.reread = reread
    this.firstRecord = firstRecord
    this.fileOf = fileOf
  }

  /** A span was read from all its records. */
  saw(records: readonly KeptText[], { conflicts }: SpanReading): void {
    const newest = records.at(-1)?.id ?? 0
    if (!conflicts || conflicts.length === 0 || newest < this.firstRecord) return
    const old = records.filter(({ id }) => id < this.firstRecord)
    const known = new Set(old.length > 1 ? this.reread(old).conflicts?.map(print) : [])
    const fresh = conflicts.filter(conflict => !known.has(print(conflict)))
    const file = this.fileOf(newest)
    this.counts.set(file, (this.counts.get(file) ?? 0) + fresh.length)
    for (const conflict of fresh) if (this.found.length < 10_000) this.found.push({ record: newest, conflict })
  }

  of(file: number): Conflicts {
    const found = this.found.filter(({ record }) => this.fileOf(record) === file).slice(0, mostListed)
    return { conflicts: found.map(({ conflict }) => conflict), conflictCount: this.counts.get(file) ?? 0 }
  }
}

function print({ field, kept, other }: FieldConflict): string {
  return JSON.stringify([field, kept, other])
}
