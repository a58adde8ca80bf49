import { memo, type ReactNode } from 'react'
import {
  formatCount,
  formatDollars,
  formatMoney,
  formatPlural,
  formatTokens,
} from '../../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { Value } from '../../../components/value/Value.tsx'
import type { TraceModel } from '../model.ts'
import type { Oddity } from '../model/oddities.ts'
import styles from '../trace.module.css'

interface Props {
  readonly model: TraceModel
  readonly onError: () => void
  readonly onOddity: (oddity: Oddity) => void
  /** What persons put on the trace. */
  readonly notes: ReactNode
}

/** What a trace came to, in one line; and below it, only where there is something, what is odd about it. */
export const Summary = memo(function Summary({ model, onError, onOddity, notes }: Props) {
  const { tree, totals, oddities } = model
  const { trace } = tree
  const tokens = (totals.input || 0) + (totals.output || 0)
  const tokensKnown = !Number.isNaN(totals.input) || !Number.isNaN(totals.output)
  const models = totals.models.map(index => visibleLine(tree.strings[index]!, 80))
  return (
    <header className={styles.summary}>
      <div className={styles.facts}>
        <h1 className={styles.title} title={visibleLine(trace.name, 400)}>
          {visibleLine(trace.name, 200) || '(no name)'}
        </h1>
        {notes}
        <Fact label="Duration">{formatDuration(trace.duration)}</Fact>
        <Fact label="Cost" title={costTitle(model)}>
          {Number.isNaN(totals.cost) ? 'cost —' : `${totals.uncosted > 0 ? '≥' : ''}${formatMoney(totals.cost)}`}
        </Fact>
        <Fact label="Tokens" title={tokensKnown ? tokensTitle(model) : 'The file gives no token counts'}>
          {tokensKnown ? `${formatTokens(tokens)} tokens` : 'tokens —'}
          {totals.cached > 0 && <span className={styles.faint}> ({formatTokens(totals.cached)} cached)</span>}
        </Fact>
        <Fact label="Spans">{formatPlural(totals.spans, 'span')}</Fact>
        <Fact label="Calls" title="Generations, each counted once">
          {formatPlural(totals.calls, 'call')}
        </Fact>
        {trace.growing && (
          <span
            className={styles.growing}
            title="Its import is still running: spans may be missing, and totals may grow."
          >
            still arriving
          </span>
        )}
        {totals.errors > 0 && (
          <button
            type="button"
            className={styles.errors}
            onClick={onError}
            title="Go to where the next error started (e)"
          >
            ✕ {formatPlural(totals.errors, 'error')}
          </button>
        )}
        {models.length > 0 && (
          <Fact label="Models" title={models.join(', ')}>
            {totals.models.slice(0, 3).map((index, i) => (
              <span key={index}>
                {i > 0 && ', '}
                <Value field="model" value={tree.strings[index]}>
                  {models[i]}
                </Value>
              </span>
            ))}
            {models.length > 3 && ` and ${models.length - 3} more`}
          </Fact>
        )}
        {trace.session !== undefined && (
          <Fact label="Session" title="The conversation it belongs to">
            <a href={`#/session/${encodeURIComponent(trace.session)}`}>session {visibleLine(trace.session, 24)}</a>
          </Fact>
        )}
        {trace.user !== undefined && (
          <Fact label="User">
            <Value field="user" value={trace.user}>
              user {visibleLine(trace.user, 24)}
            </Value>
          </Fact>
        )}
        {trace.start !== undefined && (
          <span className={styles.start} title="Start of the trace">
            <span className="spoken">Started: </span>
            {formatDateTime(trace.start)}
          </span>
        )}
      </div>
      {oddities.length > 0 && (
        <ul className={styles.oddities} aria-label="What is odd about this trace">
          {oddities.map(oddity => (
            <li key={oddity.id}>
              <button
                type="button"
                className={oddity.warns ? styles.warning : styles.note}
                title={`${oddity.long} Click for the next one.`}
                onClick={() => onOddity(oddity)}
              >
                {oddity.text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </header>
  )
})

function Fact(props: { readonly label: string; readonly title?: string | undefined; readonly children: ReactNode }) {
  return (
    <span className={styles.fact} title={props.title ?? props.label}>
      <span className="spoken">{props.label}: </span>
      {props.children}
    </span>
  )
}

function costTitle({ totals }: TraceModel): string {
  if (Number.isNaN(totals.cost)) return 'No cost recorded and no price known'
  const exact = formatDollars((totals.cost / 1e9).toFixed(9).replace(/0{1,7}$/, ''))
  return totals.uncosted > 0 ? `At least ${exact}; ${formatPlural(totals.uncosted, 'call')} without a cost` : exact
}

function tokensTitle({ totals }: TraceModel): string {
  const parts = [`${formatCount(totals.input)} in`]
  if (!Number.isNaN(totals.cached)) parts.push(`${formatCount(totals.cached)} of them cached`)
  return [...parts, `${formatCount(totals.output)} out`].join(', ')
}
