import { formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import type { TraceModel } from '../model.ts'
import { endOfRun, hiddenBy, type Run, sumRun } from '../model/hiding.ts'
import type { TimeRange } from '../model/timeline.ts'
import styles from './timeline.module.css'

export function runOf({ tree, shape, sums }: TraceModel, hidden: Uint8Array, first: number): Run {
  return sumRun(tree, shape, sums, first, endOfRun(shape, hidden, first))
}

/** "12 spans do not match, 1 error, $0.031": what stands in the place of hidden rows. */
export function describeRun(model: TraceModel, hidden: Uint8Array, first: number): string {
  const { spans, errors, cost } = runOf(model, hidden, first)
  const what =
    hidden[first] === hiddenBy.filter
      ? `${formatPlural(spans, 'span')} ${spans === 1 ? 'does' : 'do'} not match`
      : `${formatPlural(spans, 'span')} of earlier attempts folded`
  return [
    what,
    ...(errors > 0 ? [formatPlural(errors, 'error')] : []),
    ...(Number.isNaN(cost) ? [] : [formatMoney(cost)]),
  ].join(', ')
}

/** From the first start to the last end of what is hidden. */
export function RunBar({ run, range }: { readonly run: Run; readonly range: TimeRange }) {
  const from = Math.max(run.from, range.from)
  const to = Math.min(run.to, range.to)
  const length = range.to - range.from
  const share = (time: number) => `${Number(((time / length) * 100).toFixed(4))}%`
  if (to < from) return null
  return (
    <span
      className={styles.run}
      data-failed={run.errors > 0 || undefined}
      style={{ left: share(from - range.from), width: share(to - from) }}
    />
  )
}
