import { savedView, type SavedView } from '../../shared/contract/views.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { Store } from './open.ts'

interface Row {
  readonly id: number
  readonly name: string
  readonly view: string
}

/** Saved views by name. One that this build cannot read is left out. */
export function listViews(store: Store): { id: number; name: string; view: SavedView }[] {
  const rows = store.query<[], Row>('views').all()
  return rows.flatMap(({ id, name, view }) => {
    const read = parse(view)
    return read ? [{ id, name, view: read }] : []
  })
}

/** Saves a view under a name, and hands back the one that had it. */
export function saveView(store: Store, name: string, view: SavedView): { id: number; replaced: SavedView | null } {
  store.mustBeWritable()
  return store.db
    .transaction(() => {
      const before = store.query<[string], Row>('view-named').get(name)
      const save = store.query<[string, string, number], { id: number }>('view-save')
      const { id } = save.get(name, JSON.stringify(view), Date.now())!
      return { id, replaced: (before && parse(before.view)) ?? null }
    })
    .immediate()
}

export function removeView(store: Store, id: number): void {
  store.mustBeWritable()
  const { changes } = store.query<[number], unknown>('view-remove').run(id)
  if (changes === 0) throw new InspectorError('views/gone', 'There is no such saved view any more.')
}

function parse(json: string): SavedView | undefined {
  try {
    return savedView.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
