import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import type { Searched } from '../../../shared/contract/search.ts'
import type { Store } from '../open.ts'
import { Recent } from '../recent.ts'
import { SpanBits } from '../text-index/span-bits.ts'
import type { TextIndex } from '../text-index/text-index.ts'
import { filledIn } from '../prompts/slots.ts'
import { compile, type OpenLeaf } from './compile.ts'
import { spansOfLeaf } from '../table/leaf-rows.ts'
import { tableOf } from '../table/table.ts'
import { isInColumns, isTold } from './leaves.ts'
import { mostInSteps, ReadAnswers, readMore, type ReadClause } from './read-answers.ts'
import type { SpanSource } from './search.ts'
import { slowSpans } from './slow.ts'
import type { Bound } from './statement.ts'
import { spansByTree } from './tree-values.ts'

/** Which spans satisfy each open question, by its name. */
export interface OpenAnswers {
  readonly sets: ReadonlyMap<string, SpanBits>
  /** Spans of which some question is not settled yet; absent: there are none. */
  readonly unsettled?: SpanBits
  /** Nothing waits for the index, nor for being read. */
  readonly isWhole: boolean
  /** How far the reading is, where it was given up until somebody asks again. */
  readonly searched?: Searched
}

/**
 * Answers what the columns do not: from the index, from all spans together, or by reading texts and records, the latest
 * first, until that time (`performance.now`). Who asks again goes on from there.
 */
export function answerOpen(
  store: Store,
  condition: Condition,
  open: readonly OpenLeaf[],
  readSpan: SpanSource,
  index: TextIndex | undefined,
  until: number,
): OpenAnswers {
  if (open.length === 0) return { sets: new Map(), isWhole: true }
  const known = memoryOf(store, index)
  const key = keyOf(condition)
  const found = known.answers.known(key)
  if (found) return found
  // What is forgotten meanwhile would be read again and again.
  const time = open.length > mostInSteps ? Number.POSITIVE_INFINITY : until
  const answers = answer(store, { key, condition, open, ids: known.ids }, readSpan, index, time)
  return answers.isWhole ? known.answers.get(key, () => answers) : answers
}

