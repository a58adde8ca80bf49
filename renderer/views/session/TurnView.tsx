import { memo } from 'react'
import { formatMoney, formatPlural, formatTokens } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { costHelp } from '../../../shared/money/cost-words.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useStore } from '../../state/store.ts'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { MessageView } from '../../components/messages/MessageView.tsx'
import { Value } from '../../components/value/Value.tsx'
import { idOf, type ListRow, numberIn, textIn } from '../../state/list-page.ts'
import type { SessionTurn } from './model.ts'
import styles from './session.module.css'
import { together, type Transcript } from './transcript.ts'

interface Props {
  readonly index: number
  readonly transcript: Transcript
  readonly markdown: boolean
  readonly openLink: (url: string) => void
}

/** A turn of the conversation; before the first of each trace, the trace. */
export const TurnView = memo(function TurnView({ index, transcript, markdown, openLink }: Props) {
  const page = Math.floor(index / together)
  const { turns, error } = useStore(transcript.page(page))
  if (error && index % together === 0) {
    return <ErrorNote title="These turns could not be read." error={error} retry={() => transcript.again(page)} />
  }
  const turn = turns?.[index % together]
  if (!turn) return <div className={styles.waiting} aria-hidden />
  return (
    <>
      {turn.begins && <TraceHead call={turn.call} />}
      <Turn turn={turn} index={index} markdown={markdown} openLink={openLink} />
    </>
  )
})

function traceAddress(call: ListRow): string {
  return `#/trace/${encodeURIComponent(textIn(call, 'trace') ?? '')}`
}

/** Where a turn's call is. */
function callAddress(call: ListRow): string {
  return `${traceAddress(call)}?span=${idOf(call)}`
}

function TraceHead({ call }: { readonly call: ListRow }) {
  const trace = textIn(call, 'trace') ?? ''
  return (
    <h2 className={styles.trace}>
      <a href={traceAddress(call)}>Trace {visibleLine(trace, 64)}</a>
      <span className={styles.faint}>{formatDateTime(numberIn(call, 'started'))}</span>
    </h2>
  )
}

interface TurnProps extends Omit<Props, 'transcript'> {
  readonly turn: SessionTurn
}

function Turn({ turn: { call, rows, same, gone }, index, markdown, openLink }: TurnProps) {
  const model = textIn(call, 'model')
  const agent = textIn(call, 'agent')
  const failed = textIn(call, 'status') === 'error'
  const tokens = [numberIn(call, 'tokens.input'), numberIn(call, 'tokens.output')].map(formatTokens)
  const cost = numberIn(call, 'cost')
  return (
    // One moves from turn to turn with j and k, and on into the call with Enter.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <article
      className={styles.turn}
      data-turn={index}
      data-failed={failed || undefined}
      tabIndex={-1}
      aria-label={`Turn ${index + 1}`}
    >
      <header className={styles.turnHead}>
        <span className={styles.number}>Turn {index + 1}</span>
        <a href={callAddress(call)} className={styles.call} data-call>
          {visibleLine(textIn(call, 'name') ?? '', 80) || 'call'}
        </a>
        {failed && <b className={styles.failed}>✕ failed</b>}
        {agent !== undefined && (
          <span>
            <Value field="agent" value={agent}>
              {visibleLine(agent, 80)}
            </Value>
          </span>
        )}
        {model !== undefined && (
          <span>
            <Value field="model" value={model}>
              {visibleLine(model, 80)}
            </Value>
          </span>
        )}
        <span title="Duration">{formatDuration(numberIn(call, 'duration'))}</span>
        <span title="Tokens in and out">{tokens.join(' → ')} tokens</span>
        {cost !== undefined && <span title={costHelp}>{formatMoney(cost)}</span>}
        {same > 0 && <span title="Messages sent that were said before">{formatPlural(same, 'message')} again</span>}
        {gone > 0 && <span className={styles.gone}>− {formatPlural(gone, 'message')} not sent again</span>}
      </header>
      {rows.length === 0 && <p className={styles.none}>This call says nothing that was not said before.</p>}
      {rows.map(row => (
        <MessageView key={`${row.side} ${row.joined.index}`} row={row} markdown={markdown} brief openLink={openLink} />
      ))}
    </article>
  )
}
