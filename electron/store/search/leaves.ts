import { spanKinds, statuses } from '../../../shared/domain/kind.ts'
import { marksToBits, type Mark } from '../../../shared/domain/marks.ts'
import { fieldOf, type FieldRef } from '../../../shared/query/fields.ts'
import { nameMatch, type NameMatch } from '../../../shared/query/name-match.ts'
import type { Interval, Leaf } from '../../../shared/query/plan.ts'
import { isTraitField, type TraitField } from '../../../shared/query/trait-values.ts'
import { importNames } from '../import-names.ts'
import type { Store } from '../open.ts'
import { costSql } from './price-function.ts'
import { callNames, callNumbers, labelNames, spanNumbers } from './columns.ts'
import { spansNoted, spansRemarked, spansScored } from './noted.ts'
import type { Builder } from './statement.ts'

/** Whether a word of `is:` is one that the columns do not answer. */
export function isOpenState(word: string, told: boolean): boolean {
  return word === 'slow' || word === 'retried' || (word === 'streamed' && !told)
}

/** Whether every span of a store was asked for its traits. */
export function isTold(store: Store): boolean {
  return store.query('span-untold').get() === undefined
}

/**
 * Whether the columns answer a question; the others need a span's kept record or the order of its trace. `told`: the traits
 * of all spans are known.
 */
export function isInColumns(leaf: Leaf, told: boolean): boolean {
  if (leaf.type === 'text') return false
  if (leaf.type === 'listed') return true
  if (leaf.type === 'is') return !leaf.words.some(word => isOpenState(word, told))
  if (isTraitField(leaf.field.id)) return told
  // Whether something stands below a span shows in its range.
  if (leaf.type === 'has' && leaf.field.id === 'children') return true
  return fieldOf(leaf.field.id).home === 'column'
}

/** SQL that is true of a span `s` for which the answer is yes; NULL counts as no. */
export function columnTest(leaf: Leaf, builder: Builder): string {
  if (leaf.type === 'listed') return `s.${leaf.field} IN (${leaf.indexes.join()})`
  if (leaf.type === 'is') return any(leaf.words.map(word => state(word, builder)))
  if (leaf.type === 'has') return hasTest(leaf.field, builder)
  if (leaf.type === 'interval') return numberTest(leaf.field, leaf.within, builder)
  if (leaf.type === 'name') return nameTest(leaf.field, leaf.match, builder)
  if (leaf.type === 'value') return scoreTest(leaf, builder)
  throw new Error('The columns hold no texts.')
}

export function any(tests: readonly string[]): string {
  return tests.length === 0 ? '0' : `(${tests.join(' OR ')})`
}

/** Comparisons of one expression. */
export function within(value: string, { least, most, leastIsOpen, mostIsOpen }: Interval, builder: Builder): string {
  const tests = []
  if (least !== undefined) tests.push(`${value} ${leastIsOpen ? '>' : '>='} ${builder.bind(least)}`)
  if (most !== undefined) tests.push(`${value} ${mostIsOpen ? '<' : '<='} ${builder.bind(most)}`)
  return `(${tests.join(' AND ')})`
}

function numberTest({ id }: FieldRef, interval: Interval, builder: Builder): string {
  const own = spanNumbers[id]
  if (own) return within(own, interval, builder)
  return `s.id IN (SELECT id FROM call WHERE ${within(callNumbers[id]!, interval, builder)})`
}

/** SQL that is true of a text. */
function matches(match: NameMatch, text: string, builder: Builder): string {
  return `matches(${builder.bind(JSON.stringify(match))}, ${text})`
}

function names(match: NameMatch, builder: Builder): string {
  return `(SELECT id FROM name WHERE ${matches(match, 's', builder)})`
}

function nameTest({ id }: FieldRef, match: NameMatch, builder: Builder): string {
  const call = callNames[id]
  if (call) return `s.id IN (${callsNamed(id, call, `IN ${names(match, builder)}`)})`
  const label = labelNames[id]
  if (label) return `s.label IN (SELECT id FROM label WHERE ${label} IN ${names(match, builder)})`
  if (isTraitField(id)) return traitTest(id, match, builder)
  if (id === 'note') return `s.id IN (${spansRemarked(match, builder)})`
  if (id === 'trace') {
    const traces = `SELECT id FROM trace WHERE ${matches(match, 'key', builder)}`
    // Spans of one trace are found where they lie; those of many by looking at all.
    const isOne = match.type === 'pieces' && match.pieces.length === 1
    return isOne ? `s.id IN (${spansIn(traces)})` : `s.trace IN (${traces})`
  }
  if (id === 'source') return sourceTest(match, builder)
  if (id === 'import') return importTest(match, builder)
  // A span's name may be empty, and an empty name has no row.
  return `(s.name IN ${names(match, builder)} OR (s.name = 0 AND ${matches(match, "''", builder)}))`
}

/** What the file names stays what it says: only what it leaves out was recovered. */
const spansRecovered = `SELECT found.id FROM prompt_call AS found JOIN call ON call.id = found.id
  WHERE (call.prompt = 0 AND found.prompt <> 0) OR (call.prompt_version = 0 AND found.version <> 0)`

