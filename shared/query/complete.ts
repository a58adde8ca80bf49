import { spanKinds, statuses } from '../domain/kind.ts'
import { scopes } from './ast.ts'
import { fieldNames, fieldOf, fields, findField, isCompared, type Field, type FieldRef } from './fields.ts'
import { clauseFor } from './edit.ts'
import { printField } from './print.ts'
import { isWords, states } from './words-of-is.ts'

/** A value that spans have, and how many have it. */
export interface KnownValue {
  readonly value: string
  readonly count?: number
}

/** Who knows the store: the most frequent values come first. */
export interface ValueProvider {
  values(field: FieldRef, prefix: string): Promise<readonly KnownValue[]>
  /** Names of scores, of attributes or of a prompt's variables: what may follow the dot or the `@`. */
  names(field: 'score' | 'variable' | '@', prefix: string): Promise<readonly KnownValue[]>
}

export interface Completion {
  /** What it puts in place of `from` … `to`. */
  readonly insert: string
  readonly label: string
  readonly detail?: string
  readonly count?: number
}

export interface Completions {
  readonly from: number
  readonly to: number
  readonly items: readonly Completion[]
}

/** What may stand where the cursor is: a field, then an operator that fits it, then its values. */
export async function complete(text: string, cursor: number, provider: ValueProvider, most = 20): Promise<Completions> {
  const from = clauseStart(text, cursor)
  const typed = text.slice(from, cursor)
  const to = wordEnd(text, cursor)
  const colon = valueStart(typed)
  const field = colon === undefined ? undefined : fieldBefore(typed.slice(0, colon - 1))
  if (colon === undefined || !field) return { from, to, items: (await completeField(typed, provider)).slice(0, most) }
  const { at, prefix, isBare } = lastValue(typed.slice(colon))
  const items = await completeValue(field, prefix, isBare, provider)
  return { from: from + colon + at, to, items: items.slice(0, most) }
}

/** Where the clause begins that the cursor is in: after white space, a parenthesis or a leading dash. */
function clauseStart(text: string, cursor: number): number {
  let from = 0
  let quoted = false
  let listed = false
  for (let i = 0; i < cursor; i++) {
    const char = text[i]!
    if (quoted && char === '\\') i++
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '[') listed = true
    else if (char === ']') listed = false
    else if ((/\s/.test(char) && !listed) || char === '(' || char === ')' || (char === '-' && i === from)) from = i + 1
  }
  return from
}

function wordEnd(text: string, cursor: number): number {
  let to = cursor
  while (to < text.length && !/[\s()",\]]/.test(text[to]!)) to++
  return to
}

/** The place after the colon of `field:`. */
function valueStart(typed: string): number | undefined {
  const found = /^(?:@?[\p{L}\p{N}_][\p{L}\p{N}_.-]*|@"(?:[^"\\]|\\.)*"):/u.exec(typed)?.[0]
  return found?.length
}

function fieldBefore(written: string): FieldRef | undefined {
  if (!written.startsWith('@')) return findField(written)
  return { id: '@', name: written.slice(1).replace(/^"|"$/g, '') }
}

/** The value that is being typed: the last of a list, the end of a range, what follows an operator. */
function lastValue(typed: string): { readonly at: number; readonly prefix: string; readonly isBare: boolean } {
  const before =
    /^(?:\[(?:[^,"]|"(?:[^"\\]|\\.)*")*(?:,(?:[^,"]|"(?:[^"\\]|\\.)*")*)*,\s*|\[\s*|[<>]=?|=|[^".]*\.\.)/.exec(
      typed,
    )?.[0] ?? ''
  return { at: before.length, prefix: typed.slice(before.length).replace(/^"/, ''), isBare: before === '' }
}

async function completeField(typed: string, provider: ValueProvider): Promise<Completion[]> {
  const word = typed.toLowerCase()
  if (word.startsWith('@')) return namesOf('@', word.slice(1), provider)
  for (const named of ['score', 'variable'] as const) {
    if (word.startsWith(`${named}.`)) return namesOf(named, word.slice(named.length + 1), provider)
  }
  const starting = fieldNames.filter(name => name.startsWith(word))
  const within = fieldNames.filter(name => !name.startsWith(word) && (name.includes(word) || hasAlias(name, word)))
  const known = [...starting, ...within].map(name => {
    const insert = name.endsWith('.') ? name : `${name}:`
    return { insert, label: insert, detail: fieldOfName(name).help }
  })
  const scoped = scopes
    .filter(scope => scope.startsWith(word))
    .map(scope => ({ insert: `${scope}:(`, label: `${scope}:(…)`, detail: about[scope] }))
  return [...known, ...scoped]
}

const about: { readonly [scope in (typeof scopes)[number]]: string } = {
  trace: 'its whole trace',
  root: 'the root it stands under',
  parent: 'the span right above it',
  child: 'a span right below it',
  ancestor: 'a span above it',
  descendant: 'a span below it',
}

function fieldOfName(name: string): Field {
  return fields.find(field => field.id === name.replace(/\.$/, ''))!
}

function hasAlias(name: string, word: string): boolean {
  return fieldOfName(name).aliases?.some(alias => alias.startsWith(word)) ?? false
}

async function namesOf(id: 'score' | 'variable' | '@', prefix: string, provider: ValueProvider): Promise<Completion[]> {
  const found = await provider.names(id, prefix)
  return found.map(({ value, count }) => {
    const insert = `${printField({ id, name: value })}:`
    return { insert, label: insert, ...(count === undefined ? {} : { count }) }
  })
}

async function completeValue(
  field: FieldRef,
  prefix: string,
  isBare: boolean,
  provider: ValueProvider,
): Promise<Completion[]> {
  const { type } = fieldOf(field.id)
  const word = prefix.toLowerCase()
  const fitting = (words: readonly string[], detail?: (word: string) => string | undefined): Completion[] =>
    words
      .filter(one => one.startsWith(word))
      .map(one => ({ insert: one, label: one, ...(detail?.(one) === undefined ? {} : { detail: detail(one)! }) }))
  if (type === 'kind') return fitting(spanKinds)
  if (type === 'status') return fitting(statuses)
  if (type === 'is') return fitting(isWords, one => (one in states ? states[one as keyof typeof states] : undefined))
  if (type === 'has')
    return fitting(fieldNames.filter(name => name !== 'is' && name !== 'has').map(name => name.replace(/\.$/, '')))
  const operators = isBare && prefix === '' && isCompared(type) ? orders : []
  const examples = type === 'time' ? fitting(times) : []
  if (type !== 'name' && type !== 'any') return [...operators, ...examples]
  const known = await provider.values(field, prefix)
  const values = known.map(({ value, count }) => ({
    insert: clauseFor(field, value).slice(printField(field).length + 1),
    label: value,
    ...(count === undefined ? {} : { count }),
  }))
  return [...operators, ...values]
}

const orders: readonly Completion[] = [
  { insert: '>', label: '>', detail: 'over' },
  { insert: '>=', label: '>=', detail: 'at least' },
  { insert: '<', label: '<', detail: 'under' },
  { insert: '<=', label: '<=', detail: 'at most' },
]
const times = ['today', 'yesterday', '>now-1h', '>now-24h', '>now-7d']
