import { CircleAlert, CircleCheck, CircleSlash, OctagonAlert, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { Button, IconButton } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { ImportProgressLines } from '../../components/receipt/ImportProgressLines.tsx'
import { outcomeOf, outcomeTitle } from '../../components/receipt/outcome.ts'
import { adviceFor } from '../../components/receipt/advice.ts'
import { Receipt } from '../../components/receipt/Receipt.tsx'
import { useImportActivity, useImportDesk, type EndedImport } from '../../state/import-desk.ts'
import { announce } from '../announce.ts'
import { useDismiss } from '../dismiss.ts'
import styles from '../frame.module.css'
import { focusView } from '../panes.ts'
import { navigate } from '../route.ts'

/**
 * Progress while an import runs, its receipt when it ended. Lies over a corner of the window and blocks nothing.
 * `told` is set where the view itself shows all that; then only what could not begin is left to say. Whoever goes on to
 * read a trace has seen the receipt of an import that went well: it would cover what they came for.
 */
export function ImportPanel({ told, reading }: { readonly told: boolean; readonly reading: boolean }) {
  const desk = useImportDesk()
  const { running, ended, failure, panelOpen } = useImportActivity()
  const first = running[0]
  const something = failure !== undefined || (!told && (first !== undefined || ended !== undefined))
  const open = panelOpen && something
  const panel = useRef<HTMLElement>(null)
  const close = () => {
    if (panel.current?.contains(document.activeElement)) focusView()
    desk.showPanel(false)
  }
  useDismiss(open, close)
  useAnnouncedProgress()
  const isOver = !first && !failure && ended !== undefined && outcomeOf(ended.state, ended.receipt) === 'complete'
  const wasReading = useRef(reading)
  useEffect(() => {
    if (reading && !wasReading.current && isOver) desk.showPanel(false)
    wasReading.current = reading
  }, [desk, reading, isOver])
  if (!open) return null
  return (
    <section ref={panel} className={styles.panel} aria-label="Import" data-pane="Import">
      <IconButton label="Close" className={styles.panelClose ?? ''} onClick={close}>
        <X />
      </IconButton>
      {failure && <ErrorNote title="The import could not begin." error={failure} />}
      {first && !told && (
        <>
          <ImportProgressLines progress={first.progress} waiting={running.length - 1} />
          <div className={styles.panelActions}>
            <Button disabled={first.stopping} onClick={() => desk.cancel(first.import)}>
              {first.stopping ? 'Stopping…' : 'Cancel'}
            </Button>
            <span className={styles.aside}>Keeps what is already read.</span>
          </div>
        </>
      )}
      {!first && ended && !failure && !told && <Ended ended={ended} close={close} />}
    </section>
  )
}

const outcomeIcons = {
  complete: CircleCheck,
  doubtful: CircleAlert,
  partial: CircleSlash,
  failed: OctagonAlert,
  running: CircleSlash,
}

function Ended({ ended, close }: { readonly ended: EndedImport; readonly close: () => void }) {
  const desk = useImportDesk()
  const outcome = outcomeOf(ended.state, ended.receipt)
  const Icon = outcomeIcons[outcome]
  const hasTraces = (ended.receipt?.totals.traces ?? 0) > 0
  const leave = (to: string) => {
    close()
    navigate(to)
  }
  return (
    <>
      <h2 className={styles.panelTitle} data-outcome={outcome}>
        <Icon aria-hidden="true" size={15} /> {outcomeTitle(ended.state, ended.receipt)}
      </h2>
      {ended.error && (
        <p className={styles.panelText}>
          {ended.error.message} {adviceFor(ended.error.code)}
        </p>
      )}
      {ended.receipt && <Receipt receipt={ended.receipt} />}
      <div className={styles.panelActions}>
        {hasTraces && (
          <Button look="primary" onClick={() => leave('/traces')}>
            Open traces
          </Button>
        )}
        {ended.state !== 'complete' && <Button onClick={desk.choose}>Open another file…</Button>}
        <Button look="quiet" onClick={() => leave('/imports')}>
          {ended.state === 'partial' ? 'Continue or remove…' : 'All imports'}
        </Button>
      </div>
    </>
  )
}

/** Progress is spoken at most once in five seconds, the end always. */
function useAnnouncedProgress(): void {
  const { running, ended } = useImportActivity()
  const last = useRef(0)
  const progress = running[0]?.progress
  useEffect(() => {
    if (!progress || Date.now() - last.current < 5000) return
    last.current = Date.now()
    const share = progress.totalBytes ? `${formatShare(progress.bytes, progress.totalBytes)} read, ` : ''
    announce(`Importing: ${share}${formatPlural(progress.spans, 'span')}`)
  }, [progress])
  useEffect(() => {
    if (ended) announce(outcomeTitle(ended.state, ended.receipt))
  }, [ended])
}
