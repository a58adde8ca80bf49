import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import { readingTest, type ReadSpan } from '../../../shared/query/readings.ts'
import type { Store } from '../open.ts'
import { compile, type OpenLeaf } from './compile.ts'
import { provideFunctions } from './functions.ts'
import { isInColumns } from './leaves.ts'
import { providePlaces, withPlaces } from './places.ts'
import { slowSpans } from './slow.ts'
import { spansByTree } from './tree-values.ts'
import type { Bound } from './statement.ts'

/** Reads one span whole; undefined where it cannot be read. Who is asked often may remember some. */
export type SpanSource = (id: number) => ReadSpan | undefined

/** A query made ready: what to put after WHERE of a statement in which `s` is a span. */
export interface Prepared {
  readonly where: string
  readonly values: Bound
}

/**
 * Makes a query ready, has it used, and takes away what it needed. Undefined is the empty query, which every span matches.
 * All of it sees one state of the store.
 */
export function withQuery<T>(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  use: (prepared: Prepared) => T,
): T {
  if (!condition) return store.snapshot(() => use({ where: '1', values: {} }))
  provideFunctions(store)
  const { builder, where, open } = compile(condition)
  const values = builder.values
  providePlaces(store, builder.fills.length)
  return store.snapshot(() => {
    Object.assign(
      values,
      remembered(store, condition, () => answer(store, condition, open, readSpan)),
    )
    return withPlaces(store, builder.fills, values, () => use({ where, values }))
  })
}

/**
 * The spans that one clause of a query is true of, for clauses that need SQL or records. Of the whole query so much is used
 * as tells which records need not be read: what it answers holds within that query only.
 */
export function spansOfLeaves(
  store: Store,
  condition: Condition,
  readSpan: SpanSource,
): (leaf: Leaf) => Iterable<number> {
  provideFunctions(store)
  const { open } = compile(condition)
  let answers: Bound | undefined
  return leaf => {
    const own = compile({ type: 'leaf', leaf })
    if (own.open.length > 0) answers ??= remembered(store, condition, () => answer(store, condition, open, readSpan))
    for (const { leaf: asked, name } of own.open) {
      const same = open.find(one => one.leaf === asked || keyOf(one.leaf) === keyOf(asked))
      if (same) own.builder.values[name] = answers![same.name]!
    }
    return store.db
      .prepare<[Bound], number>(`SELECT s.id FROM span s WHERE ${own.where}`)
      .pluck()
      .all(own.builder.values)
  }
}

function keyOf(asked: Condition | Leaf): string {
  return JSON.stringify(asked, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function isInRecords(leaf: Leaf): boolean {
  return !isInColumns(leaf) && wholeStore(leaf) === undefined
}

/** Answers that follow from all spans together, without their records. */
function wholeStore(leaf: Leaf): ((store: Store) => number[]) | undefined {
  if (leaf.type === 'is') return leaf.words.includes('slow') ? slowSpans : undefined
  if (leaf.type !== 'interval' && leaf.type !== 'has') return undefined
  const { id } = leaf.field
  if (id !== 'children' && id !== 'self') return undefined
  return store => spansByTree(store, id, leaf.type === 'interval' ? leaf.within : {})
}

/** The ids of the spans of each open question. Every candidate is read once, for all of them. */
function answer(store: Store, condition: Condition, open: readonly OpenLeaf[], readSpan: SpanSource): Bound {
  const answers: Bound = {}
  const asked: { readonly name: string; readonly test: (read: ReadSpan) => boolean; readonly found: number[] }[] = []
  for (const { leaf, name } of open) {
    const find = wholeStore(leaf)
    if (find) answers[name] = JSON.stringify(find(store))
    else asked.push({ name, test: readingTest(leaf), found: [] })
  }
  for (const id of asked.length > 0 ? candidatesOf(store, condition) : []) {
    const read = readSpan(id)
    if (!read) continue
    for (const { test, found } of asked) if (test(read)) found.push(id)
  }
  for (const { name, found } of asked) answers[name] = JSON.stringify(found)
  return answers
}

/** A list is asked for page by page: the last answers are kept for as long as nobody writes to the store. */
const memory = new WeakMap<Store, { readonly version: unknown; readonly answers: Map<string, Bound> }>()
const mostRemembered = 8

function remembered(store: Store, condition: Condition, ask: () => Bound): Bound {
  const version = store.db.pragma('data_version', { simple: true })
  let known = memory.get(store)
  if (known === undefined || known.version !== version) known = { version, answers: new Map() }
  memory.set(store, known)
  const key = keyOf(condition)
  const answers = known.answers.get(key) ?? ask()
  known.answers.delete(key)
  known.answers.set(key, answers)
  if (known.answers.size > mostRemembered) known.answers.delete(known.answers.keys().next().value!)
  return answers
}

/** Spans whose records must be read: where a clause must hold and the columns know of whom, only those. */
function candidatesOf(store: Store, condition: Condition): number[] {
  const known = condition.type === 'all' && isNarrow(condition.of) ? condition.of.filter(part => isPlain(part)) : []
  const { builder, where } = known.length > 0 ? compile({ type: 'all', of: known }) : { builder: undefined, where: '1' }
  return store.db
    .prepare<[Bound], number>(`SELECT s.id FROM span s WHERE ${where} ORDER BY s.id`)
    .pluck()
    .all(builder?.values ?? {})
}

/** No clause about other spans reads records: those spans could be any. */
function isNarrow(parts: readonly Condition[]): boolean {
  const readsElsewhere = (one: Condition, elsewhere: boolean): boolean => {
    if (one.type === 'leaf') return elsewhere && isInRecords(one.leaf)
    if (one.type === 'not') return readsElsewhere(one.of, elsewhere)
    if (one.type === 'scope') return readsElsewhere(one.of, true)
    return one.of.some(part => readsElsewhere(part, elsewhere))
  }
  return !parts.some(part => readsElsewhere(part, false))
}

function isPlain(one: Condition): boolean {
  if (one.type === 'leaf') return isInColumns(one.leaf)
  if (one.type === 'scope') return false
  return one.type === 'not' ? isPlain(one.of) : one.of.every(isPlain)
}
