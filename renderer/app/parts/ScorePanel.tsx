import { X } from 'lucide-react'
import type { ScoreReceipt } from '../../../shared/domain/score-receipt.ts'
import { formatCount, formatPlural } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button, IconButton } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { ProgressBar } from '../../components/progress-bar/ProgressBar.tsx'
import { useScoreDesk } from '../../state/score-desk.ts'
import { useStore } from '../../state/store.ts'
import { useDismiss } from '../dismiss.ts'
import { tracesMatching } from '../query-route.ts'
import { navigate } from '../route.ts'
import styles from './score-panel.module.css'

/** How an import of scores goes, and which of its rows found nothing. */
export function ScorePanel() {
  const desk = useScoreDesk()
  const { running, ended, failure } = useStore(desk)
  const open = running !== undefined || ended !== undefined || failure !== undefined
  useDismiss(open && !running, desk.forget)
  if (!open) return null
  return (
    <section className={styles.panel} aria-label="Scores">
      <header className={styles.head}>
        <h2>Scores</h2>
        {running ? (
          <Button onClick={desk.cancel}>Cancel</Button>
        ) : (
          <IconButton label="Close" onClick={desk.forget}>
            <X />
          </IconButton>
        )}
      </header>
      {running && <ProgressBar label={`${formatPlural(running.rows, 'row')} read`} />}
      {(failure ?? ended?.error) && (
        <ErrorNote title="The scores could not be read." error={(failure ?? ended?.error)!} />
      )}
      {ended?.receipt && <Receipt receipt={ended.receipt} close={desk.forget} />}
    </section>
  )
}

const mostNames = 8

function Receipt({ receipt, close }: { readonly receipt: ScoreReceipt; readonly close: () => void }) {
  const { file, rows, added, known, notFound, unreadable, cut, scores, failure } = receipt
  return (
    <div role="status" className={styles.receipt}>
      <p>
        <strong>{visibleLine(file, 80)}</strong>: {formatPlural(rows, 'row')}, {formatPlural(added, 'score')} added
        {known > 0 && `, ${formatCount(known)} known before`}
      </p>
      {failure && <p className={styles.bad}>{failure.message}</p>}
      <ul className={styles.names}>
        {scores.slice(0, mostNames).map(({ name, count }) => (
          <li key={name}>
            <Button
              look="quiet"
              onClick={() => {
                navigate(tracesMatching(`has:${scoreField(name)}`))
                close()
              }}
            >
              {visibleLine(name, 40)} {formatCount(count)}
            </Button>
          </li>
        ))}
      </ul>
      {scores.length > mostNames && <p>and {formatPlural(scores.length - mostNames, 'more name')}</p>}
      {cut > 0 && <p>{formatPlural(cut, 'text')} longer than what is kept were cut.</p>}
      <Places what="found nothing in the store" {...notFound} />
      <Places what="could not be read" {...unreadable} />
    </div>
  )
}

/** As it is written after `has:`. */
function scoreField(name: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(name) ? `score.${name}` : 'score'
}

function Places({ what, count, places }: ScoreReceipt['notFound'] & { readonly what: string }) {
  if (count === 0) return null
  return (
    <details className={styles.places} open={count <= 5}>
      <summary>
        {formatPlural(count, 'row')} {what}
      </summary>
      <ul>
        {places.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            line {formatCount(line)}: {visibleLine(message, 200)}
          </li>
        ))}
        {count > places.length && <li>and {formatCount(count - places.length)} more</li>}
      </ul>
    </details>
  )
}
