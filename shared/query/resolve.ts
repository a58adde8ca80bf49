import { normalizeId } from '../domain/ids.ts'
import { spanKinds, statuses } from '../domain/kind.ts'
import type { Operator, Query, QueryNode, Regex, Scalar, Term, Value } from './ast.ts'
import { readHas } from './check.ts'
import { readTime, resolveTime, type Clock, type Stretch } from './dates.ts'
import { fieldOf, type FieldRef, type FieldType } from './fields.ts'
import { nameMatch, nameMatcher, type NameMatch } from './name-match.ts'
import type { Condition, Interval, Leaf } from './plan.ts'
import { textMatch } from './text-match.ts'
import type { ContentField } from './texts.ts'
import { readDuration, readMoney, readNumber } from './values.ts'
import { isWords } from './words-of-is.ts'

/** What a parsed query asks, here and now. Undefined: of every span. */
export function resolveQuery({ node }: Pick<Query, 'node'>, clock: Clock): Condition | undefined {
  return node && resolve(node, clock)
}

function resolve(node: QueryNode, clock: Clock): Condition {
  if (node.type === 'text') return leaf({ type: 'text', part: 'any', match: matchOf(node.value) })
  if (node.type === 'term') return some(node.values.flatMap(value => leavesOf(node, value, clock)).map(leaf))
  if (node.type === 'not') return { type: 'not', of: resolve(node.item, clock) }
  if (node.type === 'scope') return { type: 'scope', scope: node.scope, of: resolve(node.item, clock) }
  const of = node.items.map(item => resolve(item, clock))
  return node.type === 'and' ? { type: 'all', of } : some(of)
}

function leaf(one: Leaf): Condition {
  return { type: 'leaf', leaf: one }
}

function some(of: readonly Condition[]): Condition {
  return of.length === 1 ? of[0]! : { type: 'some', of }
}

function matchOf(value: Scalar | Regex) {
  return value.type === 'regex' ? value : textMatch(value.text, !value.quoted)
}

/** Several mean any of them. */
function leavesOf({ field }: Term, value: Value, clock: Clock): Leaf[] {
  const { type } = fieldOf(field.id)
  if (type === 'words') {
    const plain = value.type === 'compare' ? value.value : value
    return plain.type === 'range' ? [] : [{ type: 'text', part: field.id as ContentField, match: matchOf(plain) }]
  }
  if (type === 'name') return namesOf(field, value).map(match => ({ type: 'name', field, match }))
  if (type === 'any') return [valueLeaf(field, value)]
  if (type === 'kind' || type === 'status' || type === 'is' || type === 'has') {
    const scalar = value.type === 'compare' ? value.value : value
    return scalar.type === 'scalar' ? [listedLeaf(type, scalar)] : []
  }
  return [{ type: 'interval', field, within: intervalOf(value, type, clock) }]
}

/** Ids of traces and spans may be written as some file wrote them, with dashes or in capitals. */
function namesOf({ id }: FieldRef, value: Value): NameMatch[] {
  if (value.type === 'regex') return [value]
  const scalar = value.type === 'compare' ? value.value : value
  if (scalar.type !== 'scalar') return []
  const isPattern = !scalar.quoted && value.type !== 'compare'
  // A note is a text: what is asked for stands somewhere in it.
  if (id === 'note') return [within(nameMatch(scalar.text, isPattern))]
  const asWritten = nameMatch(scalar.text, isPattern)
  const normal = id === 'trace' || id === 'span' ? normalizeId(scalar.text) : undefined
  return normal === undefined || normal === scalar.text ? [asWritten] : [asWritten, nameMatch(normal, false)]
}

function within(match: NameMatch): NameMatch {
  return match.type === 'pieces' ? { type: 'pieces', pieces: ['', ...match.pieces, ''] } : match
}

function listedLeaf(type: 'kind' | 'status' | 'is' | 'has', { text, quoted }: Scalar): Leaf {
  if (type === 'has') return { type: 'has', field: readHas(text) ?? { id: '@', name: text } }
  const fits = nameMatcher(nameMatch(text, !quoted))
  if (type === 'is') return { type: 'is', words: isWords.filter(fits) }
  const words: readonly string[] = type === 'kind' ? spanKinds : statuses
  return { type: 'listed', field: type, indexes: words.flatMap((word, i) => (fits(word) ? [i] : [])) }
}

function valueLeaf(field: FieldRef, value: Value): Leaf {
  if (value.type === 'regex') return { type: 'value', field, match: value }
  const scalar = value.type === 'compare' && value.operator === '=' ? value.value : value
  if (scalar.type !== 'scalar') return { type: 'value', field, within: intervalOf(value, 'number', undefined) }
  const isPattern = !scalar.quoted && value.type !== 'compare'
  const isNumber = !scalar.quoted && readNumber(scalar.text) !== undefined
  return {
    type: 'value',
    field,
    match: nameMatch(scalar.text, isPattern),
    ...(isNumber ? { within: intervalOf(scalar, 'number', undefined) } : {}),
  }
}

/** The parser let only readable values pass. */
function intervalOf(value: Value, type: FieldType, clock: Clock | undefined): Interval {
  const read = (scalar: Scalar): Stretch | { readonly from: number | bigint; readonly to?: undefined } => {
    if (type === 'time') return resolveTime(readTime(scalar.text)!, clock!)
    if (type === 'duration') return { from: readDuration(scalar.text)! }
    return { from: type === 'money' ? readMoney(scalar.text)! : readNumber(scalar.text)! }
  }
  if (value.type === 'scalar') return equal(read(value))
  if (value.type === 'compare') return compared(value.operator, read(value.value))
  if (value.type === 'regex') return {}
  return {
    ...(value.from ? compared('>=', read(value.from)) : {}),
    ...(value.to ? compared('<=', read(value.to)) : {}),
  }
}

/** A day or a minute is all of it: `<=` reaches to its end, `>` begins after it. */
function compared(operator: Operator, { from, to }: { from: number | bigint; to?: bigint | undefined }): Interval {
  if (operator === '>=') return { least: from }
  if (operator === '<') return { most: from, mostIsOpen: true }
  if (operator === '>') return to === undefined ? { least: from, leastIsOpen: true } : { least: to }
  if (operator === '<=') return to === undefined ? { most: from } : { most: to, mostIsOpen: true }
  return equal({ from, to })
}

function equal({ from, to }: { from: number | bigint; to?: bigint | undefined }): Interval {
  return to === undefined ? { least: from, most: from } : { least: from, most: to, mostIsOpen: true }
}
