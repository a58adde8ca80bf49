import type Database from 'better-sqlite3'
import { closeSync, lstatSync, openSync, readSync, statSync } from 'node:fs'
import { corrupt, notAStore } from './errors.ts'
import { applicationId, expectedSchema, readSchema, schemaVersion } from './schema.ts'

const magic = 'SQLite format 3\0'

/** Bytes of the file; undefined where there is none. A pipe or device has size 0 too, and must never be replaced by a store. */
export function sizeOf(file: string): number | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isDirectory()) throw notAStore(file, 'It is a folder.')
  if (stat && !stat.isFile()) throw notAStore(file, stat.isFIFO() ? 'It is a pipe.' : 'It is a device.')
  if (!stat && lstatSync(file, { throwIfNoEntry: false })) throw notAStore(file, 'It is a link to nothing.')
  return stat?.size
}

/** Looks at the first bytes before SQLite does. */
export function checkHeader(file: string): void {
  const header = Buffer.alloc(100)
  const fd = openSync(file, 'r')
  try {
    if (readSync(fd, header, 0, 100, 0) < 100 || header.toString('latin1', 0, 16) !== magic) {
      throw notAStore(file, 'It is not an SQLite file.')
    }
  } finally {
    closeSync(fd)
  }
  if (header.readUInt32BE(68) !== applicationId) throw notAStore(file, 'It is the database of another program.')
}

/**
 * Refuses a schema that is not exactly what our migrations give: a view or a trigger in a store would run when we think
 * we read or write a table. Of a newer build's store we know only that the tables we read must be tables.
 */
export function checkSchema(db: Database.Database, file: string, foreign: boolean): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (Number(db.pragma('application_id', { simple: true })) !== applicationId || version < 1) {
    throw notAStore(file, 'It does not say so itself.')
  }
  const found = readSchema(db)
  const expected = expectedSchema(Math.min(version, schemaVersion))
  if (version > schemaVersion) {
    const tables = new Set(found.map(entry => entry.split(' ', 2).join(' ')))
    const missing = expected.filter(entry => entry.startsWith('table ') && !tables.has(entry.split(' ', 2).join(' ')))
    if (missing.length > 0) throw notAStore(file, 'It lacks tables that every store has.')
    if (found.some(entry => /^(view|trigger) /.test(entry))) throw notAStore(file, 'It contains views or triggers.')
  } else if (found.join('\n') !== expected.join('\n')) {
    const extra = found.find(entry => !expected.includes(entry))
    throw notAStore(
      file,
      extra ? `It contains the ${extra.split(' ', 2).join(' ')} of its own.` : 'Tables are missing.',
    )
  }
  if (!foreign) return
  const result = String(db.pragma('quick_check(1)', { simple: true }))
  if (result !== 'ok') throw corrupt(file, result)
  if (version >= 5 && haveOverlaps(db)) throw corrupt(file, 'runs of spans overlap.')
}

/** Runs of a trace that overlap would give a span twice, and a thousand such runs a thousand times. */
function haveOverlaps(db: Database.Database): boolean {
  const before = 'lag(first + n) OVER (PARTITION BY trace ORDER BY first)'
  return (
    db.prepare(`SELECT 1 FROM (SELECT first, ${before} AS end FROM span_run) WHERE end > first`).get() !== undefined
  )
}
