import type { BatchBuilder } from './batch-builder.ts'
import type { Keeper } from './keeper.ts'
import { printRecord } from './numbers.ts'
import type { Scanner } from './scan/scanner.ts'

/** What a context is to its spans: its number, and the hash that joins theirs. */
export interface ContextNumber {
  readonly number: number
  readonly hash: number
}

/** In a log of an agent every call has its own: all of a session of 337,000 lines would be 200 MB. */
const mostContexts = 10_000

/** Numbers contexts; new ones go into the batch. */
export class ContextNumbers {
  private readonly scanner: Scanner
  private readonly keeper: Keeper
  private readonly builder: BatchBuilder
  private readonly known = new Map<string, ContextNumber>()
  private readonly ofThisRecord = new Map<object, ContextNumber | undefined>()
  private last = 0

  constructor(scanner: Scanner, keeper: Keeper, builder: BatchBuilder) {
    this.scanner = scanner
    this.keeper = keeper
    this.builder = builder
  }

  beginRecord(): void {
    this.ofThisRecord.clear()
  }

  /** Of an object that is shared by spans of the record at hand. */
  ofRecord(context: object, format: string, digits: boolean): ContextNumber {
    let found = this.ofThisRecord.get(context)
    if (!found) this.ofThisRecord.set(context, (found = this.of(context, format, digits)))
    return found
  }

  of(context: object, format: string, digits: boolean): ContextNumber {
    const { keeper } = this
    const start = keeper.end
    keeper.keep(printRecord(context, digits))
    const text = keeper.text(start)
    const key = `${format} ${text}`
    let found = this.known.get(key)
    if (!found) {
      // The store finds a context again by its text, so one that was forgotten only takes another number.
      if (this.known.size >= mostContexts) this.known.clear()
      found = { number: ++this.last, hash: this.scanner.exports.mix52(keeper.hash(start), format.length) }
      this.known.set(key, found)
      this.builder.addContext({ format, text })
    }
    keeper.drop(start)
    return found
  }
}
