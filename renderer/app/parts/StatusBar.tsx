import { Popover } from '@base-ui/react/popover'
import { Database, Lock, WifiOff } from 'lucide-react'
import type { Output } from '../../../shared/contract/index.ts'
import { formatBytes, formatCount, formatPlural, formatShare } from '../../../shared/format/numbers.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { Button } from '../../components/button/Button.tsx'
import { useClient } from '../../state/client.ts'
import { markedSpan } from '../../state/compare-desk.ts'
import { useIndexStatus } from '../../state/index-status.ts'
import { useImportActivity, useImportDesk } from '../../state/import-desk.ts'
import { useStore } from '../../state/store.ts'
import styles from '../frame.module.css'
import { navigate } from '../route.ts'

/** What the window knows at all times: the store, the running import, and that nothing is sent anywhere. */
export function StatusBar({ summary }: { readonly summary: Output<'store.summary'> | undefined }) {
  return (
    <footer className={styles.status} data-pane="Status bar">
      {summary && (
        <Fact
          label={
            <>
              <Database aria-hidden="true" size={11} /> {visibleLine(summary.name, 60)}
            </>
          }
        >
          <p className={styles.path}>{visibleLine(summary.path, 1000)}</p>
          <p>
            {formatBytes(summary.bytes)} · {formatPlural(summary.imports, 'import')} ·{' '}
            {formatPlural(summary.calls, 'call')}
          </p>
          <p>
            <Button onClick={() => navigate('/settings')}>Stores and settings</Button>
          </p>
        </Fact>
      )}
      {summary && (
        <button type="button" className={styles.fact} onClick={() => navigate('/traces')}>
          {formatPlural(summary.spans, 'span')} · {formatPlural(summary.traces, 'trace')}
        </button>
      )}
      {summary?.readOnly && (
        <Fact
          label={
            <>
              <Lock aria-hidden="true" size={11} /> read-only
            </>
          }
        >
          {summary.newerSchema
            ? 'A newer version of Spanwise wrote this store. This one can read it; to import into it, use the newer version.'
            : 'This store cannot be written. Imports need a store in a folder you may write to.'}
        </Fact>
      )}
      <ImportFact />
      <MarkedFact />
      <IndexFact />
      <span className={styles.push} />
      <Fact
        label={
          <>
            <WifiOff aria-hidden="true" size={11} /> offline
          </>
        }
      >
        <p>
          Spanwise contacts nothing by itself. Traces are read, kept and shown on this machine only; what leaves it is
          what you send in Replay, and every such request is listed there.
        </p>
        <p>
          <Button onClick={() => navigate('/replay')}>What was sent, and the lock</Button>
        </p>
      </Fact>
    </footer>
  )
}

function ImportFact() {
  const desk = useImportDesk()
  const { running, ended } = useImportActivity()
  const first = running[0]
  if (!first) {
    const unreadable = ended?.receipt?.totals.unreadable ?? 0
    if (!ended || (ended.state === 'complete' && unreadable === 0)) return null
    return (
      <button type="button" className={styles.fact} onClick={() => desk.showPanel(true)}>
        last import: {ended.state === 'complete' ? `${formatCount(unreadable)} unreadable` : ended.state}
      </button>
    )
  }
  const { progress } = first
  const share = progress?.totalBytes ? formatShare(progress.bytes, progress.totalBytes) : undefined
  return (
    <button type="button" className={styles.fact} onClick={() => desk.showPanel(true)}>
      import: {share ?? 'starting'}
      {progress && ` · ${formatCount(progress.spansPerSecond)} spans/s`}
      {progress && progress.unreadable > 0 && ` · ${formatCount(progress.unreadable)} unreadable`}
      {running.length > 1 && ` · ${running.length - 1} waiting`}
    </button>
  )
}

/** What waits to be compared with another. */
function MarkedFact() {
  const marked = useStore(markedSpan)
  if (!marked) return null
  const name = visibleLine(marked.words, 40) || '(no name)'
  return (
    <Fact label={`to compare: ${name}`}>
      <p>
        {name} is marked. Press c on another row of a list, or Shift+D on another span of a trace: both then stand side
        by side.
      </p>
      <p>
        <Button onClick={() => navigate(`/trace/${encodeURIComponent(marked.traceId)}`)}>Its trace</Button>{' '}
        <Button onClick={() => markedSpan.set(undefined)}>Mark it no more</Button>
      </p>
    </Fact>
  )
}

/** Only while texts are missing from the index, for then counts of texts are lower bounds. */
function IndexFact() {
  const client = useClient()
  const index = useIndexStatus()
  if (!index || index.status.state === 'complete') return null
  const { state, done, all, message } = index.status
  const share = formatShare(done, Math.max(all, 1))
  const order = (name: 'index.stop' | 'index.go') => void client.ask(name, {}).catch(() => {})
  return (
    <Fact label={state === 'building' ? `text index: ${share}` : `text index ${state}`}>
      <p>
        {state === 'failed'
          ? `The index of texts cannot be kept: ${visibleLine(message ?? 'no reason given', 300)}`
          : `${formatCount(done)} of ${formatPlural(all, 'record')} can be searched at once. Until all are, counts of what holds a text are lower bounds.`}
      </p>
      {index.file && (
        <p className={styles.path}>
          {visibleLine(index.file.path, 1000)} · {formatBytes(index.file.bytes)}
        </p>
      )}
      <p>
        {state === 'building' ? (
          <Button onClick={() => order('index.stop')}>Stop</Button>
        ) : (
          <Button onClick={() => order('index.go')}>{state === 'failed' ? 'Try again' : 'Go on'}</Button>
        )}
      </p>
    </Fact>
  )
}

function Fact({ label, children }: { readonly label: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.fact}>{label}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={6}>
          <Popover.Popup className={styles.popup}>{children}</Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
