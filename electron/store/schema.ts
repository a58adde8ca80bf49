import Database from 'better-sqlite3'
import { migrations } from './sql.ts'

/** Bytes 68 to 71 of the file: "Span". */
export const applicationId = 0x5370616e

/** The newest schema this build understands. */
export const schemaVersion = migrations.at(-1)!.id

/** Applies what is missing, each migration in a transaction with its record. */
export function migrate(db: Database.Database): void {
  for (const { id, name, text } of migrations) {
    db.transaction(() => {
      if (id <= Number(db.pragma('user_version', { simple: true }))) return
      db.exec(text)
      db.prepare('INSERT INTO migration VALUES (?, ?, ?)').run(id, name, Date.now())
      db.pragma(`user_version = ${id}`)
    }).immediate()
  }
}

interface SchemaEntry {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/** Tables, indexes, views and triggers as text, comments and white space apart. */
export function readSchema(db: Database.Database): string[] {
  const rows = db.prepare<[], SchemaEntry>(`SELECT type, name, ifnull(sql, '') sql FROM sqlite_schema`).all()
  return rows.map(row => `${row.type} ${row.name} ${row.sql.replace(/--[^\n]*/g, '').replace(/\s+/g, ' ')}`).sort()
}

/** The schema a store of this version must have, made by running the migrations. */
export function expectedSchema(version: number): string[] {
  const db = new Database(':memory:')
  try {
    for (const { id, text } of migrations) if (id <= version) db.exec(text)
    return readSchema(db)
  } finally {
    db.close()
  }
}