export function keyOf(asked: Condition | Leaf): string {
  return JSON.stringify(asked, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

/**
 * A list is asked for page by page: the last answers are kept for as long as nobody writes to the store or the index, and
 * which spans must be read for one that is not complete.
 */
interface Memory {
  readonly version: string
  readonly answers: Recent<OpenAnswers>
  readonly ids: Recent<Uint32Array>
}
const memory = new WeakMap<Store, Memory>()
const mostRemembered = 8
/** What was read is kept beyond that, by who read it. */
const readings = new WeakMap<SpanSource, ReadAnswers>()

function memoryOf(store: Store, index: TextIndex | undefined): Memory {
  const own = store.statement<[], { n: number }>('SELECT total_changes() AS n').get()!.n
  const written = store.statement<[], { data_version: number }>('PRAGMA data_version').get()!.data_version
  const version = `${written} ${own} ${index ? JSON.stringify(index.state) : ''}`
  let known = memory.get(store)
  if (known === undefined || known.version !== version)
    known = { version, answers: new Recent(mostRemembered), ids: new Recent(mostRemembered) }
  memory.set(store, known)
  return known
}

function isInRecords(leaf: Leaf, told: boolean): boolean {
  return !isInColumns(leaf, told) && wholeStore(leaf) === undefined
}

/** Answers that follow from all spans together, without their records. */
function wholeStore(leaf: Leaf): ((store: Store) => number[]) | undefined {
  if (leaf.type === 'is' && leaf.words.includes('slow')) return slowSpans
  if (leaf.type === 'is' && leaf.words.includes('retried')) return store => spansOfLeaf(tableOf(store), leaf)
  if ((leaf.type === 'name' || leaf.type === 'has') && leaf.field.id === 'tool.used') {
    return store => spansOfLeaf(tableOf(store), leaf)
  }
  if (leaf.type !== 'interval' && leaf.type !== 'has') return undefined
  const { id } = leaf.field
  if (id !== 'children' && id !== 'self') return undefined
  return store => spansByTree(store, id, leaf.type === 'interval' ? leaf.within : {})
}

interface Asked {
  readonly key: string
  readonly condition: Condition
  readonly open: readonly OpenLeaf[]
  /** Spans to read, by query. */
  readonly ids: Recent<Uint32Array>
}

function answer(
  store: Store,
  { key, condition, open, ids }: Asked,
  readSpan: SpanSource,
  index: TextIndex | undefined,
  until: number,
): OpenAnswers {
  const most = store.statement<[], { id: number }>('SELECT ifnull(max(id), 0) AS id FROM span').get()!.id
  const sets = new Map<string, SpanBits>()
  const clauses: { readonly clause: ReadClause; readonly found: SpanBits }[] = []
  const late = spansAfter(store, index?.state.record ?? 0)
  const lateIds = new Set(late)
  const isLate = late.length > (readSpan.mostLate ?? Number.POSITIVE_INFINITY)
  const searches: Searched[] = []
  for (const { leaf, name } of open) {
    const found = new SpanBits(most)
    sets.set(name, found)
    const find = wholeStore(leaf)
    if (find) {
      for (const id of find(store)) found.add(id)
      continue
    }
    if (leaf.type === 'text') {
      if (index) {
        const { spans, searched } = index.spansOf(leaf, until)
        found.words.set(spans.words.subarray(0, found.words.length))
        if (searched) searches.push(searched)
      }
      for (const id of late) found.delete(id)
      if (late.length > 0 && !isLate)
        clauses.push({
          clause: { key: keyOf(leaf), leaf, of: { has: (id: number) => lateIds.has(id), ids: () => late } },
          found,
        })
      continue
    }
    const said = index?.said.answer(leaf)
    if (said) {
      found.words.set(said.yes.words.subarray(0, found.words.length))
      for (const id of late) found.delete(id)
    }
    const may = said?.maybe ?? index?.mayMatch(leaf)
    const filled = 'field' in leaf ? filledIn(store, leaf) : undefined
    const others = filled && filled.calls.length > 0 ? new Set([...late, ...filled.calls]) : lateIds
    const of = may && { has: (id: number) => may.has(id) || others.has(id), ids: () => [...may.ids(), ...others] }
    clauses.push({ clause: { key: `${keyOf(leaf)} ${filled?.generation ?? ''}`, leaf, of }, found })
  }
  // Texts that were not looked at may be in any span.
  const unsettled = searches.length > 0 ? everySpan(most) : new SpanBits(most)
  if (clauses.length > 0) {
    const asked = clauses.map(({ clause }) => clause)
    const those = ids.get(key, () => Uint32Array.from(toRead(store, condition, asked)))
    const known = readingsOf(store, readSpan).known(asked, most)
    const done = readMore(those, known, readSpan, until)
    for (const [i, { of, read, holds }] of known.entries()) {
      const { found } = clauses[i]!
      for (const id of those) {
        if (of && !of.has(id)) continue
        if (holds.has(id)) found.add(id)
        else if (!read.has(id)) unsettled.add(id)
      }
    }
    if (done < those.length) searches.push({ done, all: those.length })
  }
  const waits = isLate && open.some(({ leaf }) => leaf.type === 'text')
  if (waits) for (const id of late) unsettled.add(id)
  if (searches.length === 0) return waits ? { sets, unsettled, isWhole: false } : { sets, isWhole: true }
  const sum = (of: (one: Searched) => number) => searches.reduce((total, one) => total + of(one), 0)
  return { sets, unsettled, isWhole: false, searched: { done: sum(one => one.done), all: sum(one => one.all) } }
}

function readingsOf(store: Store, readSpan: SpanSource): ReadAnswers {
  let found = readings.get(readSpan)
  if (found) found.renew(store)
  else readings.set(readSpan, (found = new ReadAnswers(store)))
  return found
}

function everySpan(most: number): SpanBits {
  const all = new SpanBits(most)
  all.words.fill(0xffff_ffff)
  return all
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
function toRead(store: Store, condition: Condition, asked: readonly ReadClause[]): number[] {
  if (asked.some(({ of }) => of === undefined)) return candidatesOf(store, condition)
  const ids = new Set(asked.flatMap(({ of }) => [...of!.ids()]))
  if (ids.size <= fewReads) return [...ids].sort((a, b) => a - b)
  return candidatesOf(store, condition).filter(id => ids.has(id))
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
