import Database from 'better-sqlite3'
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { applicationId, migrate } from './schema.ts'

/**
 * Makes an empty store. It is complete before it gets its name, so that a process killed here leaves a store or none;
 * where two do it at once, the first one's stays.
 */
export function createStore(file: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.new-${process.pid}`
  rmSync(unfinished, { force: true })
  closeSync(openSync(unfinished, 'wx', 0o600))
  try {
    const db = new Database(unfinished)
    try {
      db.pragma('page_size = 8192')
      db.pragma(`application_id = ${applicationId}`)
      // Nobody has this file before it is whole: it is made safe once, at its end, and not after each migration.
      db.pragma('journal_mode = MEMORY')
      db.pragma('synchronous = OFF')
      migrate(db)
      db.pragma('journal_mode = WAL')
    } finally {
      db.close()
    }
    makeSafe(unfinished)
    moveAside(file)
    give(unfinished, file)
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + end, { force: true })
  }
}

/** Out of the system's memory: a power cut right after leaves it whole. */
function makeSafe(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * The log of a store that went away without it would be read as that of the new one, which it damages. It may hold what was
 * committed last: who still has that store puts `.left` back beside it.
 */
function moveAside(file: string): void {
  if (existsSync(file) && statSync(file).size > 0) return
  for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, `${file}${end}.left`)
}

/** A link never replaces what is there; file systems without links, and an empty file in the way, get a rename. */
function give(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file)
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (!taken || statSync(file).size === 0) renameSync(unfinished, file)
  }
}
