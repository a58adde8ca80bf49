import type { Noted } from '../../shared/contract/notes.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Store } from './open.ts'

interface Place {
  readonly trace: string
  readonly span: number
}

/** Writes what a person says about a row; an empty text takes it out. Answers what stood there. */
export function writeRemark(store: Store, of: Noted, id: number, text: string): string | null {
  store.mustBeWritable()
  const place = store.query<[number], Place>(of === 'traces' ? 'place-of-trace' : 'place-of-span').get(id)
  if (!place) throw new InspectorError(`store/no-${of.slice(0, -1)}`, 'What this note is about is not there any more.')
  const work = () => replaceRemark(store, place, text.toWellFormed().trim())
  return store.db.inTransaction ? work() : store.db.transaction(work).immediate()
}

function replaceRemark(store: Store, place: Place, written: string): string | null {
  const before = store.query<[object], { text: string }>('remark').get(place)?.text ?? null
  if (written === '') store.query<[object], unknown>('remark-remove').run(place)
  else store.query<[object], unknown>('remark-put').run({ ...place, text: written })
  return before
}

/** Remarks of rows, in the order of `ids`; null where there is none. */
export function readRemarks(store: Store, of: Noted, ids: readonly number[]): (string | null)[] {
  const rows = store.query<[string], { id: number; text: string }>(`remarks-of-${of}`).all(JSON.stringify(ids))
  const texts = new Map(rows.map(({ id, text }) => [id, text]))
  return ids.map(id => texts.get(id) ?? null)
}
