import type { Operator, Query, QueryNode, Regex, Scalar, Scope, Term, Value } from './ast.ts'
import { readHas } from './check.ts'
import { fieldOf, type FieldRef } from './fields.ts'
import { states } from './words-of-is.ts'

// A parsed query in words, under the box it is typed in: "generations whose cost is over $0.05". So that one sees what was
// understood.

/** What a list shows. */
export type Listed = 'traces' | 'spans' | 'calls' | 'sessions'

/** `of`: what the list shows. An empty query is all of them. */
export function echoQuery({ node }: Pick<Query, 'node'>, of: Listed): string {
  if (!node) return `all ${of}`
  if (of === 'calls') return echoSpans(node, 'calls')
  if (of === 'spans') return echoSpans(node)
  if (of === 'sessions') return `sessions with ${echoSpans(node)}`
  const items = node.type === 'and' ? node.items : [node]
  const lacking = items.flatMap(item => lackedBy(item) ?? [])
  const [first, ...more] = items.filter(item => lackedBy(item) === undefined)
  const rest = first && (more.length === 0 ? first : { type: 'and' as const, items: [first, ...more], at: node.at })
  const clauses = [...(rest ? [`with ${echoSpans(rest)}`] : []), ...lacking.map(item => `without ${echoSpans(item)}`)]
  return `traces ${clauses.join(', ')}`
}

/** What no span of a trace may be, where the clause says that and no more. */
function lackedBy(node: QueryNode): QueryNode | undefined {
  if (node.type !== 'not' || node.item.type !== 'scope' || node.item.scope !== 'trace') return undefined
  const { item } = node.item
  return item.type === 'term' && !totals.has(item.field.id) ? item : undefined
}

/** A noun for the kinds that are asked for, and what else must hold. */
function echoSpans(node: QueryNode, any: 'spans' | 'calls' = 'spans'): string {
  const items = node.type === 'and' ? node.items : [node]
  const kinds = items.find(item => item.type === 'term' && item.field.id === 'kind' && item.values.every(isPlain))
  const noun =
    kinds?.type === 'term'
      ? list(
          kinds.values.map(value => plural(wordOf(value))),
          'or',
        )
      : any
  const rest = items.filter(item => item !== kinds)
  const all = any === 'calls' && noun !== any ? `calls among ${noun}` : noun
  return rest.length === 0 ? all : `${all} ${both(rest, false, items.length > 1)}`
}

/** What all must hold: first what the span itself is, then where it stands, apart by commas. */
function both(items: readonly QueryNode[], not: boolean, inner: boolean): string {
  const own = items.filter(item => !isPlace(item)).map(item => clause(item, not, inner))
  const where = items.filter(isPlace).map(item => clause(item, not, inner))
  return [...(own.length > 0 ? [list(own, 'and')] : []), ...where].join(', ')
}

/** Whether it is said as a place ("under agents") rather than as a sentence ("that failed"). */
function isPlace(node: QueryNode): boolean {
  return node.type === 'not' ? isPlace(node.item) : node.type === 'scope'
}

function isPlain(value: Value): value is Scalar {
  return value.type === 'scalar' && !value.text.includes('*')
}

function wordOf(value: Value): string {
  return value.type === 'scalar' ? value.text.toLowerCase() : ''
}

const named = new Set([
  'generation',
  'embedding',
  'retrieval',
  'reranker',
  'agent',
  'workflow',
  'chain',
  'guardrail',
  'evaluator',
])

function plural(kind: string): string {
  return named.has(kind) ? `${kind}s` : `${kind} spans`
}

/** `inner`: it stands among others, so that an "or" needs parentheses. */
function clause(node: QueryNode, not: boolean, inner: boolean): string {
  if (node.type === 'not') return clause(node.item, !not, inner)
  if (node.type === 'text') return `that ${not ? 'do not contain' : 'contain'} ${sought(node.value)}`
  if (node.type === 'term') return termClause(node, not)
  if (node.type === 'scope') return scopeClause(node.scope, node.item, not)
  // Not (a or b) is neither: not a and not b.
  if ((node.type === 'and') !== not) return both(node.items, not, true)
  const isMixed = !node.items.every(isPlace)
  const text = list(
    node.items.map(item => (isMixed && isPlace(item) ? 'that are ' : '') + clause(item, not, true)),
    'or',
  )
  return inner ? `(${text})` : text
}

const places: { readonly [scope in Exclude<Scope, 'trace'>]: string } = {
  root: 'under a root among the',
  parent: 'right under',
  child: 'right above',
  ancestor: 'under',
  descendant: 'above',
}

function scopeClause(scope: Scope, item: QueryNode, not: boolean): string {
  if (scope === 'trace') return `${not ? 'not ' : ''}in traces ${traceClauses(item)}`
  return `${not ? 'not ' : ''}${places[scope]} ${echoSpans(item)}`
}

const totals = new Set(['cost', 'cost.recorded', 'cost.computed', 'tokens', 'duration', 'spans'])

function traceClauses(node: QueryNode): string {
  const items = node.type === 'and' ? node.items : [node]
  const clauses = items.map(item => {
    const isTotal = item.type === 'term' && totals.has(item.field.id)
    if (isTotal) return termClause(item, false).replace('whose ', 'whose whole ')
    return item.type === 'not' ? `without ${echoSpans(item.item)}` : `with ${echoSpans(item)}`
  })
  return list(clauses, 'and')
}

