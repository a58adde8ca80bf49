import { formatCount, formatMoney } from '../format/numbers.ts'
import { formatDuration } from '../format/times.ts'
import type { EvidenceUnit } from './measures.ts'

/** A number of a measure as persons read it. */
export function formatMeasure(value: number, unit: EvidenceUnit): string {
  switch (unit) {
    case 'share':
      return `${Number((value * 100).toPrecision(3))} %`
    case 'nanodollars':
      return formatMoney(value)
    case 'microseconds':
      return formatDuration(value)
    case 'score':
      return String(Number(value.toPrecision(3)))
    default:
      return formatCount(Number(value.toPrecision(value < 100 ? 3 : 4)))
  }
}
