import type { Store } from './open.ts'

/** Whether every trace has its order: while an import runs, those that are growing have none yet. */
export function isSettled(store: Store): boolean {
  return store.query('trace-dirty').get() === undefined
}
