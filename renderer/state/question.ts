import type { Question } from '../../shared/contract/search.ts'

/** The reader's own: what a date without a zone means. */
export function userZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** A query, asked now and here. */
export function questionOf(query: string, now = Date.now()): Question {
  return { query, now, zone: userZone() }
}
