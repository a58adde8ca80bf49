import { CircleCheck, CircleSlash, OctagonAlert, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { Button, IconButton } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { ImportProgressLines } from '../../components/receipt/ImportProgressLines.tsx'
import { outcomeTitle } from '../../components/receipt/outcome.ts'
import { adviceFor } from '../../components/receipt/advice.ts'
import { Receipt } from '../../components/receipt/Receipt.tsx'
import { useImportActivity, useImportDesk, type EndedImport } from '../../state/import-desk.ts'
import { announce } from '../announce.ts'
import { useDismiss } from '../dismiss.ts'
import styles from '../frame.module.css'
import { navigate } from '../route.ts'

/** Progress while an import runs, its receipt when it ended. Lies over a corner of the window and blocks nothing. */
export function ImportPanel() {
  const desk = useImportDesk()
  const { running, ended, failure, panelOpen } = useImportActivity()
  const first = running[0]
  const open = panelOpen && (first !== undefined || ended !== undefined || failure !== undefined)
  const close = () => desk.showPanel(false)
  useDismiss(open, close)
  useAnnouncedProgress()
  if (!open) return null
  return (
    <section className={styles.panel} aria-label="Import" data-pane="Import">
      <IconButton label="Close" className={styles.panelClose ?? ''} onClick={close}>
        <X />
      </IconButton>
      {failure && <ErrorNote title="The import could not begin." error={failure} />}
      {first && (
        <>
          <ImportProgressLines progress={first.progress} waiting={running.length - 1} />
          <div className={styles.panelActions}>
            <Button onClick={() => desk.cancel(first.import)}>Cancel</Button>
            <span className={styles.aside}>Keeps what is already read.</span>
          </div>
        </>
      )}
      {!first && ended && !failure && <Ended ended={ended} />}
    </section>
  )
}

const outcomeIcons = { complete: CircleCheck, partial: CircleSlash, failed: OctagonAlert, running: CircleSlash }

function Ended({ ended }: { readonly ended: EndedImport }) {
  const desk = useImportDesk()
  const Icon = outcomeIcons[ended.state]
  const hasTraces = (ended.receipt?.totals.traces ?? 0) > 0
  const leave = (to: string) => {
    desk.showPanel(false)
    navigate(to)
  }
  return (
    <>
      <h2 className={styles.panelTitle} data-outcome={ended.state}>
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
          All imports
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
