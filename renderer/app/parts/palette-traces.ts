import type { Input } from '../../../shared/contract/index.ts'
import type { TraceListRow } from '../../../shared/contract/traces.ts'
import type { QueryNode, Value } from '../../../shared/query/ast.ts'
import type { FieldId } from '../../../shared/query/fields.ts'
import { queryLimits } from '../../../shared/query/limits.ts'
import { printQuery } from '../../../shared/query/print.ts'
import { formatDate, formatTime } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { navigate } from '../route.ts'
import type { PaletteItem } from './palette-items.ts'

/** Traces the palette shows at most: it is for going somewhere, not for reading a list. */
export const mostTraces = 8

const nowhere = { from: 0, to: 0 }
/** More than these is no name that somebody types. */
const mostWords = 20
/** Half of what a pattern may have: escaping may double a word. */
const longestText = queryLimits.pattern / 2 - 2

/**
 * The query for what was typed: traces with a span whose name holds every word, or whose id begins like that. Names and
 * ids only, which the store knows without reading a record. Undefined when nothing, or no name, was typed.
 */
export function traceQuery(typed: string): string | undefined {
  const words = typed.split(/\s+/).filter(Boolean)
  const [first] = words
  if (first === undefined || words.length > mostWords || typed.length > longestText) return undefined
  const inName = words.map(word => term('name', holding(word)))
  const named: QueryNode = inName.length === 1 ? inName[0]! : { type: 'and', items: inName, at: nowhere }
  // An id has no spaces.
  const either: QueryNode = { type: 'or', items: [named, term('trace', beginning(first))], at: nowhere }
  return printQuery({ node: words.length === 1 ? either : named })
}

/** Sessions whose id has what was typed in it; undefined for several words, which no id is. */
export function sessionQuery(typed: string): string | undefined {
  const isId = typed !== '' && typed.length <= longestText && !/\s/.test(typed)
  return isId ? printQuery({ node: term('session', holding(typed)) }) : undefined
}

/** The window of the list that answers it. */
export function traceRequest(query: string, now: number): Input<'traces.list'> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return {
    where: { query, now, zone: timeZone },
    sort: 'start',
    descending: true,
    offset: 0,
    limit: mostTraces,
  }
}

export function traceItem({ id, traceId, name, start }: TraceListRow): PaletteItem {
  const shownId = visibleLine(traceId, 12)
  return {
    id: `trace.${id}`,
    title: visibleLine(name, 200) || `Trace ${visibleLine(traceId, 100)}`,
    detail: start === undefined ? shownId : `${shownId} · ${formatDate(start)} ${formatTime(start)}`,
    run: () => navigate(`/trace/${encodeURIComponent(traceId)}`),
  }
}

function term(id: FieldId, value: Value): QueryNode {
  return { type: 'term', field: { id }, values: [value], at: nowhere }
}

// What was typed means itself: a star, a quote or a parenthesis is no word of the language.

function holding(word: string): Value {
  return isPlain(word) ? pattern(`*${word}*`) : regex(escaped(word))
}

function beginning(word: string): Value {
  return isPlain(word) ? pattern(`${word}*`) : regex(`^${escaped(word)}`)
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

function isPlain(word: string): boolean {
  return /^[\p{L}\p{N}_.:#@+-]+$/u.test(word)
}

function pattern(text: string): Value {
  return { type: 'scalar', text, quoted: false }
}

function regex(source: string): Value {
  return { type: 'regex', source, ignoreCase: true }
}
