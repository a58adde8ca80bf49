import type { Noted } from '../../shared/contract/notes.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Store } from './open.ts'

export interface NoteChange {
  readonly change: number
  /** Rows on which something changed. */
  readonly rows: number
}

/** How many changes can be undone. */
const remembered = 100

/** Puts a word on rows, or takes it off: '' is a star. One transaction. */
export function setNotes(store: Store, of: Noted, ids: readonly number[], word: string, on: boolean): NoteChange {
  return changeNotes(store, change => {
    const has = 'EXISTS (SELECT 1 FROM note n WHERE n.trace = r.trace AND n.span = r.span AND n.word = @word)'
    return store
      .statement<[object], unknown>(
        `INSERT OR IGNORE INTO note_change
         SELECT @change, r.trace, r.span, @word, ${on ? 0 : 1} FROM (${rowsOf[of]}) r WHERE ${on ? 'NOT ' : ''}${has}`,
      )
      .run({ ids: JSON.stringify(ids), change, word: word.toWellFormed() }).changes
  })
}

/** Undoes a change. What has been done to its notes since is undone with it. */
export function undoNotes(store: Store, undone: number): NoteChange {
  return changeNotes(store, change => {
    const known = store.query<[number], unknown>('note-change-known').get(undone)
    if (!known) throw new InspectorError('notes/too-old', 'This cannot be undone any more: too much was done since.')
    return store.query<[object], unknown>('note-change-reverse').run({ change, undone }).changes
  })
}

/** `plan` writes down what will change under the number it is given; then it is done. */
function changeNotes(store: Store, plan: (change: number) => number): NoteChange {
  store.mustBeWritable()
  const work = (): NoteChange => {
    const { change } = store.query<[], { change: number }>('note-change-next').get()!
    const rows = plan(change)
    store.query<[number], unknown>('note-change-add').run(change)
    store.query<[number], unknown>('note-change-remove').run(change)
    store.query<[number], unknown>('note-change-forget').run(change - remembered)
    return { change, rows }
  }
  return store.db.inTransaction ? work() : store.db.transaction(work).immediate()
}

const rowsOf: Readonly<Record<Noted, string>> = {
  traces: 'SELECT t.key AS trace, 0 AS span FROM json_each(@ids) wanted JOIN trace t ON t.id = wanted.value',
  spans: `SELECT t.key AS trace, s.tag AS span FROM json_each(@ids) wanted JOIN span s ON s.id = wanted.value
    JOIN trace t ON t.id = s.trace`,
}

/** Stars and tags of rows, in the order of `ids`. */
export function readNotes(store: Store, of: Noted, ids: readonly number[]): { starred: boolean[]; tags: string[][] } {
  const words = new Map<number, string[]>()
  const found = store.query<[string], { id: number; word: string }>(`notes-of-${of}`).all(JSON.stringify(ids))
  for (const { id, word } of found) {
    const known = words.get(id)
    if (known) known.push(word)
    else words.set(id, [word])
  }
  const wordsOf = ids.map(id => words.get(id) ?? [])
  return { starred: wordsOf.map(all => all.includes('')), tags: wordsOf.map(all => all.filter(word => word !== '')) }
}

export interface TagCount {
  readonly tag: string
  readonly traces: number
  readonly spans: number
}

export function countTags(store: Store): TagCount[] {
  return store.query<[], TagCount>('note-tags').all()
}

/** Spans of a trace that persons put anything on. */
export function notedSpans(store: Store, trace: number, most = Number.MAX_SAFE_INTEGER): number[] {
  const rows = store.query<[number, number], { id: number }>('noted-spans').all(trace, most)
  return rows.map(({ id }) => id)
}

/** Traces that persons put anything on, or on one of their spans; all of them, or of some. */
export function notedTraces(store: Store, traces?: readonly number[]): { id: number; key: string }[] {
  const query = store.query<[object], { id: number; key: string }>('noted-traces')
  return query.all({ traces: traces ? JSON.stringify(traces) : null })
}
