import { useEffect, useMemo, useState } from 'react'
import { outputTextOf } from '../../../../shared/diff/span-texts.ts'
import { comparisonMarkdown } from '../../../../shared/diff/markdown.ts'
import { formatBytes } from '../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine, visibleText } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { DiffPane } from '../../../components/diff/DiffPane.tsx'
import { ErrorNote } from '../../../components/error-note/ErrorNote.tsx'
import { Figures } from '../../../components/figures/Figures.tsx'
import { figuresOf } from '../../../components/figures/figures.ts'
import { compareAddress } from '../../../state/compare-desk.ts'
import type { Attempt } from '../model/attempts.ts'
import type { GoOn as PutIn } from '../model/go-on.ts'
import type { Original } from '../model/original.ts'
import { toolWords } from '../model/tool-words.ts'
import styles from '../replay.module.css'
import { GoOn } from './GoOn.tsx'

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
        {stream.text !== '' && <p className={styles.streamed}>{visibleText(stream.text)}</p>}
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
          HTTP {httpStatus} · {formatDuration(duration * 1000)}
          {firstToken !== undefined && ` · first token ${formatDuration(firstToken * 1000)}`} · {formatBytes(bytesOut)}{' '}
          out, {formatBytes(bytesIn)} in
        </span>
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

/** Counts down to when the provider wants to be asked again. Nothing is sent by itself. */
function Retry({ until }: { readonly until: number }) {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.ceil((until - now) / 1000)
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [left])
  return (
    <p className={styles.note}>
      {left > 0
        ? `The provider asks to wait: ${left} s left. Nothing is sent again by itself.`
        : 'The time that the provider asked to wait is over: it can be sent again.'}
    </p>
  )
}

interface ComparedProps {
  readonly original: Original
  /** Of the stored answer. */
  readonly row: number
  readonly goOn: PutIn
}

function Compared({ original, row, goOn }: ComparedProps) {
  const read = useAsk('spans.read', { id: row, holdBack: 1 })
  const cost = useAsk('spans.cost', { id: row })
  const span = read.data
  const { span: was, cost: costWas } = original
  const costIs = cost.data?.cost
  const figures = useMemo(
    () => (span ? figuresOf({ span: was, cost: costWas }, { span, cost: costIs }) : []),
    [was, costWas, span, costIs],
  )
  const texts = useMemo(() => (span ? ([outputTextOf(was), outputTextOf(span)] as const) : undefined), [was, span])
  const before = useMemo(() => ({ text: texts?.[0] ?? '', name: 'logged' }), [texts])
  const after = useMemo(() => ({ text: texts?.[1] ?? '', name: 'answered now' }), [texts])
  const tools = useMemo(() => (span ? toolWords(was, span) : []), [was, span])
  if (read.error)
    return <ErrorNote title="The stored answer could not be read." error={read.error} retry={read.again} />
  if (!span || !texts) return null
  return (
    <div className={styles.compared}>
      <div className={styles.figures}>
        <p className={styles.faint}>A is the logged answer, B the one that came now.</p>
        <Figures figures={figures} only={false} />
        {tools.length > 0 && (
          <ul aria-label="Tool calls">
            {tools.map(line => (
              <li key={line}>{visibleLine(line, 300)}</li>
            ))}
          </ul>
        )}
        <GoOn {...goOn} answer={span} traceId={original.traceId} />
      </div>
      <div className={styles.diff}>
        <DiffPane
          before={before}
          after={after}
          label="What came back"
          markdown={() =>
            comparisonMarkdown({
              title: was.name,
              from: 'logged',
              to: 'answered now',
              texts: [{ title: 'What came back', before: texts[0], after: texts[1] }],
              parts: [],
              notes: [...tools],
            })
          }
        />
      </div>
    </div>
  )
}
