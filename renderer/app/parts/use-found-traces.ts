import { useEffect, useMemo, useState } from 'react'
import { useAsk } from '../../state/use-ask.ts'
import type { PaletteItem } from './palette-items.ts'
import { traceItem, traceQuery, traceRequest } from './palette-traces.ts'

export interface FoundTraces {
  /** `unasked`: what was typed is nothing, or no name. */
  readonly state: 'unasked' | 'looking' | 'found' | 'failed'
  readonly items: readonly PaletteItem[]
  /** Of which `items` are the newest. */
  readonly total: number
  readonly failure: string
}

/** Milliseconds without a key before the store is asked: a scan of its spans is not worth a letter. */
const pause = 120
const none: readonly PaletteItem[] = []

/** The traces that this text names, and nothing that an earlier text did. */
export function useFoundTraces(typed: string): FoundTraces {
  const query = traceQuery(typed)
  const [asked, setAsked] = useState<{ readonly query: string; readonly now: number }>()
  useEffect(() => {
    if (query === undefined) return undefined
    const soon = setTimeout(() => setAsked({ query, now: Date.now() }), pause)
    return () => clearTimeout(soon)
  }, [query])
  const isAsked = query !== undefined && asked?.query === query
  const { data, fresh, error } = useAsk('traces.list', isAsked ? traceRequest(asked.query, asked.now) : null)
  const answer = isAsked && fresh ? data : undefined
  const items = useMemo(() => answer?.rows.map(traceItem) ?? none, [answer])
  const state = query === undefined ? 'unasked' : answer ? 'found' : isAsked && error ? 'failed' : ('looking' as const)
  return { state, items, total: answer?.total ?? 0, failure: error?.message ?? '' }
}
