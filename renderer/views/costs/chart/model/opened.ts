import type { Output } from '../../../../../shared/contract/index.ts'
import { nanoToDecimal } from '../../../../../shared/domain/numbers.ts'
import type { SpreadField } from '../../../../../shared/query/chart-measures.ts'
import type { BucketLength, Measure } from '../../../../../shared/query/cost-measures.ts'
import { addClause, excludeClause } from '../../../../../shared/query/edit.ts'
import { formatDate, formatTime } from '../../../../../shared/format/times.ts'
import { callsOf } from '../../model/clauses.ts'

type Series = Output<'charts.series'>['series'][number]

interface Shown {
  readonly query: string
  readonly by: string | undefined
  readonly per: BucketLength
  readonly series: readonly Series[]
  readonly measure: Measure
}

/** The calls behind a part of a bucket as a query. Microseconds. */
export function callsBehind({ query, by, per, series, measure }: Shown, start: number, part: number): string {
  const one = series[part]
  const fields = by === undefined ? [] : [by]
  const bucket = keyOfBucket(per, start)
  if (one?.type !== 'others' || by === undefined) {
    const key = one?.type === 'value' ? [one.value, bucket] : [bucket]
    return callsOf(query, one?.type === 'value' ? fields : [], per, key, measure).query
  }
  // All others are those that are none of the shown ones.
  let text = callsOf(query, [], per, [bucket], measure).query
  for (const other of series) {
    if (other.type !== 'value') continue
    const clause = callsOf('', fields, undefined, [other.value]).query
    if (clause !== '') text = excludeClause(text, clause, 'calls')
  }
  return text
}

/** What a bucket of the cost table is called. */
export function keyOfBucket(per: BucketLength, start: number): string {
  const date = formatDate(start)
  if (per !== 'hour') return date
  const ahead = -new Date(start / 1000).getTimezoneOffset()
  const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map(n => String(n).padStart(2, '0'))
  return `${date}T${formatTime(start).slice(0, 2)}${ahead < 0 ? '-' : '+'}${hours}:${minutes}`
}

/** The calls of a bin as a query: it holds its first edge and not its last. */
export function callsBetween(query: string, of: SpreadField, from: number, to: number): string {
  const print = (value: number) =>
    of === 'cost' ? nanoToDecimal(value) : of === 'duration' || of === 'ttft' ? `${value}ns` : String(value)
  return addClause(addClause(query, `${of}:>=${print(from)}`), `${of}:<${print(to)}`)
}
