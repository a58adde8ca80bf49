import { formatBytes } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { compareAddress } from '../../../state/compare-desk.ts'
import type { Attempt } from '../model/attempts.ts'
import type { GoOn as PutIn } from '../model/go-on.ts'
import type { Original } from '../model/original.ts'
import styles from '../replay.module.css'
import look from './answers.module.css'
import { Compared } from './Compared.tsx'
import { Retry } from './Retry.tsx'
import { Verdict } from './Verdict.tsx'

const outcomes = {
  ok: 'Answered',
  incomplete: 'Incomplete: it broke off, or its end never came. What came is kept, as an error.',
  refused: 'Refused by the provider',
  cancelled: 'Cancelled; what had come by then is kept.',
} as const

interface Props {
  readonly attempt: Attempt
  readonly original: Original
  readonly goOn: PutIn
}

/** How it went, and the stored answer beside the logged one. */
export function Answer({ attempt, original, goOn }: Props) {
  const { sent, error, stream } = attempt
  if (!sent) {
    return (
      <div className={styles.scroll}>
        {error?.code === 'cancelled' || error?.code === 'request/cancelled' ? (
          <p className={styles.title}>Cancelled before anything came.</p>
        ) : (
          <ErrorNote title="No answer came." error={error!} />
        )}
        {stream && stream.text !== '' && <p className={look.streamed}>{visibleText(stream.text)}</p>}
      </div>
    )
  }
  const { outcome, httpStatus, retryAfter, firstToken, duration, bytesIn, bytesOut, traceId, spanId } = sent
  const trace = `#/trace/${encodeURIComponent(traceId)}?span=${sent.span}`
  return (
    <>
      <div className={styles.tools}>
        <b>{outcomes[outcome]}</b>
        <span className={styles.faint}>
          {httpStatus !== undefined && `HTTP ${httpStatus} · `}
          {formatDuration(duration * 1000)}
          {firstToken !== undefined && ` · first token ${formatDuration(firstToken * 1000)}`}
          {bytesOut !== undefined && ` · ${formatBytes(bytesOut)} out, ${formatBytes(bytesIn)} in`}
        </span>
        <Verdict traceId={traceId} spanId={spanId} row={sent.span} />
        <span className={styles.end}>
          <a href={trace}>Open its trace</a>
          {original.traceId !== undefined && (
            <a
              href={`#${compareAddress({ traceId: original.traceId, spanId: original.span.id }, { traceId, spanId })}`}
            >
              Compare in full
            </a>
          )}
        </span>
      </div>
      {sent.error && (
        <p role="alert" className={styles.alert}>
          <code>{visibleLine(sent.error.code, 80)}</code> {visibleText(sent.error.message)}
        </p>
      )}
      {retryAfter !== undefined && <Retry until={attempt.at + duration + retryAfter} />}
      {/* A refusal is no answer: there is nothing to lay beside the logged one. */}
      {outcome !== 'refused' && <Compared original={original} row={sent.span} goOn={goOn} />}
    </>
  )
}
