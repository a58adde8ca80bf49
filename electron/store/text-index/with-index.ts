import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import type { Store } from '../open.ts'
import { isOf, readState } from './identity.ts'
import { indexApplicationId, indexPathOf, layoutVersion } from './schema.ts'
import { TextIndex } from './text-index.ts'

/** A connection to an index file, and what was last read of it. */
interface Opened {
  readonly db: Database.Database
  readonly inode: bigint
  /** The state it is in and the version of the store it was compared with. */
  seen: string
  index: TextIndex | undefined
}

const connections = new WeakMap<Store, Opened>()

/**
 * Uses the index beside a store, in one state of it; undefined where there is none that tells of this store. `rules` names
 * the rules of this build; without it those of the index count. For use within a snapshot of the store.
 */
export function withTextIndex<T>(
  store: Store,
  rules: string | undefined,
  work: (index: TextIndex | undefined) => T,
): T {
  const opened = connectionOf(store)
  if (!opened) return work(undefined)
  if (opened.db.inTransaction) return work(opened.index)
  try {
    opened.db.exec('BEGIN')
    refresh(opened, store, rules)
  } catch {
    // Damaged, or just being replaced: who builds it sees to it, and until then there is none.
    forget(store)
    return work(undefined)
  }
  try {
    return work(opened.index)
  } finally {
    if (opened.db.open && opened.db.inTransaction) opened.db.exec('COMMIT')
  }
}

/** Lets go of the file. */
export function closeTextIndex(store: Store): void {
  forget(store)
}

function refresh(opened: Opened, store: Store, rules: string | undefined): void {
  const state = readState(opened.db)
  const { data_version: version } = store.statement<[], { data_version: number }>('PRAGMA data_version').get()!
  const seen = JSON.stringify([state, version, rules])
  if (seen === opened.seen) return
  const isSame = JSON.stringify(opened.index?.state) === JSON.stringify(state)
  opened.seen = seen
  if (!state || !isOf(state, store, rules)) opened.index = undefined
  else if (!isSame) opened.index = new TextIndex(opened.db, store, state)
}

function connectionOf(store: Store): Opened | undefined {
  const file = indexPathOf(store.path)
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  const known = connections.get(store)
  if (known && stat?.ino === known.inode) return known
  if (known) forget(store)
  if (!stat?.isFile()) return undefined
  let db: Database.Database | undefined
  try {
    db = openToRead(file)
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    db.pragma('cache_size = -65536')
    const isIndex =
      db.pragma('application_id', { simple: true }) === indexApplicationId &&
      db.pragma('user_version', { simple: true }) === layoutVersion
    if (isIndex) {
      const opened: Opened = { db, inode: stat.ino, seen: '', index: undefined }
      connections.set(store, opened)
      return opened
    }
  } catch {
    // No index, or no longer.
  }
  db?.close()
  return undefined
}

/** Not read-only where that can be: whoever closes last makes it one file again, which a reader may not. */
function openToRead(file: string): Database.Database {
  try {
    const db = new Database(file, { fileMustExist: true, timeout: 100 })
    db.pragma('query_only = ON')
    return db
  } catch {
    return new Database(file, { readonly: true, fileMustExist: true })
  }
}

function forget(store: Store): void {
  connections.get(store)?.db.close()
  connections.delete(store)
}
