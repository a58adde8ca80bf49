import { type RefObject, useEffect, useState } from 'react'

/** Milliseconds after which a turn that does not come is given up. */
const patience = 5000

interface Walk {
  step(by: 1 | -1, turns: number): void
  end(): void
}

/**
 * Goes from turn to turn by their numbers. A turn far from what is seen is not on the page yet: the page scrolls towards it
 * until it is there, and whoever presses the key meanwhile goes on from where they will be.
 */
export function useTurnSteps(pane: RefObject<HTMLElement | null>, turns: number): (by: 1 | -1) => void {
  const [walk] = useState(() => createWalk(pane))
  useEffect(() => () => walk.end(), [walk])
  return by => walk.step(by, turns)
}

function createWalk(pane: RefObject<HTMLElement | null>): Walk {
  let aim: { readonly turn: number; readonly since: number } | undefined
  const arrive = (): void => {
    if (!aim) return
    const { turn, since } = aim
    const made = [...(pane.current?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])]
    const found = made.find(one => one.dataset['turn'] === String(turn))
    if (found) {
      found.focus({ preventScroll: true })
      found.scrollIntoView?.({ block: 'start' })
    }
    if (found || performance.now() - since > patience) {
      aim = undefined
      return
    }
    const isBelow = Number(made.at(-1)?.dataset['turn'] ?? -1) < turn
    made.at(isBelow ? -1 : 0)?.scrollIntoView?.({ block: isBelow ? 'end' : 'start' })
    requestAnimationFrame(arrive)
  }
  return {
    step(by, turns) {
      const focused = document.activeElement?.closest<HTMLElement>('[data-turn]')
      const from = aim?.turn ?? (focused ? Number(focused.dataset['turn']) : -1)
      const isWaiting = aim !== undefined
      aim = { turn: from < 0 ? 0 : Math.max(0, Math.min(turns - 1, from + by)), since: performance.now() }
      if (!isWaiting) arrive()
    },
    end() {
      aim = undefined
    },
  }
}
