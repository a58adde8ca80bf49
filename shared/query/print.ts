import type { Query, QueryNode, Regex, Scalar, Term, Value } from './ast.ts'
import { fieldOf, isCompared, type FieldRef } from './fields.ts'
import { isPath, Scanner, type WordPlace } from './scanner.ts'
import { parseQuery } from './parse.ts'

/** The text of a query: reading it gives the same query. */
export function printQuery({ node }: Pick<Query, 'node'>): string {
  return node ? print(node, 0) : ''
}

/** One clause as it stands among others. */
export function printClause(node: QueryNode): string {
  return print(node, 2)
}

/** `rank`: 0 may be an OR, 1 an AND, 2 only what needs no parentheses. */
function print(node: QueryNode, rank: 0 | 1 | 2): string {
  if (node.type === 'text') return printText(node.value)
  if (node.type === 'term') return printTerm(node)
  if (node.type === 'not') return `-${print(node.item, 2)}`
  if (node.type === 'scope') return `${node.scope}:(${print(node.item, 0)})`
  if (node.type === 'or') {
    return wrap(rank > 0, node.items.map(item => print(item, item.type === 'or' ? 2 : 1)).join(' OR '))
  }
  return wrap(rank > 1, node.items.map(item => print(item, 2)).join(' '))
}

function printTerm({ field, values }: Term): string {
  const place = { isCompared: isCompared(fieldOf(field.id).type) }
  const [only, ...more] = values
  if (only && more.length === 0) return `${printField(field)}:${printValue(only, place)}`
  return `${printField(field)}:[${values.map(value => printValue(value, { ...place, inList: true })).join(',')}]`
}

function wrap(needed: boolean, text: string): string {
  return needed ? `(${text})` : text
}

export function printField({ id, name }: FieldRef): string {
  if (id === '@') return `@${/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name ?? '') ? name : quote(name ?? '')}`
  if (name === undefined) return id
  return `${id}.${/^[\p{L}\p{N}_.-]+$/u.test(name) ? name : quote(name)}`
}

function printValue(value: Value, place: WordPlace): string {
  if (value.type === 'regex') return printRegex(value)
  if (value.type === 'scalar') return printScalar(value, place)
  if (value.type === 'compare') return value.operator + printWord(value.value, { ...place, isCompared: false })
  const ends = [value.from, value.to].map(end => (end ? printScalar(end, place) : ''))
  return ends.join('..')
}

/** A value; one that would be read as a comparison is quoted. */
export function printScalar(scalar: Scalar, place: WordPlace = {}): string {
  return /^[<>=]/.test(scalar.text) ? quote(scalar.text) : printWord(scalar, place)
}

function printWord({ text, quoted }: Scalar, place: WordPlace): string {
  if (quoted || text === '' || (text.startsWith('/') && !isPath(text))) return quote(text)
  return new Scanner(text).word(place) === text ? text : quote(text)
}

/** Free text: a word that would be read as a field, a keyword or an exclusion is quoted. */
function printText(scalar: Scalar | Regex): string {
  if (scalar.type === 'regex') return printRegex(scalar)
  const word = printWord(scalar, {})
  if (scalar.quoted || word.startsWith('"')) return word
  const parsed = parseQuery(word)
  return parsed.ok && parsed.query.node?.type === 'text' ? word : quote(scalar.text)
}

function printRegex({ source, ignoreCase }: Regex): string {
  const text = source.replace(/\\[\s\S]|\//g, found => (found === '/' ? '\\/' : found))
  return `/${text}/${ignoreCase ? 'i' : ''}`
}

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
