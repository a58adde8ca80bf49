import type { Question } from '../../../shared/contract/search.ts'
import type { Words } from './command.ts'

export const queryOption = { query: { type: 'string', short: 'q' } } as const

export const queryHelp = "-q QUERY      e.g. 'kind:tool is:error ancestor:(name:refund_worker)'; words search texts"

/** Without a query: everything. */
export const everySpan: Question = { query: '', now: 0, zone: 'UTC' }

/** What was asked, with the clock and the zone of this terminal. Undefined without `-q`. */
export function questionOf(words: Words): Question | undefined {
  const query = words.text('query')
  if (query === undefined) return undefined
  return { query, now: Date.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}
