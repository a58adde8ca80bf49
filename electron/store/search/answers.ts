import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import { readingTest, type ReadSpan } from '../../../shared/query/readings.ts'
import type { Store } from '../open.ts'
import { SpanBits } from '../text-index/span-bits.ts'
import type { TextIndex } from '../text-index/text-index.ts'
import { compile, type OpenLeaf } from './compile.ts'
import { isInColumns, isTold } from './leaves.ts'
import type { SpanSource } from './search.ts'
import { slowSpans } from './slow.ts'
import type { Bound } from './statement.ts'
import { spansByTree } from './tree-values.ts'

/** Which spans satisfy each open question, by its name. */
export interface OpenAnswers {
  readonly sets: ReadonlyMap<string, SpanBits>
  /** Nothing waits for the index. */
  readonly isWhole: boolean
}

/** Answers what the columns do not: from the index, from all spans together, or by reading records. */
export function answerOpen(
  store: Store,
  condition: Condition,
  open: readonly OpenLeaf[],
  readSpan: SpanSource,
  index: TextIndex | undefined,
): OpenAnswers {
  if (open.length === 0) return { sets: new Map(), isWhole: true }
  const known = memoryOf(store, index)
  const key = keyOf(condition)
  const answers = known.get(key) ?? answer(store, condition, open, readSpan, index)
  known.delete(key)
  known.set(key, answers)
  if (known.size > mostRemembered) known.delete(known.keys().next().value!)
  return answers
}

