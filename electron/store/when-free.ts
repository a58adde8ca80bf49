import { InspectorError } from '../../shared/domain/errors.ts'
import { guarded, locked } from './errors.ts'
import type { Store } from './open.ts'

/** Milliseconds between two attempts, and after which the writer is said to be in the way. */
const pause = 10
const patience = 15_000
/** The same for the lease of a whole import. */
const importPause = 100
const importPatience = 10 * 60_000

/**
 * Runs a short transaction between those of an import. SQLite's own waiting would hold up whatever else this process
 * answers, half a second at a time; this comes back and tries again.
 */
export async function whenFree<T>(store: Store, work: () => T): Promise<T> {
  const until = Date.now() + patience
  for (;;) {
    const before = Number(store.db.pragma('busy_timeout', { simple: true }))
    store.db.pragma('busy_timeout = 0')
    try {
      return guarded(store.path, work)
    } catch (error) {
      if (!(error instanceof InspectorError) || error.code !== 'store/locked') throw error
      if (Date.now() > until) throw locked(store.path)
    } finally {
      store.db.pragma(`busy_timeout = ${before}`)
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** Does what takes the lease of the store once no other program has it. */
export async function whenWritten<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + importPatience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof InspectorError) || error.code !== 'store/locked' || Date.now() > until) throw error
    }
    await new Promise(resolve => setTimeout(resolve, importPause))
  }
}
