// The query of a list stands in the address, as `q`: it survives a reload, travels in a link, and Back goes to the one before.

import { useCallback, useRef } from 'react'
import { adjustQuery, useRoute } from './route.ts'

export interface RouteQuery {
  /** What is asked, as it was written; empty asks for everything. */
  readonly text: string
  /** While it is being typed: the first change adds to history, those that follow replace it. */
  readonly adjust: (text: string) => void
  /** Done: what is typed next is another query, with a place of its own in history. */
  readonly commit: (text: string) => void
}

export function useRouteQuery(): RouteQuery {
  const text = useRoute().query.get('q') ?? ''
  // What was adjusted to last. Anything else in the address is a query somebody went to.
  const adjusted = useRef<string>(undefined)
  const write = useCallback(
    (next: string) => {
      if (next !== text) adjustQuery({ q: next === '' ? undefined : next }, { push: adjusted.current !== text })
    },
    [text],
  )
  const adjust = useCallback(
    (next: string) => {
      write(next)
      if (next !== text) adjusted.current = next
    },
    [text, write],
  )
  const commit = useCallback(
    (next: string) => {
      write(next)
      adjusted.current = undefined
    },
    [write],
  )
  return { text, adjust, commit }
}

/** The address of the traces that match. */
export function tracesMatching(query: string): string {
  return query === '' ? '/traces' : `/traces?${new URLSearchParams({ q: query }).toString()}`
}