/** SQL of the calls of which a column of names holds something; of prompts also those that were found to have them. */
function callsNamed(id: FieldRef['id'], column: string, holds: string): string {
  const said = `SELECT id FROM call WHERE ${column} ${holds}`
  if (id !== 'prompt' && id !== 'prompt.version') return said
  const found = id === 'prompt' ? 'prompt' : 'version'
  return `${said} UNION ALL
    SELECT found.id FROM prompt_call AS found JOIN call ON call.id = found.id
    WHERE call.${column} = 0 AND found.${found} ${holds}`
}

/** SQL of the ids of the spans of some traces. */
function spansIn(traces: string): string {
  return `SELECT p.id FROM span_run run
    CROSS JOIN span p ON p.id >= run.first AND p.id < run.first + run.n AND p.trace = run.trace
    WHERE run.trace IN (${traces})`
}

function traitTest(id: TraitField, match: NameMatch | undefined, builder: Builder): string {
  const bound = match && builder.bind(JSON.stringify(match))
  const said = `s.trait IN (SELECT id FROM trait WHERE says('${id}', ${bound ?? 'NULL'}, text))`
  if (id === 'tag') return `(${said} OR s.id IN (${spansNoted(match ?? 'any tag', builder)}))`
  if (id !== 'tool') return said
  // A tool's span that names no tool is called by its own name.
  const named = `s.name IN ${match ? names(match, builder) : '(SELECT id FROM name)'}`
  const nameless = "s.trait NOT IN (SELECT id FROM trait WHERE says('tool', NULL, text))"
  return `(${said} OR (s.kind = ${spanKinds.indexOf('tool')} AND ${nameless} AND ${named}))`
}

/** SQL that is true of a record that a batch `b` brought of which the test is true. */
function broughtBy(record: string, test: string): string {
  return `EXISTS (SELECT 1 FROM batch b WHERE b.id = (SELECT id FROM batch WHERE first <= ${record} ORDER BY first DESC LIMIT 1)
    AND ${record} < b.first + b.n AND ${test})`
}

/** The file of any of its records: the whole path or its last part. */
function sourceTest(match: NameMatch, builder: Builder): string {
  const files = `SELECT id FROM file WHERE ${matches(match, 'path', builder)} OR ${matches(match, 'last_part(path)', builder)}`
  const isOf = (record: string) => broughtBy(record, `b.file IN (${files})`)
  return ofAnyRecord(isOf)
}

/** The import of any of its records: the one that brought it, or another that found it here. */
function importTest(match: NameMatch, builder: Builder): string {
  const imports = `b.import IN (SELECT id FROM (${importNames}) WHERE ${matches(match, 'name', builder)})`
  const claimed = `SELECT c.record FROM batch b CROSS JOIN claimed(b.claims) c WHERE ${imports}`
  return ofAnyRecord(record => `(${broughtBy(record, imports)} OR ${record} IN (${claimed}))`)
}

function ofAnyRecord(test: (record: string) => string): string {
  return `(${test('s.id')} OR EXISTS (SELECT 1 FROM extra e WHERE e.span = s.id AND ${test('e.id')}))`
}

function scoreTest({ field, match, within: interval }: Extract<Leaf, { type: 'value' }>, builder: Builder): string {
  const tests = [
    ...(interval ? [within('value', interval, builder)] : []),
    ...(match ? [`(label IS NOT NULL AND ${matches(match, 'label', builder)})`] : []),
  ]
  return spansWithScore(`${scoreName(field, builder)} AND ${any(tests)}`)
}

/** Those that the files carried, and those that came from elsewhere. */
function spansWithScore(test: string): string {
  return `s.id IN (SELECT span FROM score WHERE ${test} UNION ALL ${spansScored(test)})`
}

function scoreName({ name }: FieldRef, builder: Builder): string {
  return name === undefined ? '1' : matches(nameMatch(name, false), 'name', builder)
}

function hasTest(field: FieldRef, builder: Builder): string {
  const { id } = field
  if (id === 'score') return spansWithScore(scoreName(field, builder))
  if (id === 'note') return `s.id IN (${spansRemarked(undefined, builder)})`
  if (isTraitField(id)) return traitTest(id, undefined, builder)
  if (id === 'children') return 's.last > s.pre'
  const own = spanNumbers[id]
  if (own) return `${own} IS NOT NULL`
  const name = callNames[id]
  if (name) return `s.id IN (${callsNamed(id, name, '<> 0')})`
  const call = callNumbers[id]
  if (call) return `s.id IN (SELECT id FROM call WHERE (${call}) IS NOT NULL)`
  if (labelNames[id]) return `s.label IN (SELECT id FROM label WHERE ${labelNames[id]} <> 0)`
  return id === 'name' ? 's.name <> 0' : '1'
}

function marked(mark: Mark): string {
  return `(s.marks & ${marksToBits([mark])}) <> 0`
}

function state(word: string, builder: Builder): string {
  switch (word) {
    case 'error':
      return `s.status = ${statuses.indexOf('error')}`
    case 'root':
      return 's.depth = 0'
    case 'leaf':
      return 's.last = s.pre'
    case 'running':
      return marked('unfinished')
    case 'cached':
      return 's.id IN (SELECT id FROM call WHERE cache_read > 0)'
    case 'unpriced':
      return `s.id IN (SELECT id FROM call WHERE counted = 1 AND ${costSql} IS NULL)`
    case 'recovered':
      return `s.id IN (${spansRecovered})`
    case 'streamed':
      return `s.trait IN (SELECT id FROM trait WHERE text ->> 'streamed')`
    case 'starred':
      return `s.id IN (${spansNoted('star', builder)})`
    default:
      return marked(word as Mark)
  }
}
