import { Rows3 } from 'lucide-react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import { useAsk } from '../../../app/view.ts'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { OpenActions } from '../../../components/open-actions/OpenActions.tsx'
import { ProgressBar } from '../../../components/progress-bar/ProgressBar.tsx'

/** A store may have no traces, or traces without calls or sessions. */
export function NoRows({ kind, importing }: { readonly kind: ListKind; readonly importing: boolean }) {
  const traces = useAsk('store.summary', {}).data?.traces ?? 0
  if (importing) {
    return (
      <EmptyState within icon={Rows3} title="The first traces are on their way">
        <ProgressBar label="Importing" />
      </EmptyState>
    )
  }
  if (traces > 0 && kind === 'sessions') {
    return (
      <EmptyState within icon={Rows3} title="No trace says which session it belongs to">
        A session is what several traces name as theirs: session.id, gen_ai.conversation.id, a thread.
      </EmptyState>
    )
  }
  if (traces > 0 && kind === 'calls') {
    return (
      <EmptyState within icon={Rows3} title="These traces hold no model calls">
        A call is a generation that was counted once: with a model, tokens or a cost.
      </EmptyState>
    )
  }
  return (
    <EmptyState within icon={Rows3} title="This store has no traces" actions={<OpenActions />}>
      Drop a trace dump anywhere in this window, or open one.
    </EmptyState>
  )
}
