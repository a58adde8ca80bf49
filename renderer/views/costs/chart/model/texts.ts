import { formatCount, formatMoney, formatTokens } from '../../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../../shared/format/times.ts'
import type { MeasureType } from '../../../../../shared/query/cost-measures.ts'
import { clockSteps, decimalSteps, wholeSteps } from '../../../../components/chart/ticks.ts'

/** A number on an axis, in a cell and in a sentence. */
export function printer(type: MeasureType): (value: number) => string {
  if (type === 'money') return formatMoney
  if (type === 'duration') return formatDuration
  if (type === 'tokens') return formatTokens
  return type === 'count' ? formatCount : value => value.toFixed(value < 10 ? 1 : 0)
}

export function stepsFor(type: MeasureType): (least: number) => number {
  if (type === 'duration') return clockSteps
  return type === 'money' || type === 'number' ? decimalSteps : wholeSteps
}

/** A little room above what is highest; never nothing. */
export function roomAbove(highest: number): number {
  return highest > 0 ? highest * 1.06 : 1
}
