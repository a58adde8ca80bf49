import Database from 'better-sqlite3'
import { statSync, type BigIntStats } from 'node:fs'
import { guarded } from '../errors.ts'
import type { Store } from '../open.ts'
import { DamagedIndexError, ofIndex } from './damage.ts'
import { isOf, readState } from './identity.ts'
import { indexApplicationId, indexPathOf, layoutVersion, removeIndexFile } from './schema.ts'
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
/** Damaged files that could not be removed, by what tells them from those that follow. */
const refused = new WeakMap<Store, string>()

/**
 * Uses the index beside a store, in one state of it; undefined where there is none that tells of this store. `rules` names
 * the rules of this build; without it those of the index count. For use within a snapshot of the store. An index that shows
 * itself damaged is removed, and `work` is done again without: it must bear that.
 */
export function withTextIndex<T>(
  store: Store,
  rules: string | undefined,
  work: (index: TextIndex | undefined) => T,
): T {
  const outer = connections.get(store)
  if (outer?.db.inTransaction) return work(outer.index)
  const opened = connectionOf(store)
  if (!opened) return work(undefined)
  try {
    ofIndex(() => {
      opened.db.exec('BEGIN')
      refresh(opened, store, rules)
    })
  } catch (error) {
    // Else it is just being replaced: until then there is none.
    if (error instanceof DamagedIndexError) drop(store, opened.inode)
    else forget(store)
    return work(undefined)
  }
  try {
    return work(opened.index)
  } catch (error) {
    if (!(error instanceof DamagedIndexError)) throw error
    drop(store, opened.inode)
  } finally {
    if (opened.db.open && opened.db.inTransaction) opened.db.exec('COMMIT')
  }
  return work(undefined)
}

/** Lets go of the file. */
export function closeTextIndex(store: Store): void {
  forget(store)
}

function refresh(opened: Opened, store: Store, rules: string | undefined): void {
  const state = readState(opened.db)
  const { data_version: version } = guarded(store.path, () =>
    store.statement<[], { data_version: number }>('PRAGMA data_version').get()!,
  )
  const seen = JSON.stringify([state, version, rules])
  if (seen === opened.seen) return
  const isSame = JSON.stringify(opened.index?.state) === JSON.stringify(state)
  opened.seen = seen
  if (!state || !guarded(store.path, () => isOf(state, store, rules))) opened.index = undefined
  else if (!isSame) opened.index = new TextIndex(opened.db, store, state, opened.index)
}

function connectionOf(store: Store): Opened | undefined {
  const file = indexPathOf(store.path)
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  const known = connections.get(store)
  if (known && stat?.ino === known.inode) return known
  if (known) forget(store)
  if (!stat?.isFile() || refused.get(store) === nameOf(stat)) return undefined
  let db: Database.Database | undefined
  try {
    const isIndex = ofIndex(() => {
      db = openToRead(file)
      db.pragma('trusted_schema = OFF')
      db.pragma('cell_size_check = ON')
      db.pragma('cache_size = -65536')
      return (
        db.pragma('application_id', { simple: true }) === indexApplicationId &&
        db.pragma('user_version', { simple: true }) === layoutVersion
      )
    })
    if (isIndex && db) {
      const opened: Opened = { db, inode: stat.ino, seen: '', index: undefined }
      connections.set(store, opened)
      return opened
    }
  } catch (error) {
    // No index, or no longer.
    if (error instanceof DamagedIndexError) drop(store, stat.ino)
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

/** Removes the file, unless it is another by now. Who builds it sees that it is gone, and begins anew. */
function drop(store: Store, inode: bigint): void {
  forget(store)
  const file = indexPathOf(store.path)
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true })
  if (stat?.ino !== inode) return
  try {
    removeIndexFile(file)
  } catch {
    refused.set(store, nameOf(stat))
  }
}

function nameOf({ ino, mtimeNs }: BigIntStats): string {
  return `${ino} ${mtimeNs}`
}

function forget(store: Store): void {
  connections.get(store)?.db.close()
  connections.delete(store)
}
