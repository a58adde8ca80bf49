import { createStore, useStore } from '../../../state/store.ts'

/** Which parts of a list are open; kept on this machine. */
export interface Panels {
  readonly facets: boolean
  readonly histogram: boolean
}

const key = 'spanwise.listPanels'

function recall(): Panels {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Panels> | null
    return { facets: kept?.facets === true, histogram: kept?.histogram !== false }
  } catch {
    return { facets: false, histogram: true }
  }
}

const panels = createStore<Panels | undefined>(undefined)

export function usePanels(): readonly [Panels, (change: Partial<Panels>) => void] {
  const now = useStore(panels) ?? recall()
  return [
    now,
    change => {
      const next = { ...now, ...change }
      panels.set(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // No storage: it lasts as long as the window.
      }
    },
  ]
}
