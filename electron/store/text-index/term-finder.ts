import type Database from 'better-sqlite3'
import type { Needle } from './words.ts'

/** More words than this say less than reading the texts. */
const mostTerms = 20_000

/** Finds the words that hold a part, in the vocabulary: 3 MB of trigrams for 0.6 million texts. */
export class TermFinder {
  private readonly byParts: Database.Statement<[string, number], string>
  private readonly byScan: Database.Statement<[string, number], string>

  constructor(db: Database.Database) {
    this.byParts = db
      .prepare<[string, number], string>(
        'SELECT term.s FROM term_part JOIN term ON term.id = term_part.rowid WHERE term_part MATCH ? LIMIT ?',
      )
      .pluck()
    this.byScan = db.prepare<[string, number], string>('SELECT s FROM term WHERE instr(s, ?) > 0 LIMIT ?').pluck()
  }

  /** Undefined where they are too many. */
  find({ word, isOpenBefore, isOpenAfter }: Needle): string[] | undefined {
    const chars = Array.from(word)
    const found = chars.length < 3 ? this.byScan.all(word, mostTerms) : this.byParts.all(partsOf(chars), mostTerms)
    if (found.length === mostTerms) return undefined
    return found.filter(term => {
      if (isOpenBefore && isOpenAfter) return term.includes(word)
      return isOpenBefore ? term.endsWith(word) : term.startsWith(word)
    })
  }
}

function partsOf(chars: readonly string[]): string {
  const parts = new Set<string>()
  for (let i = 0; i + 3 <= chars.length; i++) parts.add(`"${chars.slice(i, i + 3).join('')}"`)
  return [...parts].join(' AND ')
}
