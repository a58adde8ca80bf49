import { guarded } from './errors.ts'
import { Labels, Names, Traits } from './interned.ts'
import { KeptReader } from './kept.ts'
import { isBeingWritten, Lease } from './lease.ts'
import type { Store } from './open.ts'
import type { Reread } from './reread.ts'
import { deriveDirty } from './stored-trace.ts'

/**
 * Finishes what a killed import left: it is partial now, and traces that came in parts get their order and totals. For a
 * store that was just opened for writing; does nothing while an import lives, or when nothing is left to do. Answers the
 * ids of interrupted imports.
 */
export function recoverStore(store: Store, options: { readonly reread: Reread }): number[] {
  if (store.readOnly) return []
  return guarded(store.path, () => {
    const { left } = store.query<[], { left: number }>('work-left').get()!
    if (left === 0 || isBeingWritten(store)) return []
    let interrupted: number[] = []
    const lease = new Lease(store)
    store.db
      .transaction(() => {
        lease.take()
        interrupted = endInterrupted(store)
      })
      .immediate()
    try {
      const tools = {
        ...options,
        kept: new KeptReader(store),
        names: new Names(store),
        labels: new Labels(store),
        traits: new Traits(store),
      }
      deriveDirty(store, tools, () => lease.keep())
    } finally {
      lease.release()
    }
    return interrupted
  })
}

/**
 * For whoever holds the lease: an import that still says it is running was killed. What it committed stays. Answers the
 * ids of such imports.
 */
export function endInterrupted(store: Store): number[] {
  const running = store.query<[], { id: number }>('imports-running').all()
  store.query('imports-interrupted').run()
  return running.map(row => row.id)
}
