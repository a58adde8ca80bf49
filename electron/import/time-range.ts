import type { FileReceipt } from '../../shared/domain/receipt.ts'
import type { Batch } from '../store/batch.ts'

/** From the start of the first span to the end of the last, of those that have times. Microseconds and nanoseconds. */
export class TimeRange {
  private first = { us: Number.NaN, ns: 0 }
  private last = { us: Number.NaN, ns: 0 }

  add({ records, columns }: Batch): void {
    const { start, startNs, duration, durationNs } = columns
    const { first, last } = this
    for (let i = 0; i < records; i++) {
      const us = start[i]!
      if (Number.isNaN(us)) continue
      const ns = startNs[i]!
      if (!(us > first.us || (us === first.us && ns >= first.ns))) [first.us, first.ns] = [us, ns]
      const length = duration[i]!
      const isKnown = length >= 0
      const sum = ns + (isKnown ? durationNs[i]! : 0)
      const [endUs, endNs] = [us + (isKnown ? length : 0) + (sum >= 1000 ? 1 : 0), sum % 1000]
      if (!(endUs < last.us || (endUs === last.us && endNs <= last.ns))) [last.us, last.ns] = [endUs, endNs]
    }
  }

  get range(): Pick<FileReceipt, 'firstTime' | 'lastTime'> {
    const { first, last } = this
    return Number.isNaN(first.us) ? {} : { firstTime: print(first), lastTime: print(last) }
  }
}

function print({ us, ns }: { readonly us: number; readonly ns: number }): string {
  return (BigInt(us) * 1000n + BigInt(ns)).toString()
}
