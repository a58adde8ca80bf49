import { startTransition, useEffect, useMemo, useState } from 'react'
import type { TraceTree } from '../../../shared/contract/traces.ts'
import { useAsk } from '../../app/view.ts'
import { readingTrace, readTrace, type TraceModel } from './model.ts'

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
  const model = useModel(tree.data)
  const grows = model?.tree.trace.growing ?? false
  if (grows !== growing) setGrowing(grows)
  const missing = tree.error?.code === 'store/no-trace'
  return { model, missing, error: missing ? undefined : tree.error, slow: tree.slow, again: tree.again }
}

/** Spans from which on a trace is read in turns with what else the page has to do. */
const large = 5000

/** The newest model that was read: that of the trace before until the next is there. */
function useModel(tree: TraceTree | undefined): TraceModel | undefined {
  const small = useMemo(() => (tree && tree.last.length < large ? readTrace(tree) : undefined), [tree])
  const [read, setRead] = useState<TraceModel>()
  useEffect(() => {
    if (!tree) return undefined
    const reading = small ? undefined : readingTrace(tree)
    let timer: ReturnType<typeof setTimeout> | undefined
    const turn = () => {
      const step = reading?.next()
      if (!step) setRead(small)
      // Its first rendering gives way to keys and frames as well.
      else if (step.done) startTransition(() => setRead(step.value))
      else timer = setTimeout(turn)
    }
    timer = setTimeout(turn)
    return () => clearTimeout(timer)
  }, [tree, small])
  return small ?? read
}
