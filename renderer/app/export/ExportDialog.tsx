import { Dialog } from '@base-ui/react/dialog'
import { useId, useRef, useState, type ReactNode } from 'react'
import { exportFormats, type ExportFormat } from '../../../shared/contract/exports.ts'
import { formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { useClient } from '../../state/client.ts'
import { RequestCancelled, toRequestError, type RequestError } from '../../state/request-error.ts'
import { useAsk } from '../../state/use-ask.ts'
import { announce } from '../announce.ts'
import { useRoute } from '../route.ts'
import dialog from '../../components/dialog/dialog.module.css'
import styles from './export.module.css'
import { saveFile } from './save-file.ts'

interface Running {
  readonly spans: number
  readonly total: number
}

/** Writes the store, or the trace that is open, to a file the person names. */
export function ExportDialog({ close }: { readonly close: () => void }) {
  const client = useClient()
  const summary = useAsk('store.summary', {})
  const traceId = /^\/trace\/([^/]+)/.exec(useRoute().path)?.[1]
  const open = useAsk('traces.find', traceId === undefined ? null : { traceId: decodeURIComponent(traceId) })
  const trace = open.data?.id ?? undefined
  const [format, setFormat] = useState<ExportFormat>('bundle')
  const [onlyTrace, setOnlyTrace] = useState(traceId !== undefined)
  const [running, setRunning] = useState<Running>()
  const [error, setError] = useState<RequestError>()
  const stop = useRef<AbortController>(undefined)
  const group = useId()

  const start = async () => {
    const abort = (stop.current = new AbortController())
    const chosen = exportFormats.find(one => one.id === format)!
    const scope = onlyTrace && trace !== undefined ? { traces: [trace] } : {}
    setError(undefined)
    try {
      const { export: id, spans: total } = await client.ask('exports.open', { format, ...scope })
      const parts: Blob[] = []
      for (let done = false; !done;) {
        if (abort.signal.aborted) {
          await client.ask('exports.close', { export: id })
          throw new RequestCancelled()
        }
        const next = await client.ask('exports.next', { export: id }, abort.signal)
        parts.push(new Blob([next.text]))
        setRunning({ spans: next.spans, total })
        done = next.done
      }
      const base =
        onlyTrace && traceId !== undefined ? `trace-${traceId.slice(0, 12)}` : (summary.data?.name ?? 'store')
      saveFile(new Blob(parts), `${base.replace(/\.[^.]*$/, '')}${chosen.ending}`)
      announce(`${formatPlural(total, 'span')} exported`)
      close()
    } catch (caught) {
      if (!(caught instanceof RequestCancelled)) setError(toRequestError(caught))
    } finally {
      setRunning(undefined)
    }
  }
  return (
    <Dialog.Root
      open
      onOpenChange={isOpen => {
        if (isOpen) return
        stop.current?.abort()
        close()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.dialog}>
          <Dialog.Title className={dialog.title}>Export</Dialog.Title>
          {traceId !== undefined && (
            <fieldset className={styles.group}>
              <legend>What</legend>
              <Choice name={`${group}scope`} checked={onlyTrace} choose={() => setOnlyTrace(true)}>
                this trace
              </Choice>
              <Choice name={`${group}scope`} checked={!onlyTrace} choose={() => setOnlyTrace(false)}>
                the whole store{summary.data && `: ${formatPlural(summary.data.traces, 'trace')}`}
              </Choice>
            </fieldset>
          )}
          <fieldset className={styles.group}>
            <legend>As</legend>
            {exportFormats.map(one => (
              <Choice key={one.id} name={`${group}format`} checked={format === one.id} choose={() => setFormat(one.id)}>
                {one.label} <span className={styles.aside}>{one.what}</span>
              </Choice>
            ))}
          </fieldset>
          {error && <ErrorNote title="It could not be exported." error={error} />}
          <p className={styles.aside} role="status">
            {running
              ? `${formatShare(running.spans, running.total)} · ${formatCount(running.spans)} of ${formatPlural(running.total, 'span')}`
              : `The file holds what ${summary.data ? visibleLine(summary.data.name, 60) : 'the store'} holds: prompts and answers too. It goes nowhere but where you save it.`}
          </p>
          <div className={dialog.actions}>
            <Dialog.Close render={<Button>Cancel</Button>} />
            <Button
              look="primary"
              disabled={running !== undefined || (onlyTrace && trace === undefined)}
              onClick={() => void start()}
            >
              {running ? 'Exporting…' : 'Export'}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly checked: boolean
  readonly choose: () => void
  readonly children: ReactNode
}

function Choice({ name, checked, choose, children }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={checked} onChange={choose} />
      <span>{children}</span>
    </label>
  )
}
