import Database from 'better-sqlite3'
import { InspectorError } from '../../../shared/domain/errors.ts'

/** Pages of the index are not as they were written. The store is whole: an index is made anew. */
export class DamagedIndexError extends InspectorError {
  constructor() {
    super('index/damaged', 'The search index is damaged, not the store: it is built anew.')
  }
}

/** Runs what touches the index and not the store; throws `DamagedIndexError` where that is damaged. */
export function ofIndex<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isDamage(error) ? new DamagedIndexError() : error
  }
}

function isDamage(error: unknown): boolean {
  // What JSON was and is none any more, and lengths that cannot be.
  if (error instanceof SyntaxError || (error instanceof RangeError && error.message.startsWith('Invalid'))) return true
  if (error instanceof InspectorError || !(error instanceof Error) || !('code' in error)) return false
  const code = String(error.code)
  if (error instanceof Database.SqliteError) return damaged.test(code) || saysDamage.test(error.message)
  return packed.test(code)
}

const damaged = /^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR_SHORT_READ)/
/** What comes with no code of its own: virtual tables and lost tables. */
const saysDamage = /^fts5: (corrupt|missing)|malformed|^vtable constructor failed|^no such table/
/** Compressed bytes, and lengths and places in them. */
const packed = /^(Z_|ZSTD_|ERR_)/
