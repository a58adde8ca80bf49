import Database from 'better-sqlite3'
import type { Store } from '../open.ts'
import { indexPathOf } from './schema.ts'

/** Whether some process is building the index of a store: whoever does holds its write lock while there is more to read. */
export function isBeingBuilt({ path }: Store): boolean {
  let db: Database.Database | undefined
  try {
    db = new Database(indexPathOf(path), { fileMustExist: true, timeout: 0 })
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    return false
  } catch (error) {
    // No index, or none that can be read, is built by nobody.
    return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
  } finally {
    db?.close()
  }
}
