import type { Place, Query, QueryNode, Term, Value } from './ast.ts'
import type { Listed } from './echo.ts'
import type { FieldRef } from './fields.ts'
import { parseQuery } from './parse.ts'
import { printClause, printQuery } from './print.ts'

// What a click does to a query's text. The text stays as its author wrote it wherever it can.

/** A clause that must hold by itself: what stands side by side at the top of a query. */
export interface Clause {
  readonly text: string
  readonly at: Place
  readonly node: QueryNode
}

export function clausesOf(text: string): Clause[] {
  const query = read(text)
  return query?.node
    ? topNodes(query.node).map(node => ({ node, at: node.at, text: text.slice(node.at.from, node.at.to) }))
    : []
}

function read(text: string): Query | undefined {
  const parsed = parseQuery(text)
  return parsed.ok ? parsed.query : undefined
}

function topNodes(node: QueryNode): readonly QueryNode[] {
  return node.type === 'and' ? node.items : [node]
}

/** `field:value` for one value as a trace gave it: a star in it is a star. */
export function clauseFor(field: FieldRef, value: string): string {
  const isPlain = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(value) && !value.includes('..')
  const values: readonly Value[] = [{ type: 'scalar', text: value, quoted: !isPlain }]
  return printClause({ type: 'term', field, values, at: nowhere })
}

/** The same where letters in another case are another value; of a text that is searched for words, all of it. */
export function exactClauseFor(field: FieldRef, value: string): string {
  return clauseForRegex(field, `^${escaped(value)}$`)
}

/** What begins with just these letters. */
export function beginningClauseFor(field: FieldRef, value: string): string {
  return clauseForRegex(field, `^${escaped(value)}`)
}

function escaped(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\n', '\\n')
}

function clauseForRegex(field: FieldRef, source: string): string {
  return printClause({ type: 'term', field, values: [{ type: 'regex', source, ignoreCase: false }], at: nowhere })
}

const nowhere = { from: 0, to: 0 }

/** The query and this clause besides. What says the same already stays, what says the opposite goes. */
export function addClause(text: string, clause: string): string {
  const wanted = read(clause)?.node
  const query = read(text)
  if (!wanted || text.trim() === '') return text.trim() === '' ? clause : `${text} ${clause}`
  const opposite = printQuery({ node: negated(wanted) })
  const clauses = clausesOf(text)
  if (clauses.some(({ node }) => printClause(node) === printClause(wanted))) return text
  const before = clauses.find(({ node }) => printClause(node) === opposite)
  const rest = before ? removeClause(text, before.at) : text.trim()
  if (rest === '') return clause
  return query?.node?.type === 'or' ? `(${rest}) ${clause}` : `${rest} ${clause}`
}

/** The query without what satisfies this clause. Of traces: without those of which any span does. */
export function excludeClause(text: string, clause: string, of: Listed): string {
  const unwanted = read(clause)?.node
  if (!unwanted) return text
  if (of !== 'traces') return addClause(text, printQuery({ node: negated(unwanted) }))
  const asked = clausesOf(text).find(({ node }) => printClause(node) === printClause(unwanted))
  const whole: QueryNode = { type: 'scope', scope: 'trace', item: unwanted, at: nowhere }
  return addClause(asked ? removeClause(text, asked.at) : text, printQuery({ node: negated(whole) }))
}

/** Puts the clause in, or takes it out where it stands by itself. */
export function toggleClause(text: string, clause: string): string {
  const wanted = read(clause)?.node
  const there = wanted && clausesOf(text).find(({ node }) => printClause(node) === printClause(wanted))
  return there ? removeClause(text, there.at) : addClause(text, clause)
}

/** One value of a facet more: a second value of a field means either of them. */
export function addValue(text: string, field: FieldRef, value: string): string {
  const clause = clauseFor(field, value)
  const term = clausesOf(text).find(
    ({ node }) => node.type === 'term' && isSame(node.field, field) && node.values.every(isName),
  )
  const added = read(clause)?.node
  if (!term || term.node.type !== 'term' || added?.type !== 'term') return addClause(text, clause)
  const [more] = added.values
  if (!more || term.node.values.some(one => isSame(one, more))) return text
  const widened: Term = { ...term.node, values: [...term.node.values, more] }
  return text.slice(0, term.at.from) + printClause(widened) + text.slice(term.at.to)
}

function isName(value: Value): boolean {
  return value.type === 'scalar'
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The text without the clause that stands here. */
export function removeClause(text: string, at: Place): string {
  const cut = `${text.slice(0, at.from).trimEnd()} ${text.slice(at.to).trimStart()}`.trim()
  const query = read(text)
  if (!query?.node) return cut
  const node = withoutNode(query.node, at)
  const rest = printQuery(node ? { node } : {})
  // An AND or a parenthesis that stood beside it may be left over.
  const left = read(cut)
  return left && printQuery(left) === rest ? cut : rest
}

/** The query with its texts looked for anywhere in a trace rather than in one span; undefined where it has not several. */
export function textsAnywhere(text: string): string | undefined {
  const clauses = clausesOf(text)
  const texts = clauses.filter(({ node }) => node.type === 'text')
  if (texts.length < 2) return undefined
  const others = clauses.filter(({ node }) => node.type !== 'text')
  return [...others, ...texts].map(one => (one.node.type === 'text' ? `trace:(${one.text})` : one.text)).join(' ')
}

function withoutNode(node: QueryNode, at: Place): QueryNode | undefined {
  if (isSame(node.at, at)) return undefined
  if (node.type !== 'and' && node.type !== 'or') return node
  const items = node.items.flatMap(item => withoutNode(item, at) ?? [])
  return items.length > 1 ? { ...node, items } : items[0]
}

function negated(node: QueryNode): QueryNode {
  return node.type === 'not' ? node.item : { type: 'not', item: node, at: node.at }
}
