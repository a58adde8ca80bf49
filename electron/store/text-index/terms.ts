import type Database from 'better-sqlite3'

/** Lists distinct words, so that parts of words can be looked for; within a transaction. */
export class TermWriter {
  private readonly add: Database.Statement<[Uint8Array, number]>
  private readonly addParts: Database.Statement<[number]>
  private readonly last: number

  constructor(db: Database.Database) {
    this.add = db.prepare(`INSERT INTO term(s, texts) VALUES (CAST(? AS TEXT), ?)
      ON CONFLICT(s) DO UPDATE SET texts = texts + excluded.texts`)
    this.addParts = db.prepare('INSERT INTO term_part(rowid, s) SELECT id, s FROM term WHERE id > ?')
    this.last = db.prepare<[], number>('SELECT ifnull(max(id), 0) FROM term').pluck().get()!
  }

  /** A word in UTF-8, and how many new texts have it. */
  put(word: Uint8Array, texts: number): void {
    this.add.run(word, texts)
  }

  /** Once all are put. */
  end(): void {
    this.addParts.run(this.last)
  }
}
