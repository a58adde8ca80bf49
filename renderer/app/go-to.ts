// What `:` in the palette means where one is: a time of a trace, the id of a span. The view that is open says.

import { useEffect, useRef } from 'react'

export interface GoToPlace {
  readonly id: string
  readonly title: string
  readonly run: () => void
}

type GoTo = (text: string, signal: AbortSignal) => Promise<readonly GoToPlace[]>

const makers: { current: GoTo }[] = []

/** While it is mounted, `:` in the palette asks this view. */
export function useGoTo(make: GoTo): void {
  const latest = useRef(make)
  useEffect(() => {
    latest.current = make
  })
  useEffect(() => {
    makers.push(latest)
    return () => {
      makers.splice(makers.indexOf(latest), 1)
    }
  }, [])
}

export function canGoTo(): boolean {
  return makers.length > 0
}

export async function goToPlaces(text: string, signal: AbortSignal): Promise<readonly GoToPlace[]> {
  return (await makers.at(-1)?.current(text, signal)) ?? []
}
