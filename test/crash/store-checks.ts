import Database from 'better-sqlite3'

/** What is wrong with a store file that was just left by a killed process; empty when nothing is. */
export function problemsOf(store: string): readonly string[] {
  const db = new Database(store, { fileMustExist: true })
  try {
    const problems = (db.pragma('integrity_check') as { integrity_check: string }[])
      .map(row => row.integrity_check)
      .filter(text => text !== 'ok')
    problems.push(...(db.pragma('foreign_key_check') as object[]).map(row => `foreign key: ${JSON.stringify(row)}`))
    return problems
  } finally {
    db.close()
  }
}
