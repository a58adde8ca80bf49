import type { Emit, Handlers } from '../../shared/contract/index.ts'
import type { Noted } from '../../shared/contract/notes.ts'
import { countTags, notedSpans, readNotes, setNotes, undoNotes, type NoteChange } from '../store/notes.ts'
import type { Store } from '../store/open.ts'
import { readRemarks, writeRemark } from '../store/remarks.ts'
import { listSuccesses, removeSuccess, saveSuccess } from '../store/successes.ts'
import { listViews, removeView, saveView } from '../store/views.ts'
import { whenFree } from '../store/when-free.ts'
import { setManyRequest } from './note-relay.ts'

type NoteHandlers = Pick<
  Handlers,
  | 'notes.read'
  | 'notes.ofTrace'
  | 'notes.write'
  | 'notes.set'
  | 'notes.undo'
  | 'notes.tags'
  | 'views.list'
  | 'views.save'
  | 'views.remove'
  | 'success.list'
  | 'success.save'
  | 'success.remove'
>

type SetMany = (asked: {
  readonly of: Noted
  readonly ids: Float64Array
  readonly word: string
  readonly on: boolean
}) => Promise<NoteChange>

/** As many as a window is told of. */
const mostSpans = 10_000

/** What persons put on traces and spans, the views they saved, and what they call a success. Short writes, between those of an import. */
export function noteHandlers(store: Store, emit: Emit): NoteHandlers & { readonly [setManyRequest]: SetMany } {
  const write = async <T>(work: () => T): Promise<T> => {
    const done = await whenFree(store, work)
    emit('notes.changed', {})
    return done
  }
  return {
    'notes.read': ({ of, ids }) => store.snapshot(() => notesOf(store, of, ids)),
    'notes.ofTrace': ({ trace }) =>
      store.snapshot(() => {
        const ids = notedSpans(store, trace, mostSpans)
        return { ids, ...notesOf(store, 'spans', ids) }
      }),
    'notes.write': ({ of, id, text }) => write(() => ({ replaced: writeRemark(store, of, id, text) })),
    'notes.set': ({ of, ids, word, on }) => write(() => setNotes(store, of, ids, word, on)),
    // What matches a query, as many as it may be: asked by the host only.
    [setManyRequest]: ({ of, ids, word, on }) => write(() => setNotes(store, of, Array.from(ids), word, on)),
    'notes.undo': ({ change }) => write(() => undoNotes(store, change)),
    'notes.tags': () => ({ tags: countTags(store) }),
    'views.list': () => ({ views: listViews(store) }),
    'views.save': ({ name, view }) => write(() => saveView(store, name, view)),
    'views.remove': ({ id }) => write(() => (removeView(store, id), {})),
    'success.list': () => ({ successes: listSuccesses(store) }),
    'success.save': ({ success, was }) => write(() => saveSuccess(store, success, was)),
    'success.remove': ({ id }) => write(() => (removeSuccess(store, id), {})),
  }
}

function notesOf(store: Store, of: Noted, ids: readonly number[]) {
  return { ...readNotes(store, of, ids), notes: readRemarks(store, of, ids) }
}
