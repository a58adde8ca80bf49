import type { ListKind } from '../../../../shared/contract/lists.ts'
import { nanoToDecimal } from '../../../../shared/domain/numbers.ts'
import {
  formatCount,
  formatDollars,
  formatMoney,
  formatPlural,
  formatTokens,
} from '../../../../shared/format/numbers.ts'
import { formatDate } from '../../../../shared/format/times.ts'
import { useAsk } from '../../../app/view.ts'
import { useQuestion } from '../use-question.ts'
import { titles } from '../model/titles.ts'
import styles from './below.module.css'
import tones from './tones.module.css'

interface Props {
  readonly kind: ListKind
  /** The query whose rows are shown. */
  readonly query: string | undefined
  readonly total: number | undefined
}

/** What everything that matches comes to; not only what is in sight. */
export function Totals({ kind, query, total }: Props) {
  const where = useQuestion(query ?? '')
  const asked = useAsk('lists.totals', query === undefined || !total ? null : { list: kind, ...where }, { live: true })
  const { data } = asked
  if (query === undefined || !data || !total) return null
  const { sums, outside } = data
  const { input, output, cached, cost, uncosted, from, to } = sums
  return (
    <div
      className={styles.totals}
      role="group"
      aria-label="Totals of all that match"
      data-old={asked.slow || undefined}
    >
      <Sum value={titles[kind].count(data.total)} />
      {kind !== 'traces' && <Sum value={formatPlural(sums.traces, 'trace')} />}
      {kind !== 'spans' && kind !== 'calls' && <Sum value={formatPlural(sums.spans, 'span')} />}
      {kind !== 'calls' && <Sum value={formatPlural(sums.calls, 'call')} />}
      {sums.errors > 0 && <Sum value={formatPlural(sums.errors, 'error')} bad />}
      {(input !== undefined || output !== undefined) && (
        <span title={`${formatCount(input)} in, ${formatCount(output)} out`}>
          {formatTokens(input)} tokens in{cached ? ` (${formatTokens(cached)} cached)` : ''}, {formatTokens(output)} out
        </span>
      )}
      <span title={cost === undefined ? undefined : formatDollars(nanoToDecimal(cost))}>
        {cost === undefined ? (sums.calls > 0 ? 'no recorded cost' : '') : formatMoney(cost)}
        {uncosted > 0 && <span className={tones.doubt}> ? {formatPlural(uncosted, 'call')} unpriced</span>}
      </span>
      {outside > 0 && <span className={tones.muted}>{formatPlural(outside, 'matching trace')} in no session</span>}
      <span className={tones.push} />
      {from !== undefined && to !== undefined && (
        <span className={tones.muted}>
          {formatDate(from) === formatDate(to) ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`}
        </span>
      )}
      {!data.exact && <span className={tones.muted}>so far: an import is running</span>}
    </div>
  )
}

function Sum({ value, bad = false }: { readonly value: string; readonly bad?: boolean }) {
  return <span className={bad ? tones.errors : undefined}>{value}</span>
}
