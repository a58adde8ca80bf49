import { type RefObject, useEffect, useRef } from 'react'

/** Milliseconds after which a turn that does not come is given up. */
const patience = 5000

/**
 * Goes from turn to turn by their numbers. A turn far from what is seen is not on the page yet: the page scrolls towards it
 * until it is there, and whoever presses the key meanwhile goes on from where they will be.
 */
export function useTurnSteps(pane: RefObject<HTMLElement | null>, turns: number): (by: 1 | -1) => void {
  const aim = useRef<{ readonly turn: number; readonly since: number }>(undefined)
  useEffect(() => () => (aim.current = undefined), [])
  const turnAt = (number: number) => pane.current?.querySelector<HTMLElement>(`[data-turn="${number}"]`)
  const arrive = () => {
    if (!aim.current) return
    const { turn, since } = aim.current
    const found = turnAt(turn)
    if (found) {
      aim.current = undefined
      found.focus({ preventScroll: true })
      found.scrollIntoView?.({ block: 'start' })
    } else if (performance.now() - since > patience) aim.current = undefined
    else {
      const made = [...(pane.current?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])]
      const isBelow = Number(made.at(-1)?.dataset['turn'] ?? -1) < turn
      made.at(isBelow ? -1 : 0)?.scrollIntoView?.({ block: isBelow ? 'end' : 'start' })
      requestAnimationFrame(arrive)
    }
  }
  return by => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-turn]')
    const from = aim.current?.turn ?? (focused ? Number(focused.dataset['turn']) : -1)
    const isWaiting = aim.current !== undefined
    aim.current = { turn: from < 0 ? 0 : Math.max(0, Math.min(turns - 1, from + by)), since: performance.now() }
    if (!isWaiting) arrive()
  }
}
