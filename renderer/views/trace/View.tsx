import { SearchX } from 'lucide-react'
import { navigate, useBreadcrumb, type ViewProps } from '../../app/view.ts'
import { Button } from '../../components/button/Button.tsx'
import { EmptyState } from '../../components/empty-state/EmptyState.tsx'
import { ErrorNote } from '../../components/error-note/ErrorNote.tsx'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useImportDesk } from '../../state/import-desk.ts'
import { Reading } from './parts/Reading.tsx'
import { Screen } from './Screen.tsx'
import styles from './trace.module.css'
import { useLinkedSpan } from './use-trace-link.ts'
import { useTrace } from './use-trace.ts'

/** Finds the trace that the address names. The one before stays on screen until it is there. */
export function View({ params }: ViewProps) {
  const traceId = params.id ?? ''
  const { model, missing, error, slow, again } = useTrace(traceId)
  const trace = model?.tree.trace
  const naming = useLinkedSpan(trace?.id)
  useBreadcrumb(trace ? visibleLine(trace.name, 80) || trace.traceId : undefined)
  if (missing) {
    return (
      <EmptyState icon={SearchX} title="This trace is not in the store" actions={<Elsewhere />}>
        No imported file has a trace with the id <code>{visibleLine(traceId, 200)}</code>. It may stand in a file that
        is not imported, in another store, or its import was removed.
      </EmptyState>
    )
  }
  if (error)
    return <ErrorNote title="The trace could not be read." error={error} retry={again} actions={<ToTraces />} />
  if (!model || naming) return slow ? <Waiting /> : null
  if (model.shape.count === 0) {
    return (
      <EmptyState title="This trace has no spans" actions={<ToTraces />}>
        Its records were removed together with the import that gave them.
      </EmptyState>
    )
  }
  return <Screen key={model.tree.trace.id} model={model} slow={slow} />
}

function Waiting() {
  return (
    <div className={styles.screen}>
      <Reading slow />
      <p className={styles.waiting}>Reading the trace…</p>
    </div>
  )
}

/** Where a trace that is not here may be. */
function Elsewhere() {
  const desk = useImportDesk()
  return (
    <>
      <Button onClick={desk.choose}>Open file…</Button>
      <Button onClick={() => navigate('/settings')}>Open another store</Button>
      <ToTraces />
    </>
  )
}

function ToTraces() {
  return <Button onClick={() => navigate('/traces')}>All traces</Button>
}
