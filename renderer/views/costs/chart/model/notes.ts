import type { Output } from '../../../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../../../shared/format/numbers.ts'
import { formatDate } from '../../../../../shared/format/times.ts'
import { measures, type BucketLength, type Measure } from '../../../../../shared/query/cost-measures.ts'
import { addsUp, spreads, type PointMeasure, type SpreadField } from '../../../../../shared/query/chart-measures.ts'
import { withTime } from '../../../../components/query-bar/model/time-range.ts'
import { bucketLabels } from '../../model/address.ts'

// What a reader of a chart must know to trust it: what is not drawn, and how much of it.

/** Nearly all calls lie close together, and few far from them: how many, and the query of the others. */
export interface Dense {
  readonly note: string
  readonly label: string
  readonly query: string
}

export function denseIn({ dense }: Output<'charts.series'>, query: string): Dense | undefined {
  if (!dense) return undefined
  const { from, to, outside } = dense
  const [first, last] = [formatDate(from), formatDate(to - 1)]
  const stretch = first === last ? first : `${first} to ${last}`
  return {
    note: `All but ${formatPlural(outside, 'call')} started ${stretch}.`,
    label: 'Show that time only',
    query: withTime(query, `started:${first}..${last}`),
  }
}

/** More stretches than a drawing is wide share its dots. */
const manyBuckets = 1000

const soFar = (exact: boolean) => (exact ? [] : ['Not all is read yet: figures so far.'])

export function timeNotes(
  answer: Output<'charts.series'>,
  measure: Measure,
  field: string | undefined,
  wanted: BucketLength | undefined,
): string[] {
  const { unknown, undated, outside, total, overlaps, per, exact, series } = answer
  const others = series.find(one => one.type === 'others')
  return [
    ...(unknown > 0
      ? [`${formatPlural(unknown, 'call')} of ${formatCount(total)} ${say(unknown)} no ${what(measure)}: not drawn.`]
      : []),
    ...(undated > 0 ? [`${formatPlural(undated, 'call')} of ${formatCount(total)} without a time: not drawn.`] : []),
    ...(outside > 0
      ? [`${formatPlural(outside, 'call')} dated before 2000, by a clock that was not set: not drawn.`]
      : []),
    ...(others
      ? [
          `The ${series.length - 1} that come first by ${measures[measure].label.toLowerCase()}; ${formatPlural(others.values, 'other')} together.`,
        ]
      : []),
    ...(overlaps && field !== undefined
      ? [`Parts overlap: a call may have several of ${field.toLowerCase()}, and stands in each.`]
      : []),
    ...(addsUp(measure) && answer.starts.length > manyBuckets
      ? [`Where ${bucketLabels[per].toLowerCase()}s share a dot of the drawing, the highest is drawn.`]
      : []),
    ...(wanted !== undefined && wanted !== per
      ? [`Drawn per ${bucketLabels[per].toLowerCase()}: there are too many ${bucketLabels[wanted].toLowerCase()}s.`]
      : []),
    ...soFar(exact),
  ]
}

export function spreadNotes(
  answer: Output<'charts.spread'>,
  of: SpreadField,
  print: (value: number) => string,
): string[] {
  const { unknown, total, zeros, percentiles, exact } = answer
  const [p50, p95, p99] = percentiles
  return [
    ...(p50 === undefined ? [] : [`p50 ${print(p50)}, p95 ${print(p95!)}, p99 ${print(p99!)}.`]),
    ...(unknown > 0
      ? [`${formatPlural(unknown, 'call')} of ${formatCount(total)} ${say(unknown)} no ${noun(of)}: not drawn.`]
      : []),
    ...(zeros > 0 ? [`${formatPlural(zeros, 'call')} with none stand on no logarithmic scale.`] : []),
    ...soFar(exact),
  ]
}

export function pointNotes(answer: Output<'charts.points'>, of: PointMeasure, isLog: boolean): string[] {
  const { traces, unscored, worded, unmeasured, partly, isCounted, shown, exact } = answer
  const ofAll = `of ${formatCount(traces)}`
  return [
    ...(isCounted
      ? [
          `${formatPlural(shown, 'trace')} are too many for points: the larger a mark, the more lie there. Open one to come nearer.`,
        ]
      : []),
    ...(unscored > 0
      ? [
          `${formatPlural(unscored, 'trace')} ${ofAll} without a number of this score${worded > 0 ? ` (${formatCount(worded)} with a word)` : ''}: not drawn.`,
        ]
      : []),
    ...(unmeasured > 0
      ? [`${formatPlural(unmeasured, 'scored trace')} of unknown ${of}${isLog ? ' or of none' : ''}: not drawn.`]
      : []),
    ...(partly > 0 ? [`${formatPlural(partly, 'trace')} with calls of unknown ${of}: drawn by the others.`] : []),
    ...soFar(exact),
  ]
}

function say(count: number): string {
  return count === 1 ? 'says' : 'say'
}

function what(measure: Measure): string {
  if (measure.startsWith('latency')) return 'length of time'
  if (measure.startsWith('ttft')) return 'first token'
  return measures[measure].type === 'money' ? 'cost' : measures[measure].label.toLowerCase()
}

function noun(of: SpreadField): string {
  return spreads[of].label.replace(' per call', '').toLowerCase()
}
