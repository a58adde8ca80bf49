import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { useClient } from '../../app/view.ts'
import type { ListMemory } from './model/memory.ts'
import { anchorAt, type Anchor, type ListState } from './model/row-list.ts'
import { useLatest } from '../../state/use-latest.ts'

interface Options {
  readonly memory: ListMemory
  readonly state: ListState
  readonly box: RefObject<HTMLElement | null>
  readonly scrollTo: (top: number) => void
  readonly active: number
  readonly setActive: (index: number) => void
  readonly rowHeight: number
}

const asksForNotes = /\b(starred|tags?|scores?)\b/i

/** While an import runs the store tells several times a second that it changed. */
const atMostEvery = 1000

/**
 * Keeps the list up to date while the store grows, without moving what is being read: a reader who has scrolled or
 * moved the cursor keeps the same row in the same place; one at the very top sees what is new arrive there.
 */
export function useLiveList(options: Options): void {
  const { state, box, scrollTo, active, setActive, rowHeight } = options
  const client = useClient()
  const latest = useLatest(options)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      const { inputs, list } = latest.current.memory
      inputs.forgetEmpty()
      void list.refresh(anchorOf(latest.current))
    }
    const offs = [
      client.on('store.changed', () => {
        timer ??= setTimeout(refresh, atMostEvery)
      }),
      // Texts that the index gets to know may match: a count that was a lower bound grows.
      client.on('index.progress', () => {
        if (!latest.current.state.exact) timer ??= setTimeout(refresh, atMostEvery)
      }),
      client.on('notes.changed', () => {
        latest.current.memory.notes.refresh()
        // What somebody starred, tagged or judged decides who is in the list.
        if (asksForNotes.test(latest.current.memory.list.get().query)) refresh()
      }),
    ]
    return () => {
      clearTimeout(timer)
      for (const off of offs) off()
    }
  }, [client, latest])

  const seen = useRef(state.revision)
  useLayoutEffect(() => {
    if (seen.current === state.revision) return
    seen.current = state.revision
    if (state.reason === 'sorted') {
      scrollTo(0)
      setActive(0)
    } else if (state.shift !== 0) {
      scrollTo((box.current?.scrollTop ?? 0) + state.shift * rowHeight)
      setActive(Math.max(0, active + state.shift))
    } else if (state.total !== undefined && active >= state.total) {
      setActive(Math.max(0, state.total - 1))
    }
  }, [state, box, scrollTo, active, setActive, rowHeight])
}

function anchorOf({ state, box, active, rowHeight }: Options): Anchor | undefined {
  const top = box.current?.scrollTop ?? 0
  if (top === 0 && active === 0) return undefined
  const first = Math.ceil(top / rowHeight)
  const rows = Math.floor((box.current?.clientHeight ?? 0) / rowHeight)
  const index = active >= first && active < first + rows ? active : first
  return anchorAt(state.pages, index)
}
