import Database from 'better-sqlite3'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { checkHeader, checkSchema, sizeOf } from './check.ts'
import { createStore } from './create.ts'
import { guarded, NewerStoreError, notAStore } from './errors.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { applicationId, migrate, schemaVersion } from './schema.ts'
import type { Behind } from './scratch.ts'
import { sql } from './sql.ts'

export interface OpenOptions {
  /** Makes an empty store where there is none, its folder too (only its owner may look into either). */
  readonly create?: boolean
  /** Never writes, not even a migration. */
  readonly readOnly?: boolean
  /** The file came from somewhere else: its pages are checked before anything trusts them (1 s for about 500 MB). */
  readonly foreign?: boolean
}

/** An open store: one connection, and the fixed queries prepared once. */
export class Store {
  readonly db: Database.Database
  readonly path: string
  readonly readOnly: boolean
  /** A newer build wrote it: it is open read-only. */
  readonly newerSchema: boolean
  /** Set on a scratch store. */
  readonly behind: Behind | undefined
  private readonly prepared = new Map<string, Database.Statement>()

  constructor(db: Database.Database, file: string, readOnly: boolean, newerSchema: boolean, behind?: Behind) {
    this.db = db
    this.path = file
    this.readOnly = readOnly
    this.newerSchema = newerSchema
    this.behind = behind
  }

  /** The statement of `queries/<name>.sql`. Rows come as objects of type `Row`. */
  query<Bind extends unknown[], Row>(name: string): Database.Statement<Bind, Row> {
    return this.statement(sql(`queries/${name}`))
  }

  /** A statement prepared once for each text. */
  statement<Bind extends unknown[], Row>(text: string): Database.Statement<Bind, Row> {
    let found = this.prepared.get(text)
    if (!found) {
      found = this.db.prepare(text)
      this.prepared.set(text, found)
    }
    return found as Database.Statement<Bind, Row>
  }

  /** Several reads of one state of the store, although an import is writing. */
  snapshot<T>(read: () => T): T {
    return guarded(this.path, () => (this.db.inTransaction ? read() : this.db.transaction(read).deferred()))
  }

  /** Throws `store/newer` or `store/read-only-folder` where nothing may be written. */
  mustBeWritable(): void {
    if (this.newerSchema) throw new NewerStoreError(versionOf(this.db), schemaVersion)
    if (this.readOnly) guarded(this.path, () => this.db.exec('DELETE FROM store WHERE 0'))
  }

  /** Moves what was committed into the main file: afterwards the store is one file, and what was removed is overwritten. */
  checkpoint(): void {
    this.db.pragma('wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.prepared.clear()
    this.db.close()
  }
}

const largestInMemory = 512 << 20

/**
 * Opens a store, and refuses whatever is not one: a foreign or hostile file is looked at read-only first (header,
 * application id, schema text equal to the known one). A store of a newer build opens read-only.
 */
export function openStore(file: string, options: OpenOptions = {}): Store {
  return guarded(file, () => {
    if (file === ':memory:') return new Store(openMemory(), file, false, false)
    const size = sizeOf(file)
    if (!size) {
      if (!options.create) throw notAStore(file, size === 0 ? 'It is empty.' : 'There is no such file.')
      createStore(file)
    }
    checkHeader(file)
    const reader = openReadOnly(file)
    try {
      prepareToRead(reader)
      checkSchema(reader, file, options.foreign ?? false)
      const version = versionOf(reader)
      if (version > schemaVersion) return new Store(reader, file, true, true)
      if (options.readOnly && version === schemaVersion) return new Store(reader, file, true, false)
    } catch (error) {
      reader.close()
      throw error
    }
    reader.close()
    const writer = new Database(file, { fileMustExist: true })
    try {
      prepareToWrite(writer)
      migrate(writer)
    } catch (error) {
      writer.close()
      throw error
    }
    if (!options.readOnly) return new Store(writer, file, false, false)
    writer.close()
    return openStore(file, options)
  })
}

const unwritable = new Set(['store/read-only-folder', 'store/disk-full'])

/** A store in a folder that cannot be written, or on a full disk, can still be looked at. */
export function openForUse(file: string, create = false): Store {
  try {
    return openStore(file, { create })
  } catch (error) {
    const mayBeRead = error instanceof InspectorError && unwritable.has(error.code) && existsSync(file)
    if (!mayBeRead) throw error
    return openStore(file, { readOnly: true })
  }
}

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** A folder that cannot be written, or a full disk, has no room for the -shm file that a store in WAL mode needs: it is read into memory. */
function openReadOnly(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    db.pragma('user_version')
    return db
  } catch (error) {
    db.close()
    const isClosed = error instanceof Database.SqliteError && /CANTOPEN|READONLY|IOERR_SHM/.test(error.code)
    const isWhole = !existsSync(`${file}-wal`) || statSync(`${file}-wal`).size === 0
    if (!isClosed || !isWhole || statSync(file).size > largestInMemory) throw error
    const bytes = readFileSync(file)
    // Versions of the format for reading and writing: 2 is WAL, 1 is not.
    bytes[18] = bytes[19] = 1
    return new Database(bytes, { readonly: true })
  }
}

/** better-sqlite3 opens every connection in defensive mode; the rest is ours. */
function prepareToRead(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('mmap_size = 0')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -32768')
}

/** Measured on a million rows: none of the usual risks (no journal, no sync) buys more than a tenth. */
export function prepareToWrite(db: Database.Database): void {
  prepareToRead(db)
  db.pragma('cache_size = -65536')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('secure_delete = ON')
}

function openMemory(): Database.Database {
  const db = new Database(':memory:')
  db.pragma(`application_id = ${applicationId}`)
  prepareToWrite(db)
  migrate(db)
  return db
}