function termClause({ field, values }: Term, not: boolean): string {
  const { id } = field
  if (id === 'is')
    return list(
      values.map(value => stateClause(wordOf(value), not)),
      not ? 'and' : 'or',
    )
  if (id === 'has')
    return `that have ${list(
      values.map(value => `${not ? 'no' : 'a'} value of ${hasName(wordOf(value))}`),
      not ? 'and' : 'or',
    )}`
  const { type } = fieldOf(id)
  // A note is asked for as texts are, and kept as names are.
  const isText = type === 'words' || id === 'note'
  const words = list(
    values.map(value => valueWords(type === 'money' ? inDollars(value) : value, isText)),
    'or',
  )
  if (type === 'time') {
    const when = list(values.map(timeWords), 'or')
    return not ? `that did not start ${when}` : `that started ${when}`
  }
  if (isText) return `whose ${fieldName(field)} ${not ? 'does not contain' : 'contains'} ${words}`
  const said = `whose ${fieldName(field)} ${not ? 'not ' : ''}${words}`.replace('not is', 'is not')
  return isMany(field) ? said.replaceAll(/\bis (?=over|under|at|exactly|between|not|\d)/g, 'are ') : said
}

function stateClause(word: string, not: boolean): string {
  if (word === 'error') return not ? 'that did not fail' : 'that failed'
  if (word === 'root' || word === 'leaf') {
    const where = word === 'root' ? 'above' : 'below'
    return `that have ${not ? 'something' : 'nothing'} ${where} them`
  }
  const known = word in states ? word : word.replaceAll('-', ' ')
  return `that are ${not ? 'not ' : ''}${known}`
}

function hasName(written: string): string {
  const field = readHas(written)
  return field ? fieldName(field) : written
}

function fieldName({ id, name }: FieldRef): string {
  if (id === '@') return `attribute ${name ?? ''}`
  const label = id === 'tag' ? 'Tag' : fieldOf(id).label
  return name === undefined ? label.toLowerCase() : `${label.toLowerCase()} ${name}`
}

/** Several things at once: "whose tokens are over 8k". */
function isMany({ id }: FieldRef): boolean {
  return id.startsWith('tokens') || id === 'spans' || id === 'children'
}

function timeWords(value: Value): string {
  if (value.type === 'compare') return `${moments[value.operator]} ${value.value.text}`
  if (value.type === 'range') {
    if (value.from && value.to) return `between ${value.from.text} and ${value.to.text}`
    return value.from ? `from ${value.from.text} on` : `until ${value.to?.text ?? ''}`
  }
  if (value.type === 'regex') return `/${value.source}/`
  return /^(?:today|yesterday|now)/i.test(value.text) ? value.text.toLowerCase() : `in ${value.text}`
}

const moments: { readonly [operator in Operator]: string } = {
  '>': 'after',
  '>=': 'in or after',
  '<': 'before',
  '<=': 'in or before',
  '=': 'in',
}

function inDollars(value: Value): Value {
  const priced = (scalar: Scalar): Scalar =>
    /^\d|^\./.test(scalar.text) ? { ...scalar, text: `$${scalar.text}` } : scalar
  if (value.type === 'scalar') return priced(value)
  if (value.type === 'compare') return { ...value, value: priced(value.value) }
  if (value.type === 'regex') return value
  const { from, to } = value
  return { type: 'range', ...(from ? { from: priced(from) } : {}), ...(to ? { to: priced(to) } : {}) }
}

const operators: { readonly [operator in Operator]: string } = {
  '>': 'is over',
  '>=': 'is at least',
  '<': 'is under',
  '<=': 'is at most',
  '=': 'is exactly',
}

function valueWords(value: Value, contained: boolean): string {
  if (value.type === 'regex') return contained ? sought(value) : `matches ${sought(value)}`
  if (value.type === 'compare')
    return contained ? sought(value.value) : `${operators[value.operator]} ${value.value.text}`
  if (value.type === 'range') {
    if (value.from && value.to) return `is between ${value.from.text} and ${value.to.text}`
    return value.from ? `is at least ${value.from.text}` : `is at most ${value.to?.text ?? ''}`
  }
  return contained ? sought(value) : nameWords(value)
}

function nameWords({ text, quoted }: Scalar): string {
  if (quoted || !text.includes('*')) return `is ${text}`
  const [first = '', ...more] = text.split(/\*+/)
  const last = more.pop() ?? ''
  const inner = more.filter(piece => piece !== '')
  if (inner.length === 0 && first !== '' && last === '') return `starts with ${first}`
  if (inner.length === 0 && first === '' && last !== '') return `ends with ${last}`
  if (inner.length === 1 && first === '' && last === '') return `contains ${inner[0]}`
  return text.replaceAll('*', '') === '' ? 'is anything' : `is like ${text}`
}

function sought(value: Scalar | Regex): string {
  if (value.type === 'regex') return `/${value.source}/${value.ignoreCase ? 'i' : ''}`
  return value.quoted || !value.text.includes('*') ? `“${value.text}”` : value.text
}

function list(words: readonly string[], word: 'and' | 'or'): string {
  if (words.length < 3) return words.join(` ${word} `)
  return `${words.slice(0, -1).join(', ')} ${word} ${words.at(-1)}`
}
