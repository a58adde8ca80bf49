import { useCallback, useEffect, useRef, useState } from 'react'
import type { Span } from '../../../shared/domain/span.ts'
import { useClient } from '../../app/view.ts'
import { RequestCancelled, type RequestError, toRequestError } from '../../state/request-error.ts'

/** A span that was read, and the row it was read for: both change together. */
export interface ReadSpan {
  readonly id: number
  readonly span: Span
}

const remembered = 64

/**
 * Reads a span by its row id and remembers the last ones: going back costs nothing. What was read stays until the
 * next is there.
 */
export function useSpan(id: number | undefined): {
  readonly read: ReadSpan | undefined
  readonly error: RequestError | undefined
  readonly again: () => void
} {
  const client = useClient()
  const cache = useRef(new Map<number, Span>())
  const [read, setRead] = useState<ReadSpan>()
  const [failure, setFailure] = useState<{ readonly id: number; readonly error: RequestError }>()

  useEffect(() => {
    const spans = cache.current
    return client.on('store.changed', () => spans.clear())
  }, [client])

  const load = useCallback(
    async (wanted: number, signal?: AbortSignal) => {
      try {
        const span = cache.current.get(wanted) ?? (await client.ask('spans.read', { id: wanted }, signal))
        if (signal?.aborted) return
        cache.current.set(wanted, span)
        if (cache.current.size > remembered) cache.current.delete(cache.current.keys().next().value!)
        setRead({ id: wanted, span })
        setFailure(undefined)
      } catch (caught) {
        if (signal?.aborted || caught instanceof RequestCancelled) return
        setFailure({ id: wanted, error: toRequestError(caught) })
      }
    },
    [client],
  )
  useEffect(() => {
    if (id === undefined) return undefined
    const abort = new AbortController()
    void load(id, abort.signal)
    return () => abort.abort()
  }, [id, load])

  const again = useCallback(() => {
    if (id !== undefined) void load(id)
  }, [id, load])
  return { read, error: failure && failure.id === id ? failure.error : undefined, again }
}

/** A value once it has rested: at once when it had, else after `ms` without a change. Holding an arrow key asks once. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  const changedAt = useRef(0)
  useEffect(() => {
    const now = performance.now()
    const rested = now - changedAt.current > ms
    changedAt.current = now
    if (rested) {
      setSettled(value)
      return undefined
    }
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
