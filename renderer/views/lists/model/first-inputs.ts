import type { PageClient } from '../../../state/client.ts'
import { createStore, type Store } from '../../../state/store.ts'

/** First user texts by trace row id; null when a trace has none. */
export type Inputs = ReadonlyMap<number, string | null>

export interface FirstInputs extends Store<Inputs> {
  /** Reads those of these traces that are not known yet, once scrolling has paused. */
  readonly want: (ids: readonly number[]) => void
  /** A trace that had none, or was still growing, may have one now. */
  readonly forgetEmpty: () => void
}

const pause = 60
const mostAtOnce = 200
const mostKept = 5000

/** The engine has to open bodies for these, so only visible rows ask. */
export function createFirstInputs(client: PageClient): FirstInputs {
  const store = createStore<Inputs>(new Map())
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined
  let wanted: readonly number[] = []

  const read = async () => {
    const ids = wanted.filter(id => !store.get().has(id)).slice(0, mostAtOnce)
    if (ids.length === 0) return
    running?.abort()
    const abort = new AbortController()
    running = abort
    try {
      const { inputs } = await client.ask('traces.inputs', { ids }, abort.signal)
      store.update(known => {
        const kept = known.size > mostKept ? [] : [...known]
        return new Map([...kept, ...ids.map((id, i) => [id, inputs[i] ?? null] as const)])
      })
    } catch {
      // A missing text leaves its cell empty; the list itself says when the engine is away.
    }
  }

  return {
    ...store,
    want: ids => {
      wanted = ids
      if (ids.every(id => store.get().has(id))) return
      clearTimeout(timer)
      timer = setTimeout(() => void read(), pause)
    },
    forgetEmpty: () => store.update(known => new Map([...known].filter(([, text]) => text !== null))),
  }
}
