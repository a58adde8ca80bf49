// What `:` in the palette means where one is: a time of a trace, the id of a span. The view that is open says.

import { type Mounted, useMounted } from './mounted.ts'

export interface GoToPlace {
  readonly id: string
  readonly title: string
  readonly run: () => void
}

type GoTo = (text: string, signal: AbortSignal) => Promise<readonly GoToPlace[]>

const makers: Mounted<GoTo> = []

/** While it is mounted, `:` in the palette asks this view. */
export function useGoTo(make: GoTo): void {
  useMounted(makers, make)
}

export function canGoTo(): boolean {
  return makers.length > 0
}

export async function goToPlaces(text: string, signal: AbortSignal): Promise<readonly GoToPlace[]> {
  return (await makers.at(-1)?.current(text, signal)) ?? []
}
