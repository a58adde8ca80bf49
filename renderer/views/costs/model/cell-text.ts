import { measures, type Measure } from '../../../../shared/query/cost-measures.ts'
import { formatCount, formatMoney, formatTokens, unknown } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { readableNumber } from '../../../../shared/query/written-value.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { ListValue } from '../../../../shared/contract/lists.ts'

/** NaN is a dash. */
export function cellText(measure: Measure, value: number): string {
  if (Number.isNaN(value)) return unknown
  const { type } = measures[measure]
  if (type === 'count') return formatCount(value)
  if (type === 'tokens') return formatTokens(value)
  if (type === 'money') return formatMoney(value)
  return type === 'duration' ? formatDuration(value) : value.toFixed(value < 10 ? 1 : 0)
}

/** A value of the field `name`, which readers know by its label. */
export function keyText(value: ListValue | null | undefined, name: string, label: string): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return readableNumber(name, value)
  return value === null ? `no ${label.toLowerCase()}` : visibleLine(value)
}
