import type { Emit, Handlers } from '../../shared/contract/index.ts'
import { countTags, matchingRows, readNotes, setNotes, undoNotes } from '../store/notes.ts'
import type { Store } from '../store/open.ts'
import { listViews, removeView, saveView } from '../store/views.ts'
import { whenFree } from '../store/when-free.ts'
import { createSearch } from './search.ts'

type NoteHandlers = Pick<
  Handlers,
  'notes.read' | 'notes.set' | 'notes.undo' | 'notes.tags' | 'views.list' | 'views.save' | 'views.remove'
>

/** What persons put on traces and spans, and the views they saved. Short writes, between those of an import. */
export function noteHandlers(store: Store, emit: Emit): NoteHandlers {
  const write = async <T>(work: () => T): Promise<T> => {
    const done = await whenFree(store, work)
    emit('notes.changed', {})
    return done
  }
  return {
    'notes.read': ({ of, ids }) => readNotes(store, of, ids),
    'notes.set': ({ of, ids, word, on }) => write(() => setNotes(store, of, ids, word, on)),
    'notes.undo': ({ change }) => write(() => undoNotes(store, change)),
    'notes.tags': () => ({ tags: countTags(store) }),
    'views.list': () => ({ views: listViews(store) }),
    'views.save': ({ name, view }) => write(() => saveView(store, name, view)),
    'views.remove': ({ id }) => write(() => (removeView(store, id), {})),
  }
}

/** A query takes any time: answered where it may be killed. `open` gives a connection that may write. */
export function matchingNoteHandlers(open: () => Store, emit: Emit): Pick<Handlers, 'notes.setMatching'> {
  return {
    'notes.setMatching': async ({ of, where, except, word, on }) => {
      const store = open()
      store.mustBeWritable()
      const ask = createSearch(store)
      const ids = ask(where, query => matchingRows(store, of, query, except))
      const done = await whenFree(store, () => setNotes(store, of, ids, word, on))
      emit('notes.changed', {})
      return done
    },
  }
}
