import { Dialog } from '@base-ui/react/dialog'
import { useId, useRef, useState, type ReactNode } from 'react'
import { exportInputs, type ExportIds } from '../../../shared/contract/export-ids.ts'
import { exportFormats, type ExportFormat } from '../../../shared/contract/exports.ts'
import { formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button } from '../button/Button.tsx'
import { ErrorNote } from '../error-note/ErrorNote.tsx'
import { useClient, type PageClient } from '../../state/client.ts'
import { RequestCancelled, toRequestError, type RequestError } from '../../state/request-error.ts'
import { useAsk } from '../../state/use-ask.ts'
import { announce } from '../../app/announce.ts'
import { useRoute } from '../../app/route.ts'
import dialog from '../dialog/dialog.module.css'
import { WritingDialog } from './WritingDialog.tsx'
import styles from './export.module.css'
import { saveFile } from './save-file.ts'

interface Running {
  readonly spans: number
  readonly total: number
}

/** Part of the store: what is selected in a list. */
export interface ExportPart {
  /** `3 traces` */
  readonly label: string
  /** Begins the name of the file. */
  readonly name: string
  /** Said of formats that hold whole traces only. */
  readonly wholeTraces: boolean
  readonly ids: (signal: AbortSignal) => Promise<ExportIds>
}

interface Props {
  readonly close: () => void
  readonly part?: ExportPart
}

/** Writes the store, the trace that is open, or what is selected to a file the person names. */
export function ExportDialog({ close, part }: Props) {
  const client = useClient()
  const summary = useAsk('store.summary', {})
  const traceId = /^\/trace\/([^/]+)/.exec(useRoute().path)?.[1]
  const open = useAsk('traces.find', traceId === undefined ? null : { traceId: decodeURIComponent(traceId) })
  const trace = open.data?.id ?? undefined
  const [format, setFormat] = useState<ExportFormat>('bundle')
  const [onlyPart, setOnlyPart] = useState(traceId !== undefined || part !== undefined)
  const [running, setRunning] = useState<Running>()
  const [error, setError] = useState<RequestError>()
  const stop = useRef<AbortController>(undefined)
  const group = useId()

  const start = async () => {
    const abort = (stop.current = new AbortController())
    const chosen = exportFormats.find(one => one.id === format)!
    setError(undefined)
    setRunning({ spans: 0, total: 0 })
    try {
      const ids = onlyPart
        ? part
          ? await part.ids(abort.signal)
          : trace === undefined
            ? undefined
            : { traces: [trace] }
        : undefined
      const { export: id, spans: total } = await openExport(client, format, ids)
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
      const name = part?.name ?? (traceId === undefined ? undefined : `trace-${traceId.slice(0, 12)}`)
      const base = (onlyPart ? name : undefined) ?? summary.data?.name ?? 'store'
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
    <WritingDialog title="Export" stop={stop} close={close}>
      {(traceId !== undefined || part) && (
        <fieldset className={styles.group}>
          <legend>What</legend>
          <Choice name={`${group}scope`} checked={onlyPart} choose={() => setOnlyPart(true)}>
            {part?.label ?? 'this trace'}
          </Choice>
          <Choice name={`${group}scope`} checked={!onlyPart} choose={() => setOnlyPart(false)}>
            the whole store{summary.data && `: ${formatPlural(summary.data.traces, 'trace')}`}
          </Choice>
        </fieldset>
      )}
      <fieldset className={styles.group}>
        <legend>As</legend>
        {exportFormats.map(one => (
          <Choice key={one.id} name={`${group}format`} checked={format === one.id} choose={() => setFormat(one.id)}>
            {one.label}{' '}
            <span className={styles.aside}>
              {one.what}
              {onlyPart && part?.wholeTraces && isWhole(one.id) ? '; with the whole traces around them' : ''}
            </span>
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
          disabled={running !== undefined || (onlyPart && !part && trace === undefined)}
          onClick={() => void start()}
        >
          {running ? 'Exporting…' : 'Export'}
        </Button>
      </div>
    </WritingDialog>
  )
}

function isWhole(format: ExportFormat): boolean {
  return format === 'bundle' || format === 'otlp'
}

/** A question is small: many ids go in several. */
async function openExport(client: PageClient, format: ExportFormat, ids: ExportIds | undefined) {
  const [first, ...more] = exportInputs(ids)
  const opened = await client.ask('exports.open', { format, ...first })
  let total = opened.spans
  for (const input of more) total = (await client.ask('exports.more', { export: opened.export, ...input })).spans
  return { export: opened.export, spans: total }
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
