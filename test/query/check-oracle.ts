import { countMatches, findSpans } from '../../electron/store/search/find.ts'
import type { Store } from '../../electron/store/open.ts'
import type { SpanSource } from '../../electron/store/search/search.ts'
import { readElsewhere, type Elsewhere } from '../../electron/store/table/elsewhere.ts'
import { matchingRows, matchingSet } from '../../electron/store/table/matching.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import type { Condition } from '../../shared/query/plan.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { printQuery } from '../../shared/query/print.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import { seededRandom } from '../helpers/random.ts'
import { loadOracle } from './corpus-store.ts'
import { Oracle } from './oracle.ts'
import { QueryMaker } from './random-query.ts'

export interface OracleReport {
  /** Queries asked, and how many of them found some spans but not all. */
  readonly asked: number
  readonly telling: number
  readonly spans: number
  /** A query whose answers differ, in a sentence. */
  readonly difference?: string
}

const clock = { now: 1_780_000_000_000_000_000n, zone: 'Europe/Berlin' }

/** The same from the typed columns; throws where the set says otherwise than its bytes. */
function tableIds(store: Store, condition: Condition | undefined, readSpan: SpanSource): number[] {
  const table = tableOf(store)
  const set = matchingSet(table, condition, readElsewhere(store, readSpan), () => {})
  const numbers = set.numbers()
  const has = Array.from(table.layout.id.keys()).filter(row => set.has(row))
  const rows = set.bytes
  const same = numbers.length === set.total && numbers.every((row, i) => rows[row] === 1 && row === has[i])
  if (!same || has.length !== set.total) throw new Error('A set of rows contradicts itself.')
  return Array.from(table.layout.id.filter((_, row) => rows[row] === 1)).sort((a, b) => a - b)
}

/**
 * The same from somebody without patience, who asks again and again: the ids in the end. Throws where a row was shown that
 * does not match, or asking gets nowhere.
 */
function patientIds(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  expected: number[],
): number[] {
  const table = tableOf(store)
  const read = readElsewhere(store, readSpan)
  const matching = new Set(expected)
  for (let left = expected.length + 10_000; left > 0; left--) {
    let isOver = true
    const impatient: Elsewhere = need => read(need.type === 'spans' ? { ...need, patience: 0 } : need)
    const rows = matchingRows(table, condition, impatient, searched => (isOver &&= searched === undefined))
    const ids = Array.from(table.layout.id.filter((_, row) => rows[row] === 1)).sort((a, b) => a - b)
    if (isOver) return ids
    const wrong = ids.find(id => !matching.has(id))
    if (wrong !== undefined) throw new Error(`Span ${wrong} was shown before all was read, and does not match.`)
  }
  throw new Error('Asking again gets nowhere.')
}

/** Asks the store and the naive evaluator the same random queries, until they differ. */
export function checkOracle(store: Store, seed: number, queries: number, tell?: (asked: number) => void): OracleReport {
  const traces = loadOracle(store)
  const oracle = new Oracle(traces)
  const { spans } = oracle
  const byId = new Map(spans.map(one => [one.id, one]))
  const read = new Map(spans.map(one => [one.id, new ReadSpan(one.span)]))
  const maker = new QueryMaker(spans, seededRandom(seed))
  let telling = 0
  for (let asked = 1; asked <= queries; asked++) {
    const text = maker.query()
    const parsed = parseQuery(text)
    if (!parsed.ok) return { asked, telling, spans: spans.length, difference: `${text}: ${parsed.error.message}` }
    const condition = resolveQuery(parsed.query, clock)
    const expected = oracle.find(condition)
    // First: a whole answer is remembered.
    const isPatient = asked % 10 === 0
    const inPatience = isPatient ? patientIds(store, condition, id => read.get(id), expected) : expected
    const { spans: found, total } = findSpans(store, condition, id => read.get(id), { offset: 0, limit: 1_000_000 })
    const { isWhole, ...counts } = countMatches(store, condition, id => read.get(id))
    const ids = found.map(span => span.id).sort((a, b) => a - b)
    const matching = expected.map(id => byId.get(id)!)
    const expectedCounts = {
      traces: new Set(matching.map(one => one.traceId)).size,
      spans: expected.length,
      calls: matching.filter(one => one.counted === 1).length,
    }
    const inColumns = tableIds(store, condition, id => read.get(id))
    const same =
      isWhole &&
      inColumns.join() === expected.join() &&
      inPatience.join() === expected.join() &&
      ids.join() === expected.join() &&
      total === counts.spans &&
      JSON.stringify(counts) === JSON.stringify(expectedCounts)
    if (!same) {
      if (inColumns.join() !== expected.join()) {
        const missing = expected.filter(id => !inColumns.includes(id)).slice(0, 5)
        const extra = inColumns.filter(id => !expected.includes(id)).slice(0, 5)
        const difference = `query ${asked}: ${text}\nread as: ${printQuery(parsed.query)}\nin columns: missing ${missing.join()}, too many ${extra.join()}`
        return { asked, telling, spans: spans.length, difference }
      }
      const missing = expected.filter(id => !ids.includes(id)).slice(0, 5)
      const extra = ids.filter(id => !expected.includes(id)).slice(0, 5)
      const difference = `query ${asked}: ${text}\nread as: ${printQuery(parsed.query)}\nmissing ${missing.join()}, too many ${extra.join()}; counts ${JSON.stringify(counts)} for ${JSON.stringify(expectedCounts)}`
      return { asked, telling, spans: spans.length, difference }
    }
    if (expected.length > 0 && expected.length < spans.length) telling++
    tell?.(asked)
  }
  return { asked: queries, telling, spans: spans.length }
}
