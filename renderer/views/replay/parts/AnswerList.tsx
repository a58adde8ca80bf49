import { Star } from 'lucide-react'
import { useMemo } from 'react'
import { formatMoney, formatPlural } from '../../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration, formatTime } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk } from '../../../app/view.ts'
import { FarRows } from '../../../components/far-rows/FarRows.tsx'
import { useSpanNotes } from '../../../state/span-notes.ts'
import { answerKey } from '../model/answer-key.ts'
import type { Attempt } from '../model/attempts.ts'
import type { Original } from '../model/original.ts'
import { answerRows, type AnswerRow, type Chosen, type chosenOf } from '../model/runs.ts'
import { costOf } from '../model/spread.ts'
import styles from '../replay.module.css'
import look from './answers.module.css'

interface Props {
  readonly original: Original
  readonly withLogged: boolean
  readonly attempts: readonly Attempt[]
  readonly more: boolean
  readonly shown: ReturnType<typeof chosenOf>
  readonly choose: (chosen: Chosen) => void
}

/** Pixels of a line. */
const lineHeight = 26

/** Each time it was sent: when, how it went, how long it took, what it cost, whether it says something else. */
export function AnswerList({ original, withLogged, attempts, more, shown, choose }: Props) {
  const rows = useMemo(() => answerRows(attempts), [attempts])
  const said = useMemo(() => answerKey(original.span), [original])
  const notes = useSpanNotes(useMemo(() => attempts.flatMap(({ sent }) => (sent ? [sent.span] : [])), [attempts]))
  return (
    <div className={look.attempts} role="group" aria-label="What was sent">
      <FarRows count={rows.length} guess={(from, to) => (to - from) * lineHeight}>
        {i => {
          const row = rows[i]!
          return (
            <button
              key={keyOf(row)}
              type="button"
              className={look.attempt}
              data-within={'attempt' in row && row.within ? true : undefined}
              aria-pressed={isShown(row, shown)}
              onClick={() => choose('of' in row ? { run: row.of.run } : { send: row.attempt.send })}
            >
              {'of' in row ? (
                <>
                  <span>{timeOf(row.of.attempts.at(-1)!.at)}</span>
                  <b>Run of {formatPlural(row.of.attempts.length, 'request')}</b>
                </>
              ) : (
                <AttemptLine
                  attempt={row.attempt}
                  said={said}
                  starred={notes.get(row.attempt.sent?.span ?? -1)?.starred === true}
                />
              )}
            </button>
          )
        }}
      </FarRows>
      {more && <p className={styles.faint}>The latest are listed; is:replayed in a list finds all.</p>}
      {withLogged && (
        <button
          type="button"
          className={look.attempt}
          aria-pressed={shown === 'logged'}
          onClick={() => choose('logged')}
        >
          <b>As it is logged</b>
        </button>
      )}
    </div>
  )
}

const outcomes = {
  ok: '✓ answered',
  incomplete: '✕ incomplete',
  refused: '✕ refused',
  cancelled: '■ cancelled',
} as const

interface LineProps {
  readonly attempt: Attempt
  /** What the logged answer says. */
  readonly said: string
  readonly starred: boolean
}

function AttemptLine({ attempt, said, starred }: LineProps) {
  const { sent, error, at, model, connection, variant, isStopping } = attempt
  const answered = sent && sent.outcome !== 'refused' ? sent.span : undefined
  const span = useAsk('spans.read', answered === undefined ? null : { id: answered, holdBack: 1 }).data
  const cost = useAsk('spans.cost', answered === undefined ? null : { id: answered }).data?.cost
  const dollars = span && costOf({ span, cost })
  const differs = span && answerKey(span) !== said
  return (
    <>
      <span>{timeOf(at)}</span>
      <b>{sent ? outcomes[sent.outcome] : error ? '✕ no answer' : isStopping ? 'stopping…' : 'sending…'}</b>
      <span className={look.attemptName}>
        {[variant, model ?? connection]
          .flatMap(word => (word === undefined ? [] : [visibleLine(word, 60)]))
          .join(' · ')}
      </span>
      {sent && <span>{formatDuration(sent.duration * 1000)}</span>}
      {dollars !== undefined && <span>{formatMoney(dollars)}</span>}
      {differs !== undefined && (
        <span title={differs ? 'Another answer than the logged one' : 'The same answer as the logged one'}>
          <span aria-hidden="true">{differs ? '≠' : '='}</span>
          <span className="spoken">{differs ? 'differs from the logged one' : 'as the logged one'}</span>
        </span>
      )}
      {starred && <Star size={11} fill="currentColor" aria-label="starred" />}
    </>
  )
}

/** Of today the time alone. */
function timeOf(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return isToday ? formatTime(at * 1000) : formatDateTime(at * 1000)
}

function keyOf(row: AnswerRow): string {
  return 'of' in row ? `run ${row.of.run}` : row.attempt.send
}

function isShown(row: AnswerRow, shown: Props['shown']): boolean {
  if (shown === undefined || shown === 'logged') return false
  if ('of' in row) return 'attempts' in shown && shown.run === row.of.run
  return !('attempts' in shown) && shown.send === row.attempt.send
}
