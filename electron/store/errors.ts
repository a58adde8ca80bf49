import Database from 'better-sqlite3'
import { InspectorError } from '../../shared/domain/errors.ts'

/**
 * What SQLite or the file system said, as something a user can act on. Codes: `store/disk-full`, `store/locked`,
 * `store/corrupt`, `store/not-a-store`, `store/read-only-folder`. What we did not expect comes back unchanged.
 */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof InspectorError || !(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  if (error instanceof Database.SqliteError) {
    if (code === 'SQLITE_FULL' || noRoom.test(code)) return diskFull(file)
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return locked(file)
    if (code === 'SQLITE_NOTADB') return notAStore(file, 'It is not an SQLite file.')
    if (code.startsWith('SQLITE_CORRUPT')) return corrupt(file, error.message)
    if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
      return readOnlyFolder(file)
    }
    return error
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(file)
  if (code === 'ELOOP') return notAStore(file, 'It is a link that leads back to itself.')
  if (code === 'ENOTDIR' || code === 'EEXIST') return notAStore(file, 'A file stands where its folder would be.')
  if (code === 'ENAMETOOLONG') return notAStore(file, 'Its name is too long.')
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return readOnlyFolder(file)
  return error
}

/** What a full disk looks like where it is memory-mapped or was written to late. */
const noRoom = /^SQLITE_IOERR_(WRITE|FSYNC|TRUNCATE|SHMSIZE|SHMMAP)$/

/** Runs `work`; what it throws leaves as `storeError` says. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storeError(error, file)
  }
}

export function notAStore(file: string, why: string): InspectorError {
  return new InspectorError('store/not-a-store', `${file} is not a Spanwise store. ${why}`)
}

export function corrupt(file: string, why: string): InspectorError {
  const end = /[.!?]$/.test(why) ? '' : '.'
  return new InspectorError(
    'store/corrupt',
    `The store ${file} is damaged: ${why}${end} Keep a copy of it and import the dumps into another store (Settings, or --store).`,
  )
}

export function locked(file: string): InspectorError {
  return new InspectorError('store/locked', `Another import or another program is writing to the store ${file}.`)
}

function diskFull(file: string): InspectorError {
  return new InspectorError('store/disk-full', `The disk is full: nothing more can be written to the store ${file}.`)
}

function readOnlyFolder(file: string): InspectorError {
  return new InspectorError(
    'store/read-only-folder',
    `The store ${file} cannot be written: its folder or the file is read-only.`,
  )
}

/**
 * The store was written by a newer build than this one.
 *
 * The message only states facts. Each host adds its own advice, because "update the app" is a button in the window and a
 * command in the terminal.
 */
export class NewerStoreError extends InspectorError {
  readonly found: number
  readonly understood: number

  constructor(found: number, understood: number) {
    super('store/newer', `The store is at schema ${found}; this build understands up to ${understood}.`)
    this.found = found
    this.understood = understood
  }
}
