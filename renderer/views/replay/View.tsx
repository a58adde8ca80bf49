import { SearchX } from 'lucide-react'
import { useRef } from 'react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { navigate, useAsk, useBreadcrumb, useKeptFocus, useRoute, type ViewProps } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { useWidth } from '../../components/use-width.ts'
import { replayAddress } from '../../state/replay-address.ts'
import { useSlow } from '../../state/use-slow.ts'
import { useConnection, type Connecting } from './model/use-connection.ts'
import { useFound } from './model/use-found.ts'
import { useRequests } from './model/use-requests.ts'
import { Pane } from './Pane.tsx'
import styles from './replay.module.css'

/** Finds the call that the address names. Opening sends nothing. */
export function View({ params }: ViewProps) {
  const spanId = params.span ?? ''
  const { query } = useRoute()
  const traceId = query.get('trace') ?? undefined
  const connecting = useConnection()
  const found = useFound(spanId, traceId)
  const { id, several } = found
  if (found.error) return <ErrorNote title={unread} error={found.error} retry={found.again} />
  if (id === undefined) return <Waiting />
  if (id !== null) return <Call key={id} {...{ id, spanId, traceId, connecting }} />
  if (several) {
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

const unread = 'The call could not be read.'

interface CallProps {
  readonly id: number
  readonly spanId: string
  readonly traceId: string | undefined
  readonly connecting: Connecting
}

/** Reads the call, and beside that what would go out: neither waits for the other, nor how much room there is for both. */
function Call({ id, spanId, traceId, connecting }: CallProps) {
  const span = useAsk('spans.read', { id, holdBack: 1 })
  const cost = useAsk('spans.cost', { id })
  const written = useRequests(id, connecting)
  const element = useRef<HTMLDivElement>(null)
  const width = useWidth(element, globalThis.innerWidth)
  useKeptFocus(element)
  useBreadcrumb(span.data && (visibleLine(span.data.name, 80) || spanId))
  const { request, history, requests, logged } = written
  return (
    <div ref={element} className={styles.pane}>
      {span.error && !span.data ? (
        <ErrorNote title={unread} error={span.error} retry={span.again} />
      ) : written.error && !logged ? (
        <ErrorNote title="This call cannot be sent again." error={written.error} retry={written.again} />
      ) : span.data && request && history && requests && logged ? (
        <Pane
          connecting={connecting}
          written={{ ...written, request, history, requests, logged }}
          original={{ id, span: span.data, cost: cost.data?.cost, traceId }}
          width={width}
        />
      ) : (
        <Waiting />
      )}
    </div>
  )
}

function Waiting() {
  return useSlow(true) ? <p className={styles.waiting}>Reading the call…</p> : null
}
