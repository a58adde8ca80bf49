import { useMemo, useState } from 'react'
import { useAsk } from '../../app/view.ts'
import { readTrace, type TraceModel } from './model.ts'

export interface OpenedTrace {
  /** The newest trace that came; stays until the one now asked for is there. */
  readonly model: TraceModel | undefined
  /** The store has no trace of this id. */
  readonly missing: boolean
  readonly error: { readonly code: string; readonly message: string } | undefined
  readonly slow: boolean
  readonly again: () => void
}

/** Opens a trace by the id its file gave it. While its import is still running it is read again as it grows. */
export function useTrace(traceId: string): OpenedTrace {
  const found = useAsk('traces.find', { traceId })
  const id = found.fresh ? (found.data?.id ?? null) : null
  const [growing, setGrowing] = useState(false)
  const tree = useAsk('traces.tree', id === null ? null : { id }, { live: growing })
  const model = useMemo(() => (tree.data ? readTrace(tree.data) : undefined), [tree.data])
  const grows = model?.tree.trace.growing ?? false
  if (grows !== growing) setGrowing(grows)
  return {
    model,
    missing: found.fresh && found.data?.id === null,
    error: found.error ?? tree.error,
    slow: found.slow || tree.slow,
    again: found.error ? found.again : tree.again,
  }
}
