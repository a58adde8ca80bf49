import { useCallback, useEffect, useRef, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { useClient } from '../../app/view.ts'
import type { PageClient } from '../../state/client.ts'
import { RequestCancelled, type RequestError, toRequestError } from '../../state/request-error.ts'
import { useLatest } from '../../state/use-latest.ts'

/** A span that was read, and the row it was read for: both change together. */
export interface ReadSpan {
  readonly id: number
  readonly span: Span
  /** What a call has in common with an earlier one. */
  readonly repeats: Output<'spans.repeats'> | undefined
}

const remembered = 64

/**
 * Reads a span by its row id, with what it repeats of `earlier` calls, and remembers the last ones: going back costs nothing. What was read stays until the
 * next is there.
 */
export function useSpan(
  id: number | undefined,
  earlier: readonly number[],
): {
  readonly read: ReadSpan | undefined
  readonly error: RequestError | undefined
  readonly again: () => void
} {
  const client = useClient()
  const cache = useRef(new Map<number, ReadSpan>())
  const [read, setRead] = useState<ReadSpan>()
  const before = useLatest(earlier)
  const [failure, setFailure] = useState<{ readonly id: number; readonly error: RequestError }>()

  useEffect(() => {
    const spans = cache.current
    return client.on('store.changed', () => spans.clear())
  }, [client])

  const load = useCallback(
    async (wanted: number, signal?: AbortSignal) => {
      try {
        const now = cache.current.get(wanted) ?? (await readSpan(client, wanted, before.current, signal))
        if (signal?.aborted) return
        cache.current.set(wanted, now)
        if (cache.current.size > remembered) cache.current.delete(cache.current.keys().next().value!)
        setRead(now)
        setFailure(undefined)
      } catch (caught) {
        if (signal?.aborted || caught instanceof RequestCancelled) return
        setFailure({ id: wanted, error: toRequestError(caught) })
      }
    },
    [client, before],
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

/** Characters of an attribute that are read along with its span. */
const holdBack = 100_000

/** Both at once. A span whose history cannot be compared is shown whole. */
async function readSpan(
  client: PageClient,
  id: number,
  earlier: readonly number[],
  signal: AbortSignal | undefined,
): Promise<ReadSpan> {
  const compared = earlier.length === 0 ? undefined : client.ask('spans.repeats', { id, earlier }, signal)
  const [span, repeats] = await Promise.all([
    client.ask('spans.read', { id, holdBack }, signal),
    compared?.catch(() => undefined),
  ])
  return { id, span, repeats: repeats?.previous === null ? undefined : repeats }
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
