import { SearchX } from 'lucide-react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { navigate, useAsk, useBreadcrumb, useRoute, type ViewProps } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { replayAddress } from '../../state/replay-address.ts'
import { useSlow } from '../../state/use-slow.ts'
import { useConnection } from './model/use-connection.ts'
import { useFound } from './model/use-found.ts'
import { Pane } from './Pane.tsx'
import styles from './replay.module.css'

/** Finds the call that the address names. Opening sends nothing. */
export function View({ params }: ViewProps) {
  const spanId = params.span ?? ''
  const { query } = useRoute()
  const traceId = query.get('trace') ?? undefined
  const connecting = useConnection()
  const found = useFound(spanId, traceId)
  const { id } = found
  const span = useAsk('spans.read', id == null ? null : { id, holdBack: 1 })
  const cost = useAsk('spans.cost', id == null ? null : { id })
  const failed = found.error ? found : span.error ? span : undefined
  const isRead = id != null && span.fresh && span.data !== undefined
  const slow = useSlow(!isRead && !failed)
  useBreadcrumb(isRead ? visibleLine(span.data.name, 80) || spanId : undefined)
  const { several } = found
  if (failed?.error) return <ErrorNote title="The call could not be read." error={failed.error} retry={failed.again} />
  if (id === null && several) {
    return (
      <EmptyState icon={SearchX} title="Several traces have a span with this id">
        <ul>
          {several.map(trace => (
            <li key={trace}>
              <a href={`#${replayAddress({ spanId, traceId: trace })}`}>{visibleLine(trace, 100)}</a>
            </li>
          ))}
        </ul>
      </EmptyState>
    )
  }
  if (id === null) {
    return (
      <EmptyState
        icon={SearchX}
        title="This call is not in the store"
        actions={<Button onClick={() => navigate('/calls')}>All calls</Button>}
      >
        No imported file has a call with the id <code>{visibleLine(spanId, 200)}</code>. It may stand in a file that is
        not imported, in another store, or its import was removed.
      </EmptyState>
    )
  }
  if (!isRead) return slow ? <p className={styles.waiting}>Reading the call…</p> : null
  return (
    <Pane
      key={id}
      connecting={connecting}
      original={{ id, span: span.data, cost: cost.fresh ? cost.data?.cost : undefined, traceId }}
    />
  )
}
