import { useRef, useState } from 'react'
import type { RereadingResult } from '../../../shared/contract/rereading.ts'
import { formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button } from '../../components/button/Button.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { useClient } from '../../state/client.ts'
import { RequestCancelled, toRequestError, type RequestError } from '../../state/request-error.ts'
import { useAsk } from '../../state/use-ask.ts'
import { announce } from '../announce.ts'
import styles from './reread.module.css'

/** Offers to read the store again where older rules read it: first what would change, then the change, then undo. */
export function RereadBanner() {
  const client = useClient()
  const status = useAsk('rereading.status', {}, { live: true })
  const [wouldChange, setWouldChange] = useState<RereadingResult>()
  const [share, setShare] = useState<string>()
  const [error, setError] = useState<RequestError>()
  const [shut, setShut] = useState(false)
  const stop = useRef<AbortController>(undefined)
  const due = status.data?.due ?? 0
  const last = status.data?.last

  const run = async (dryRun: boolean) => {
    const abort = (stop.current = new AbortController())
    const off = client.on('rereading.progress', ({ looked, total }) => setShare(formatShare(looked, total)))
    setError(undefined)
    setShare('0%')
    try {
      const result = await client.ask('rereading.run', { dryRun }, abort.signal)
      setWouldChange(dryRun ? result : undefined)
      if (!dryRun) announce(`${formatPlural(result.changed, 'span')} changed`)
    } catch (caught) {
      if (!(caught instanceof RequestCancelled)) setError(toRequestError(caught))
    } finally {
      off()
      setShare(undefined)
      status.again()
    }
  }
  const undo = async () => {
    setError(undefined)
    try {
      const { spans } = await client.ask('rereading.undo', {})
      announce(`${formatPlural(spans, 'span')} put back`)
      setWouldChange(undefined)
    } catch (caught) {
      setError(toRequestError(caught))
    }
    status.again()
  }
  const isDone = due === 0 && last?.canUndo === true
  if (shut || (due === 0 && !isDone && !error && share === undefined)) return null
  return (
    <section className={styles.banner} aria-label="Newer rules">
      <div className={styles.line}>
        {share !== undefined ? (
          <span role="status">Reading again: {share}</span>
        ) : isDone ? (
          <span role="status">Read again: {formatPlural(last.changed, 'span')} changed.</span>
        ) : (
          <span role="status">
            {formatPlural(due, 'span')} {due === 1 ? 'was' : 'were'} read by older rules.
            {wouldChange &&
              (wouldChange.changed === 0
                ? ' Newer ones change nothing.'
                : ` Newer ones change ${formatPlural(wouldChange.changed, 'span')}.`)}
          </span>
        )}
        <span className={styles.actions}>
          {share !== undefined ? (
            <Button onClick={() => stop.current?.abort()}>Cancel</Button>
          ) : isDone ? (
            <Button onClick={() => void undo()}>Undo</Button>
          ) : wouldChange ? (
            <Button onClick={() => void run(false)}>{wouldChange.changed === 0 ? 'Note it' : 'Read again'}</Button>
          ) : (
            <Button onClick={() => void run(true)}>See what would change</Button>
          )}
          {share === undefined && (
            <Button look="quiet" onClick={() => setShut(true)}>
              {isDone ? 'Keep' : 'Not now'}
            </Button>
          )}
        </span>
      </div>
      {error && <ErrorNote title="The store could not be read again." error={error} />}
      {wouldChange && share === undefined && wouldChange.changed > 0 && <Changes result={wouldChange} />}
    </section>
  )
}

function Changes({ result }: { readonly result: RereadingResult }) {
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Spans</th>
          <th scope="col">For example</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {result.changes.map(({ field, spans, examples: [example] }) => (
          <tr key={field}>
            <th scope="row">{visibleLine(field, 60)}</th>
            <td>{formatCount(spans)}</td>
            <td>
              {example && (
                <a href={`#/trace/${encodeURIComponent(example.traceId)}`}>
                  {visibleLine(example.name, 60) || '(no name)'}
                </a>
              )}
            </td>
            <td>{example?.before === undefined ? '—' : visibleLine(example.before, 80)}</td>
            <td>{example?.after === undefined ? '—' : visibleLine(example.after, 80)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
