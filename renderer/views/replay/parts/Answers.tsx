import { formatMoney } from '../../../../shared/format/numbers.ts'
import { formatDuration, formatTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { isGoing, type Attempt } from '../model/attempts.ts'
import type { GoOn } from '../model/go-on.ts'
import type { Original } from '../model/original.ts'
import styles from '../replay.module.css'
import { Answer } from './Answer.tsx'
import { Logged } from './Logged.tsx'
import { Streaming } from './Streaming.tsx'
import { useAsk } from '../../../app/view.ts'
import { decimalToNano } from '../../../../shared/domain/numbers.ts'

interface Props {
  readonly original: Original
  /** The latest first. */
  readonly attempts: readonly Attempt[]
  readonly selected: Attempt | undefined
  readonly select: (send: string) => void
  readonly stop: () => void
  readonly goOn: GoOn
}

/** What came back, each time it was sent, beside what the log has. */
export function Answers({ original, attempts, selected, select, stop, goOn }: Props) {
  return (
    <section className={styles.answers} data-pane="Answers" aria-label="Answers">
      {attempts.length > 0 && (
        <ul className={styles.attempts} aria-label="What was sent">
          {attempts.map(attempt => (
            <li key={attempt.send}>
              <button
                type="button"
                className={styles.attempt}
                aria-pressed={attempt === selected}
                onClick={() => select(attempt.send)}
              >
                <AttemptLine attempt={attempt} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {!selected ? (
        <Logged original={original} />
      ) : isGoing(selected) ? (
        <Streaming key={selected.send} attempt={selected} stop={stop} />
      ) : (
        <Answer key={selected.send} attempt={selected} original={original} goOn={goOn} />
      )}
    </section>
  )
}

const outcomes = {
  ok: '✓ answered',
  incomplete: '✕ incomplete',
  refused: '✕ refused',
  cancelled: '■ cancelled',
} as const

function AttemptLine({ attempt }: { readonly attempt: Attempt }) {
  const { sent, error, at, model, connection } = attempt
  const cost = useAsk('spans.cost', sent ? { id: sent.span } : null)
  const dollars = cost.data?.cost?.cost?.dollars
  return (
    <>
      <span>{formatTime(at * 1000)}</span>
      <b>{sent ? outcomes[sent.outcome] : error ? '✕ no answer' : 'sending…'}</b>
      <span>{visibleLine(model ?? connection, 60)}</span>
      {sent && <span>{formatDuration(sent.duration * 1000)}</span>}
      {dollars !== undefined && <span>{formatMoney(decimalToNano(dollars))}</span>}
    </>
  )
}
