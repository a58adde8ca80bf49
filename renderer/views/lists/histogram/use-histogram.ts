import type { Output } from '../../../../shared/contract/index.ts'
import { spanKinds } from '../../../../shared/domain/kind.ts'
import type { ListKind, ListValue } from '../../../../shared/contract/lists.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { addClause } from '../../../../shared/query/edit.ts'
import { useAsk } from '../../../app/view.ts'
import { userZone } from '../../../state/question.ts'
import { useQuestion } from '../use-question.ts'

/** A part of every bar, from the axis up. */
export interface Series {
  readonly label: string
  readonly color: string
  readonly counts: Uint32Array
}

export interface Bars {
  /** Microseconds. */
  readonly start: number
  readonly width: number
  readonly buckets: number
  readonly undated: number
  /** Dated by a clock that was not set. */
  readonly outside: number
  readonly series: readonly Series[]
  /** Of each bucket. */
  readonly totals: Uint32Array
  readonly most: number
  readonly exact: boolean
}

type Answer = Output<'lists.histogram'>

/** Rows by when they started, told apart by how they ended or by a field; undefined until known or where nothing is dated. */
export function useHistogram(kind: ListKind, query: string, split: string, most: number) {
  // Of a trace it counts whether any of its spans failed; of a span, how it ended.
  const failures = split === 'outcome' && (kind === 'traces' || kind === 'sessions')
  const by = failures || split === '' ? {} : { by: split === 'outcome' ? 'status' : split }
  const input = { list: kind, most, zone: userZone() }
  const asked = useQuestion(query)
  const whole = useAsk('lists.histogram', most > 0 ? { ...input, ...asked, ...by } : null, { live: true })
  const { data } = whole
  const stretch =
    data?.start === undefined ? undefined : { from: data.start, to: data.start + data.width * data.buckets - 1 }
  const where = useQuestion(addClause(query, 'trace:(is:error)'))
  const failed = useAsk('lists.histogram', failures && stretch ? { ...input, ...where, ...stretch } : null, {
    live: true,
  })
  if (!data) return { ...whole, bars: undefined, undated: 0, outside: 0 }
  const { undated, outside } = data
  if (data.start === undefined) return { ...whole, bars: undefined, undated, outside }
  const series = failures ? outcomeSeries(data, failed.data) : seriesOf(data)
  return { ...whole, bars: barsOf(data, data.start, series), undated, outside }
}

/** Failures below, so that a spike of them stands on the axis. */
function outcomeSeries(all: Answer, failed: Answer | undefined): Series[] {
  const isSame = failed && failed.buckets === all.buckets && failed.start === all.start
  const bad = isSame ? failed.counts : new Uint32Array(all.buckets)
  const good = all.counts.map((count, i) => Math.max(0, count - bad[i]!))
  return [
    { label: 'with errors', color: 'var(--error)', counts: bad },
    { label: 'without', color: 'var(--histogram)', counts: good },
  ]
}

function seriesOf({ series, counts, buckets }: Answer): Series[] {
  const made = series.map((one, i) => ({
    label:
      one.type === 'value'
        ? labelOf(one.value)
        : one.type === 'all'
          ? 'all'
          : one.type === 'other'
            ? 'all others'
            : 'none',
    color: colorOf(one, i),
    counts: counts.slice(i * buckets, (i + 1) * buckets),
  }))
  return made.toSorted((a, b) => Number(b.label === 'error') - Number(a.label === 'error'))
}

function labelOf(value: ListValue): string {
  return typeof value === 'string' ? visibleLine(value, 60) || '(empty)' : String(value)
}

const palette = ['generation', 'tool', 'retrieval', 'agent', 'evaluator', 'guardrail', 'prompt', 'workflow']

function colorOf(series: Answer['series'][number], i: number): string {
  if (series.type === 'all') return 'var(--histogram)'
  if (series.type === 'other') return 'var(--text-faint)'
  if (series.type !== 'value') return 'var(--border-strong)'
  if (series.value === 'error') return 'var(--error)'
  if (series.value === 'ok') return 'var(--histogram)'
  // Most spans do not say how they ended.
  if (series.value === 'unset') return 'color-mix(in srgb, var(--histogram) 50%, var(--bg))'
  const kind = spanKinds.find(one => one === series.value)
  return `var(--kind-${kind ?? palette[i % palette.length]})`
}

function barsOf({ width, buckets, undated, outside, exact }: Answer, start: number, series: readonly Series[]): Bars {
  const totals = new Uint32Array(buckets)
  for (const { counts } of series) for (let i = 0; i < buckets; i++) totals[i]! += counts[i]!
  return {
    start,
    width,
    buckets,
    undated,
    outside,
    series,
    totals,
    most: totals.reduce((a, b) => Math.max(a, b), 1),
    exact,
  }
}
