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
  const [growing, setGrowing] = useState(false)
  const tree = useAsk('traces.tree', { traceId }, { live: growing })
  const model = useMemo(() => (tree.data ? readTrace(tree.data) : undefined), [tree.data])
  const grows = model?.tree.trace.growing ?? false
  if (grows !== growing) setGrowing(grows)
  const missing = tree.error?.code === 'store/no-trace'
  return { model, missing, error: missing ? undefined : tree.error, slow: tree.slow, again: tree.again }
}
