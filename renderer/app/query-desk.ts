// Whoever shows a value can change what is asked. Where a list is open its query changes; elsewhere one goes to the traces,
// with the query that led here as the beginning.

import { useEffect, useRef } from 'react'
import { tracesMatching } from './query-route.ts'
import { currentRoute, navigate } from './route.ts'

type Change = (text: string) => string

const desks: { current: (change: Change) => void }[] = []

/** While it is mounted, edits of the query are this list's. */
export function useQueryDesk(edit: (change: Change) => void): void {
  const latest = useRef(edit)
  useEffect(() => {
    latest.current = edit
  })
  useEffect(() => {
    desks.push(latest)
    return () => {
      desks.splice(desks.indexOf(latest), 1)
    }
  }, [])
}

export function editQuery(change: Change): void {
  const desk = desks.at(-1)
  if (desk) desk.current(change)
  else navigate(tracesMatching(change(currentRoute().query.get('q') ?? '')))
}
