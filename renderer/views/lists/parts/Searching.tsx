import { Search } from 'lucide-react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import type { Searched } from '../../../../shared/contract/search.ts'
import { formatShare } from '../../../../shared/format/numbers.ts'
import { EmptyState } from '../../../components/empty-state/EmptyState.tsx'
import { ProgressBar } from '../../../components/progress-bar/ProgressBar.tsx'

interface Props {
  readonly kind: ListKind
  readonly searched: Searched
  readonly stopped: boolean
}

/** Nothing is found yet, and not everything is read. */
export function Searching({ kind, searched: { done, all }, stopped }: Props) {
  return (
    <EmptyState within icon={Search} title={`No ${kind} found so far`}>
      {formatShare(done, all)} is read, the newest first{stopped ? '; the rest is not.' : '.'}
      <ProgressBar label="Searching" share={done / Math.max(1, all)} />
    </EmptyState>
  )
}
