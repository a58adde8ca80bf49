import type { Question } from '../../../shared/contract/search.ts'
import { scopes } from '../../../shared/query/ast.ts'
import { fieldGroups, fields } from '../../../shared/query/fields.ts'
import { queryExamples, queryHelp as pages } from '../../../shared/query/help.ts'
import { states } from '../../../shared/query/words-of-is.ts'
import { parseQuery } from '../../../shared/query/parse.ts'
import { usageError, type Words } from './command.ts'
import { complain } from './output.ts'
import { fit } from './terminal.ts'

export const queryOption = { query: { type: 'string', short: 'q' } } as const
export const sortOption = { sort: { type: 'string' } } as const
export const sortHelp =
  '--sort ORDER  started (newest first), or relevance: what has most to say about the texts of the query'

/** Whether what says most comes first. */
export function isByRelevance(words: Words): boolean {
  const sort = words.text('sort') ?? 'started'
  if (sort !== 'started' && sort !== 'relevance') throw usageError('--sort takes started or relevance.')
  return sort === 'relevance'
}

/** The language in a screen, for the help of every command that takes it. */
export const queryHelp: readonly string[] = [
  '-q QUERY      e.g. \'kind:tool is:error ancestor:(name:refund_worker)\'; by itself a word, a "phrase", a',
  '              *substring* or a /regex/i is searched in all texts. Side by side means and; OR, -not, (…)',
  '              field:value  :prefix*  :"a value"  :/regex/  :[one,another]  :>5  :1..5  :2026-01-05..  :>now-2h',
  ...fieldGroups.map(group => `              ${namesOf(group)}`),
  `              is:${Object.keys(states).join(' ')} …; has:any field`,
  `              ${scopes.map(scope => `${scope}:(…)`).join('  ')}`,
  '              spanwise help query says what each of them means',
]

/** The whole language, as `spanwise help query` prints it. */
export function helpOfQuery(): string {
  const width = Math.max(...pages.flatMap(({ rows }) => rows.map(({ written }) => written.length)))
  const lines = pages.flatMap(({ title, rows }) => [
    '',
    title,
    ...rows.map(({ written, means }) => `  ${written.padEnd(width)}  ${means}`),
  ])
  return [
    'The query language, for -q and for the window.',
    ...lines,
    '',
    'For example',
    ...queryExamples.map(one => `  ${one}`),
    '',
  ].join('\n')
}

function namesOf(group: (typeof fieldGroups)[number]): string {
  const names = fields.filter(field => field.group === group && field.id !== 'is' && field.id !== 'has')
  return names.map(({ id, named }) => (id === '@' ? '@attribute' : named ? `${id}.<name>` : id)).join('  ')
}

/** Without a query: everything. */
export const everySpan: Question = { query: '', now: 0, zone: 'UTC' }

/**
 * What was asked, with the clock and the zone of this terminal. Undefined without `-q`. A person is told which words were
 * taken for text although they look like fields.
 */
export function questionOf(words: Words): Question | undefined {
  const query = words.text('query')
  if (query === undefined) return undefined
  if (!words.flag('json')) for (const note of unknownFields(query)) complain(note)
  return questionHere(query)
}

/** Asked now, by the clock of this machine. */
export function questionHere(query: string): Question {
  return { query, now: Date.now(), zone: zoneHere(), scan: true }
}

export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `modle:gpt-4o` searches for that text, as `https://…` does: the first is a slip of the pen, the second is meant. */
function unknownFields(query: string): string[] {
  const parsed = parseQuery(query)
  if (!parsed.ok) return []
  const meant = parsed.query.unknown.filter(({ at }) => !query.startsWith('//', at.to + 1))
  const notes = meant.map(({ name, nearest }) => {
    const hint = nearest.length === 0 ? '' : ` Did you mean ${nearest.join(' or ')}?`
    return `"${fit(name, 40)}" is no field: searched as text.${hint}`
  })
  return [...new Set(notes)].slice(0, 3)
}
