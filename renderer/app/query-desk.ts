// Whoever shows a value can change what is asked. Where a list is open its query changes; elsewhere one goes to the traces,
// with the query that led here as the beginning.

import type { Listed } from '../../shared/query/echo.ts'
import { useLayoutEffect } from 'react'
import { type Mounted, useMounted } from './mounted.ts'
import { tracesMatching } from './query-route.ts'
import { currentRoute, navigate } from './route.ts'

/** `of`: what the list shows that will be asked. */
type Change = (text: string, of: Listed) => string

interface QueryDesk {
  readonly edit: (change: Change) => void
  /** Puts the cursor into the query. */
  readonly focus: () => void
}

const desks: Mounted<QueryDesk> = []
/** Somebody is on the way to a list to write a query. */
let wanted = false

/** While it is mounted, edits of the query are this list's. */
export function useQueryDesk(desk: QueryDesk): void {
  useMounted(desks, desk)
  useLayoutEffect(() => {
    if (wanted) desks.at(-1)?.current.focus()
    wanted = false
  }, [])
}

/** Changes the query of the list that is open, or else of traces, and goes there: whoever stands outside a list calls it. */
export function editQuery(change: Change): void {
  const desk = desks.at(-1)
  if (desk) desk.current.edit(change)
  else navigate(tracesMatching(change(ledHere(), 'traces')))
}

/** Into the query of the list that is open, or of the one that led here. */
export function goToQuery(): void {
  const desk = desks.at(-1)
  if (desk) return desk.current.focus()
  wanted = true
  navigate(tracesMatching(ledHere()))
}

function ledHere(): string {
  return currentRoute().query.get('q') ?? ''
}