export function keyOf(asked: Condition | Leaf): string {
  return JSON.stringify(asked, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** A list is asked for page by page: the last answers are kept for as long as nobody writes to the store or the index. */
const memory = new WeakMap<Store, { readonly version: string; readonly answers: Map<string, OpenAnswers> }>()
const mostRemembered = 8

function memoryOf(store: Store, index: TextIndex | undefined): Map<string, OpenAnswers> {
  const own = store.statement<[], { n: number }>('SELECT total_changes() AS n').get()!.n
  const written = String(store.db.pragma('data_version', { simple: true }))
  const version = `${written} ${own} ${index ? JSON.stringify(index.state) : ''}`
  let known = memory.get(store)
  if (known === undefined || known.version !== version) known = { version, answers: new Map() }
  memory.set(store, known)
  return known.answers
}

function isInRecords(leaf: Leaf, told: boolean): boolean {
  return !isInColumns(leaf, told) && wholeStore(leaf) === undefined
}

/** Answers that follow from all spans together, without their records. */
function wholeStore(leaf: Leaf): ((store: Store) => number[]) | undefined {
  if (leaf.type === 'is') return leaf.words.includes('slow') ? slowSpans : undefined
  if (leaf.type !== 'interval' && leaf.type !== 'has') return undefined
  const { id } = leaf.field
  if (id !== 'children' && id !== 'self') return undefined
  return store => spansByTree(store, id, leaf.type === 'interval' ? leaf.within : {})
}

interface Asked {
  readonly test: (read: ReadSpan) => boolean
  readonly found: SpanBits
  /** Those that may match; undefined is any. What the index does not know yet is asked besides. */
  readonly may: SpanBits | undefined
}

function answer(
  store: Store,
  condition: Condition,
  open: readonly OpenLeaf[],
  readSpan: SpanSource,
  index: TextIndex | undefined,
): OpenAnswers {
  const most = store.statement<[], { id: number }>('SELECT ifnull(max(id), 0) AS id FROM span').get()!.id
  const sets = new Map<string, SpanBits>()
  const asked: Asked[] = []
  const late = spansAfter(store, index?.state.record ?? 0)
  const { mostLate = Infinity } = readSpan
  const isLate = late.length > mostLate
  for (const { leaf, name } of open) {
    const found = new SpanBits(most)
    sets.set(name, found)
    const find = wholeStore(leaf)
    if (find) {
      for (const id of find(store)) found.add(id)
      continue
    }
    if (leaf.type === 'text') {
      if (index) found.words.set(index.spansOf(leaf).words.subarray(0, found.words.length))
      for (const id of late) found.delete(id)
      if (late.length > 0 && !isLate) asked.push({ test: readingTest(leaf), found, may: new SpanBits(0) })
      continue
    }
    const said = index?.said.answer(leaf)
    if (said) {
      found.words.set(said.yes.words.subarray(0, found.words.length))
      for (const id of late) found.delete(id)
    }
    asked.push({ test: readingTest(leaf), found, may: said?.maybe ?? index?.mayMatch(leaf) })
  }
  readAll(toRead(store, condition, asked, late), asked, new Set(late), readSpan)
  return { sets, isWhole: !isLate || !open.some(({ leaf }) => leaf.type === 'text') }
}

/** Reads each span once, for all questions. */
function readAll(ids: readonly number[], asked: readonly Asked[], late: ReadonlySet<number>, read: SpanSource): void {
  for (const [id, span] of read.each?.(ids) ?? oneByOne(ids, read)) {
    for (const { test, found, may } of asked) {
      if ((may === undefined || may.has(id) || late.has(id)) && test(span)) found.add(id)
    }
  }
}

function* oneByOne(ids: readonly number[], read: SpanSource): Generator<readonly [number, ReadSpan]> {
  for (const id of ids) {
    const span = read(id)
    if (span) yield [id, span]
  }
}

/** What the index has not seen: spans that are new, and those that gained a record. Ascending. */
export function spansAfter(store: Store, record: number): number[] {
  return store
    .statement<[number, number], number>(
      'SELECT id FROM span WHERE id > ? UNION SELECT span FROM extra WHERE id > ? ORDER BY 1',
    )
    .pluck()
    .all(record, record)
}

/** Fewer are read faster than the columns say which of them are worth it. */
const fewReads = 50

/** Spans whose records must be read, ascending. */
function toRead(store: Store, condition: Condition, asked: readonly Asked[], late: readonly number[]): number[] {
  if (asked.length === 0) return []
  if (asked.every(({ may }) => may !== undefined)) {
    const ids = new Set([...late, ...asked.flatMap(({ may }) => may!.ids())])
    if (ids.size <= fewReads) return [...ids].sort((a, b) => a - b)
    return candidatesOf(store, condition).filter(id => ids.has(id))
  }
  return candidatesOf(store, condition)
}

/** Spans whose records must be read: where a clause must hold and the columns know of whom, only those. */
function candidatesOf(store: Store, condition: Condition): number[] {
  const told = isTold(store)
  const isUsed = condition.type === 'all' && isNarrow(condition.of, told)
  const known = isUsed ? condition.of.filter(part => isPlain(part, told)) : []
  const { builder, where } =
    known.length > 0 ? compile({ type: 'all', of: known }, told) : { builder: undefined, where: '1' }
  return store.db
    .prepare<[Bound], number>(`SELECT s.id FROM span s WHERE ${where} ORDER BY s.id`)
    .pluck()
    .all(builder?.values ?? {})
}

/** No clause about other spans reads records: those spans could be any. */
function isNarrow(parts: readonly Condition[], told: boolean): boolean {
  const readsElsewhere = (one: Condition, elsewhere: boolean): boolean => {
    if (one.type === 'leaf') return elsewhere && isInRecords(one.leaf, told)
    if (one.type === 'not') return readsElsewhere(one.of, elsewhere)
    if (one.type === 'scope') return readsElsewhere(one.of, true)
    return one.of.some(part => readsElsewhere(part, elsewhere))
  }
  return !parts.some(part => readsElsewhere(part, false))
}

function isPlain(one: Condition, told: boolean): boolean {
  if (one.type === 'leaf') return isInColumns(one.leaf, told)
  if (one.type === 'scope') return false
  return one.type === 'not' ? isPlain(one.of, told) : one.of.every(part => isPlain(part, told))
}
