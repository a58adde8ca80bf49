import type { Output } from '../../../../../shared/contract/index.ts'
import { formatCount, formatPlural, formatShare, unknown } from '../../../../../shared/format/numbers.ts'
import { formatDate } from '../../../../../shared/format/times.ts'
import { readableNumber } from '../../../../../shared/query/written-value.ts'
import { visibleLine } from '../../../../../shared/format/visible-text.ts'
import { addsUp, countsCalls } from '../../../../../shared/query/chart-measures.ts'
import { measures, type Measure } from '../../../../../shared/query/cost-measures.ts'
import { barsOf } from '../../../../components/chart/bars.ts'
import { linesOf } from '../../../../components/chart/lines.ts'
import { mostInks, othersInk } from '../../../../components/chart/paints.ts'
import type { Picture, Spot } from '../../../../components/chart/picture.ts'
import { evenTicks, timeTicks } from '../../../../components/chart/ticks.ts'
import { bucketLabels, labelOfField } from '../../model/address.ts'
import { keyOfBucket } from './opened.ts'
import { printer, roomAbove, stepsFor } from './texts.ts'

type Answer = Output<'charts.series'>

/** A measure over time: what adds up stands on each other, anything else is a line a value. */
export function timePicture(answer: Answer, measure: Measure, by: string | undefined, zone: string): Picture {
  const { starts, series, per, overlaps } = answer
  const buckets = Math.max(0, starts.length - 1)
  const { type, label } = measures[measure]
  const field = by === undefined ? '' : (labelOfField(by) ?? by)
  const columns = series.map((_, s) => answer.values.subarray(s * buckets, (s + 1) * buckets))
  const calls = series.map((_, s) => answer.calls.subarray(s * buckets, (s + 1) * buckets))
  const names = series.map(one =>
    one.type === 'all'
      ? 'All calls'
      : one.type === 'others'
        ? `${formatCount(one.values)} others`
        : nameOf(one.value, by ?? '', field),
  )
  const stacks = addsUp(measure)
  const milliseconds = starts.map(start => start / 1000)
  const shape = stacks
    ? barsOf({ starts: milliseconds, values: columns, inks: series.map(inkOf) })
    : linesOf(milliseconds, columns)
  const print = printer(type)
  /** Without calls a sum is zero; with calls that say nothing it is unknown. */
  const told = (s: number, at: number) => {
    const value = columns[s]![at]!
    if (!Number.isNaN(value)) return print(value)
    return calls[s]![at] === 0 && (countsCalls(measure) || stacks) ? print(0) : unknown
  }
  const totals = columns.map(own => sumOf(own))
  const totalAt = (at: number) => sumOf(columns.map(own => own[at]!))
  const words = ({ at, part }: Spot): string => {
    const value = told(part, at)
    const name = series.length > 1 || by !== undefined ? `${names[part]}: ` : ''
    const whole = totalAt(at)
    const share =
      stacks && !overlaps && series.length > 1 && !Number.isNaN(whole)
        ? `, ${formatShare(columns[part]![at]!, whole)} of ${print(whole)}`
        : ''
    return `${bucketText(answer, at)}, ${name}${value}${share}, ${formatPlural(calls[part]![at]!, 'call')}`
  }
  const length = bucketLabels[per].toLowerCase()
  const used = usedOf(calls, buckets)
  return {
    title: `${label}${by === undefined ? '' : ` by ${field.toLowerCase()}`}, per ${length}`,
    x: {
      label:
        buckets === 0 ? '' : `${formatDate(starts[0])} to ${formatDate(starts[buckets]! - 1)}, per ${length}, ${zone}`,
      from: milliseconds[0] ?? 0,
      to: milliseconds.at(-1) ?? 1,
      ticks: most => timeTicks(milliseconds.subarray(0, buckets), most),
    },
    y: {
      label,
      from: 0,
      to: roomAbove(shape.highest),
      ticks: most => evenTicks(0, roomAbove(shape.highest), most, print, stepsFor(type)),
    },
    parts: names.map((name, s) => ({
      label: name,
      ink: inkOf(series[s]!, s),
      value: spot => (spot ? told(s, spot.at) : stacks ? print(totals[s]!) : ''),
    })),
    ...shape,
    words,
    table: {
      head: [bucketLabels[per], ...names, ...(stacks && series.length > 1 && !overlaps ? ['Together'] : [])],
      rows: used.length,
      row: i => {
        const at = used[i]!
        const whole = stacks && series.length > 1 && !overlaps ? [print(totalAt(at))] : []
        return {
          cells: [bucketText(answer, at), ...names.map((_, s) => told(s, at)), ...whole],
          spot: { at, part: -1 },
        }
      },
    },
  }
}

/** Buckets that have calls: of twenty thousand, in a moment. */
function usedOf(calls: readonly Float64Array[], buckets: number): number[] {
  const sums = new Float64Array(buckets)
  for (const own of calls) for (let at = 0; at < buckets; at++) sums[at]! += own[at]!
  const used: number[] = []
  for (let at = 0; at < buckets; at++) if (sums[at]! > 0) used.push(at)
  return used
}

function bucketText({ per, starts }: Answer, at: number): string {
  const key = keyOfBucket(per, starts[at]!)
  if (per === 'week') return `week of ${key}`
  return per === 'month' ? key.slice(0, 7) : key.replace('T', ' ').replace(/ (\d\d)([+-].*)$/, ' $1:00 $2')
}

/** The same value has the same ink only within a chart: inks are fewer than values. */
function inkOf(one: Answer['series'][number], s: number): number {
  return one.type === 'others' ? othersInk : s % mostInks
}

function nameOf(value: string | number | null, by: string, field: string): string {
  if (typeof value === 'number') return readableNumber(by, value)
  return value === null ? `no ${field.toLowerCase()}` : visibleLine(value, 60) || '(empty)'
}

/** Of what is known; NaN where nothing is. */
function sumOf(values: ArrayLike<number>): number {
  let [sum, known] = [0, false]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    known = true
    sum += value
  }
  return known ? sum : Number.NaN
}
