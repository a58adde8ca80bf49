import type { Store } from '../open.ts'
import type { Bound } from './statement.ts'

/** Tables that each connection has: made once, since a change of schema makes SQLite prepare every statement anew. */
const made = new WeakMap<Store, number>()

/** Sees to it that so many tables are there. Outside of any transaction: one that is undone would take them with it. */
export function providePlaces(store: Store, tables: number): void {
  for (let n = (made.get(store) ?? 0) + 1; n <= tables; n++) {
    store.db.exec(`CREATE TEMP TABLE IF NOT EXISTS places_${n}(
      trace INTEGER, depth INTEGER, pre INTEGER, last INTEGER, PRIMARY KEY (trace, depth, pre)) WITHOUT ROWID`)
    made.set(store, n)
  }
}

/** Fills the first of them for as long as `ask` takes. */
export function withPlaces<T>(store: Store, fills: readonly string[], values: Bound, ask: () => T): T {
  try {
    for (const fill of fills) store.db.prepare(fill).run(values)
    return ask()
  } finally {
    for (const n of fills.keys()) store.statement(`DELETE FROM temp.places_${n + 1}`).run()
  }
}
