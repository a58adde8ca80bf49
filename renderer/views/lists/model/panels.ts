import { kept as storage } from '../../../state/kept.ts'
import { createStore, useStore } from '../../../state/store.ts'

/** Which parts of a list are open; kept on this machine. */
export interface Panels {
  readonly facets: boolean
  readonly histogram: boolean
}

const key = 'spanwise.listPanels'

/** Pixels of a window in which a histogram leaves room for rows; in a lower one it opens when it is asked for. */
const enough = 560

function recall(): Panels {
  const usual = { facets: false, histogram: innerHeight >= enough }
  try {
    const kept = JSON.parse(storage.getItem(key) ?? '{}') as Partial<Panels> | null
    return { facets: kept?.facets ?? usual.facets, histogram: kept?.histogram ?? usual.histogram }
  } catch {
    return usual
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
      storage.setItem(key, JSON.stringify(next))
    },
  ]
}
