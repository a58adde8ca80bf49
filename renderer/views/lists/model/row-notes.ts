import type { Noted } from '../../../../shared/contract/notes.ts'
import type { PageClient } from '../../../state/client.ts'
import { rowNotesOf, type RowNote } from '../../../state/notes.ts'
import { createStore, type Store } from '../../../state/store.ts'

export interface RowNotes extends Store<ReadonlyMap<number, RowNote>> {
  /** Reads those of these rows that are not known yet. */
  readonly want: (ids: readonly number[]) => void
  /** Reads those in sight again. */
  readonly refresh: () => void
}

const pause = 40
const mostAtOnce = 1000
const mostKept = 5000

/** Stars and tags of the rows in sight. */
export function createRowNotes(client: PageClient, of: Noted): RowNotes {
  const store = createStore<ReadonlyMap<number, RowNote>>(new Map())
  let timer: ReturnType<typeof setTimeout> | undefined
  let wanted: readonly number[] = []
  let running: AbortController | undefined

  const read = async (ids: readonly number[], replace: boolean) => {
    if (ids.length === 0) return
    running?.abort()
    const abort = (running = new AbortController())
    try {
      const read = rowNotesOf(ids, await client.ask('notes.read', { of, ids: [...ids] }, abort.signal))
      store.update(known => new Map([...(replace || known.size > mostKept ? [] : known), ...read]))
    } catch {
      // Without an answer no star shows; the list itself says when the store is away.
    }
  }
  return {
    ...store,
    want: ids => {
      wanted = ids.slice(0, mostAtOnce)
      if (wanted.every(id => store.get().has(id))) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        const missing = wanted.filter(id => !store.get().has(id))
        void read(missing, false)
      }, pause)
    },
    refresh: () => void read(wanted, true),
  }
}
