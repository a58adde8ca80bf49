import type { JsonValue } from './json.ts'

// What the fields of a file of scores mean. Tables of feedback are written by hand and by a dozen tools: a field is known
// by its name, however it is spelt.

export const scoreFields = [
  'span',
  'request',
  'trace',
  'session',
  'name',
  'value',
  'label',
  'comment',
  'source',
] as const
export type ScoreField = (typeof scoreFields)[number]

/** Spelt without case, spaces, dots, dashes and underscores. */
const spellings: Readonly<Record<ScoreField, readonly string[]>> = {
  span: ['spanid', 'span', 'observationid', 'observation', 'runid', 'stepid'],
  request: ['requestid', 'request', 'responseid', 'response', 'completionid', 'generationid', 'messageid', 'callid'],
  trace: ['traceid', 'trace', 'tracekey', 'roottraceid'],
  session: ['sessionid', 'session', 'conversationid', 'conversation', 'threadid', 'thread', 'chatid'],
  name: ['name', 'scorename', 'key', 'metric', 'metricname', 'criterion', 'criteria', 'type', 'annotationname'],
  value: ['value', 'score', 'scorevalue', 'rating', 'result', 'numericvalue', 'thumb', 'feedback'],
  label: ['label', 'stringvalue', 'category', 'verdict'],
  comment: ['comment', 'comments', 'explanation', 'reason', 'reasoning', 'note', 'notes', 'text', 'correction'],
  source: ['source', 'annotator', 'annotatorkind', 'author', 'by', 'user', 'userid', 'rater', 'origin'],
}

const bySpelling = new Map(scoreFields.flatMap(field => spellings[field].map(name => [name, field] as const)))

/** Where each field stands among the written names; the likelier spelling wins. */
export function findScoreFields(written: readonly string[]): ReadonlyMap<ScoreField, number> {
  const found = new Map<ScoreField, number>()
  const rank = (field: ScoreField, at: number): number => spellings[field].indexOf(plain(written[at]!))
  for (const [at, name] of written.entries()) {
    const field = bySpelling.get(plain(name))
    if (field === undefined) continue
    const before = found.get(field)
    if (before === undefined || rank(field, at) < rank(field, before)) found.set(field, at)
  }
  return found
}

function plain(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replace(/[\s._-]/g, '')
}

/** Whether these are the names of a file of scores: whose they are, and what they say. */
export function areScoreFields(written: readonly string[]): boolean {
  const found = findScoreFields(written)
  const says = found.has('value') || found.has('label') || found.has('comment')
  return says && (['span', 'request', 'trace', 'session'] as const).some(field => found.has(field))
}

/** Whether a file begins like one of scores: the heading of a table, or the first record of JSON lines. */
export function beginsLikeScores(head: string): boolean {
  const text = head.replace(/^\ufeff/, '').trimStart()
  if (!/^[[{]/.test(text)) {
    const [heading = ''] = text.split(/\r?\n|\r/, 1)
    return areScoreFields(heading.split(/[,;\t|]/).map(name => name.trim().replace(/^"(.*)"$/, '$1')))
  }
  const record = /^\[?\s*\{/.test(text) ? (firstRecord(text) ?? {}) : {}
  const names = Object.keys(record)
  return areScoreFields(names) && findScoreFields(names).has('name')
}

function firstRecord(text: string): object | undefined {
  const [line = ''] = text.replace(/^\[\s*/, '').split(/\r?\n/, 1)
  for (const json of [line.replace(/,\s*$/, ''), line.replace(/\]\s*$/, '')]) {
    try {
      const record: unknown = JSON.parse(json)
      if (typeof record === 'object' && record !== null) return record
    } catch {
      // Not on one line: then it is for the importer of traces to say what it is.
    }
  }
  return undefined
}

/** One judgement as it was written; ids as they stand in the file. */
export interface ScoreRow {
  readonly span?: string
  readonly request?: string
  readonly trace?: string
  readonly session?: string
  readonly name: string
  readonly value?: number
  readonly label?: string
  readonly comment?: string
  readonly source?: string
  /** How many of its texts were longer than what is kept. */
  readonly cut: number
}

const longest: Readonly<Partial<Record<ScoreField, number>>> = { name: 200, label: 1000, comment: 10_000, source: 200 }

/** Reads a row; a text says why it is none. `otherwise` is the name of rows that have none. */
export function readScoreRow(
  fieldOf: (field: ScoreField) => JsonValue | undefined,
  otherwise: string | undefined,
): ScoreRow | string {
  let cut = 0
  const text = (field: ScoreField): string | undefined => {
    const value = fieldOf(field)
    if (value === undefined || value === null || typeof value === 'object') return undefined
    const written = String(value).toWellFormed().replaceAll('\0', '\ufffd').trim()
    const most = longest[field] ?? 1024
    if (written.length > most) cut++
    return written === '' ? undefined : written.slice(0, most).toWellFormed()
  }
  const ids = { span: text('span'), request: text('request'), trace: text('trace'), session: text('session') }
  if (Object.values(ids).every(id => id === undefined)) return 'It has no id of a trace, span, session or request.'
  const name = text('name') ?? otherwise
  if (name === undefined) return 'It does not say which score it is (name).'
  const judged = readJudgement(fieldOf('value'))
  const label = text('label') ?? judged.label
  const comment = text('comment')
  if (judged.value === undefined && label === undefined && comment === undefined)
    return 'It has neither a value nor a comment.'
  if (label !== undefined && label.length > longest.label!) cut++
  const row = {
    ...ids,
    name,
    value: judged.value,
    label: label?.slice(0, longest.label),
    comment,
    source: text('source'),
  }
  return { ...present(row), name, cut }
}

function present<T extends object>(row: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as never
}

/** Words that are a yes or a no whoever writes them. */
const verdicts = new Map<string, number>([
  ...[
    'true',
    'yes',
    'up',
    'thumbs_up',
    'thumbsup',
    'thumbs-up',
    'thumbs up',
    'like',
    'positive',
    'pass',
    'passed',
    '👍',
  ].map(word => [word, 1] as const),
  ...[
    'false',
    'no',
    'down',
    'thumbs_down',
    'thumbsdown',
    'thumbs-down',
    'thumbs down',
    'dislike',
    'negative',
    'fail',
    'failed',
    '👎',
  ].map(word => [word, 0] as const),
])

/** A number, a yes or no (1 or 0 with its word), or a word. */
function readJudgement(value: JsonValue | undefined): { readonly value?: number; readonly label?: string } {
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : {}
  if (typeof value === 'boolean') return { value: value ? 1 : 0, label: String(value) }
  if (typeof value !== 'string') return {}
  const written = value.toWellFormed().replaceAll('\0', '\ufffd').trim()
  if (written === '') return {}
  if (/^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,3})?$/i.test(written)) return { value: Number(written) }
  const verdict = verdicts.get(written.toLowerCase())
  return { label: written, ...(verdict === undefined ? {} : { value: verdict }) }
}
