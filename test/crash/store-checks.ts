import Database from 'better-sqlite3'
import { decodeClaims } from '../../electron/store/claims.ts'

interface BatchRow {
  readonly id: number
  readonly first: number
  readonly n: number
  readonly claims: Buffer
}

/** What is wrong with a store file that was just left by a killed process; empty when nothing is. */
export function problemsOf(store: string): readonly string[] {
  const db = new Database(store, { fileMustExist: true })
  try {
    const problems = (db.pragma('integrity_check') as { integrity_check: string }[])
      .map(row => row.integrity_check)
      .filter(text => text !== 'ok')
    return [...problems, ...tornBatches(db)]
  } finally {
    db.close()
  }
}

/** Batches of which not every record is there, and records of no batch. Holds until something is removed. */
function tornBatches(db: Database.Database): readonly string[] {
  // A store that was killed before its first commit has no tables.
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'batch'").get() === undefined) return []
  const stored = db
    .prepare(
      'SELECT (SELECT count(*) FROM span WHERE id BETWEEN $first AND $last) + (SELECT count(*) FROM extra WHERE id BETWEEN $first AND $last)',
    )
    .pluck()
  const problems: string[] = []
  let expected = 0
  for (const { id, first, n, claims } of db.prepare('SELECT id, first, n, claims FROM batch').all() as BatchRow[]) {
    const added = n - [...decodeClaims(claims)].length
    expected += added
    const there = stored.get({ first, last: first + n - 1 })
    if (there !== added) problems.push(`batch ${id}: ${added} records were committed, ${String(there)} are there`)
  }
  const all = stored.get({ first: 0, last: Number.MAX_SAFE_INTEGER })
  if (all !== expected) problems.push(`${String(all)} records are there, their batches have ${expected}`)
  return problems
}
