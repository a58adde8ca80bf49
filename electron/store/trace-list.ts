import type { TraceListRow } from '../../shared/contract/traces.ts'
import type { traceSortFields } from '../../shared/contract/traces.ts'
import { normalizeId } from '../../shared/domain/ids.ts'
import { nanoToDecimal } from '../../shared/domain/numbers.ts'
import type { TraceRow } from '../../shared/domain/span.ts'
import { joinTime } from '../../shared/domain/units.ts'
import type { Store } from './open.ts'
import { providePrices, traceCostSql } from './search/price-function.ts'
import { pricerOf } from './price-book.ts'
import { costOfTrace, type TraceCost } from './trace-cost.ts'
import type { Prepared } from './search/search.ts'

export type TraceSort = (typeof traceSortFields)[number]

export interface TraceWindow {
  /** `relevance` is for queries whose scores are provided; else it is as `start`. */
  readonly sort: TraceSort | 'relevance'
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/** A row of `trace` with its names in place; null is unknown. */
export interface StoredRow {
  readonly id: number
  readonly key: string
  readonly name: string | null
  readonly start: number | null
  readonly start_ns: number
  readonly dur: number | null
  readonly dur_ns: number
  readonly spans: number
  readonly calls: number
  readonly errors: number
  readonly tools: number
  readonly input: number | null
  readonly output: number | null
  readonly cost: number | null
  readonly uncosted: number
  readonly session: string | null
  readonly user: string | null
  readonly environment: string | null
  readonly release: string | null
  readonly application: string | null
  readonly dirty: number
}

/** Unknown comes last whichever way a column is sorted. The trace id settles ties, so that windows never overlap. */
const orders: Readonly<Record<TraceSort, (direction: 'ASC' | 'DESC') => string>> = {
  start: direction => `trace.start ${direction} NULLS LAST, trace.start_ns ${direction}`,
  duration: direction => `trace.dur ${direction} NULLS LAST, trace.dur_ns ${direction}`,
  name: direction => `name.s COLLATE NOCASE ${direction}`,
  spans: direction => `trace.spans ${direction}`,
  calls: direction => `trace.calls ${direction}`,
  errors: direction => `trace.errors ${direction}`,
  input: direction => `trace.input ${direction} NULLS LAST`,
  output: direction => `trace.output ${direction} NULLS LAST`,
  cost: direction => `${traceCostSql('trace')} ${direction} NULLS LAST`,
}

/** One window of the list, and how many traces there are in all. With a query: of those that hold a span of it. */
export function listTraces(
  store: Store,
  window: TraceWindow,
  query?: Prepared,
): { total: number; rows: TraceListRow[] } {
  const { total, rows } = readWindow(store, window, query)
  return { total, rows: rows.map(row => toListRow(row, costOf(store, row))) }
}

/** The same for `traces --json`: exact nanoseconds, money as a decimal. */
export function listTraceRows(
  store: Store,
  window: TraceWindow,
  query?: Prepared,
): { total: number; rows: TraceRow[] } {
  const { total, rows } = readWindow(store, window, query)
  return { total, rows: rows.map(row => toTraceRow(store, row)) }
}

export function readTraceRow(store: Store, id: number): TraceListRow | undefined {
  const row = readStoredRow(store, id)
  return row && toListRow(row, costOf(store, row))
}

/** Row id of a trace by its id, as stored or as some file may have written it. */
export function findTrace(store: Store, traceId: string): number | null {
  const query = store.query<[string], { id: number }>('trace-by-key')
  const found = query.get(traceId.toWellFormed()) ?? query.get(normalizeId(traceId)?.toWellFormed() ?? '')
  return found?.id ?? null
}

function readWindow(
  store: Store,
  { sort, descending, offset, limit }: TraceWindow,
  query: Prepared | undefined,
): { total: number; rows: StoredRow[] } {
  const direction = descending ? 'DESC' : 'ASC'
  const order = orders[sort === 'relevance' ? 'start' : sort](sort === 'relevance' ? 'DESC' : direction)
  // Ids first: what is sorted should be narrow, and names are wanted of one window only.
  const from = sort === 'name' ? 'trace LEFT JOIN name ON name.id = trace.name' : 'trace'
  const those = query ? `WHERE trace.id IN (SELECT s.trace FROM span s WHERE ${query.where})` : ''
  const text =
    query && sort === 'relevance'
      ? `SELECT trace.id FROM span s JOIN trace ON trace.id = s.trace WHERE ${query.where} GROUP BY trace.id
         ORDER BY max(relevance(s.id)) ${direction}, ${order}, trace.key LIMIT @limit OFFSET @offset`
      : `SELECT trace.id FROM ${from} ${those} ORDER BY ${order}, trace.key LIMIT @limit OFFSET @offset`
  if (sort === 'cost') providePrices(store)
  return store.snapshot(() => {
    // A query is asked once: its statement is not kept.
    const ids = query
      ? store.db.prepare<unknown[], { id: number }>(text)
      : store.statement<unknown[], { id: number }>(text)
    return {
      total: query ? countTraces(store, query) : store.query<[], { total: number }>('trace-count').get()!.total,
      rows: ids.all({ ...query?.values, limit, offset }).map(({ id }) => readStoredRow(store, id)!),
    }
  })
}

function countTraces(store: Store, { where, values }: Prepared): number {
  const text = `SELECT count(DISTINCT s.trace) FROM span s WHERE ${where}`
  return store.db.prepare<unknown[], number>(text).pluck().get(values)!
}

export function readStoredRow(store: Store, id: number): StoredRow | undefined {
  return store.query<[number], StoredRow>('trace-row').get(id)
}

function costOf(store: Store, { id }: StoredRow): TraceCost {
  return costOfTrace(store, pricerOf(store), id)
}

/** What a trace cost follows from its calls: who has read them already does not read them again. */
export function toListRow(row: StoredRow, { cost, computed, uncosted }: TraceCost): TraceListRow {
  return {
    id: row.id,
    traceId: row.key,
    name: row.name ?? '',
    ...given('start', row.start === null ? null : row.start + row.start_ns / 1000),
    ...given('duration', row.dur === null ? null : (row.dur * 1000 + row.dur_ns) / 1000),
    spans: row.spans,
    calls: row.calls,
    errors: row.errors,
    tools: row.tools,
    ...given('input', row.input),
    ...given('output', row.output),
    ...given('cost', known(cost)),
    ...given('recorded', row.cost),
    ...given('computed', known(computed)),
    uncosted,
    ...given('session', row.session),
    ...given('user', row.user),
    ...given('environment', row.environment),
    ...given('release', row.release),
    ...given('application', row.application),
    growing: row.dirty !== 0,
  }
}

function toTraceRow(store: Store, row: StoredRow): TraceRow {
  const { computed, uncosted } = costOf(store, row)
  return {
    traceId: row.key,
    name: row.name ?? '',
    ...given('startTime', row.start === null ? null : joinTime(row.start, row.start_ns).toString()),
    ...given('durationNs', row.dur === null ? null : joinTime(row.dur, row.dur_ns).toString()),
    spanCount: row.spans,
    callCount: row.calls,
    errorCount: row.errors,
    ...given('inputTokens', row.input),
    ...given('outputTokens', row.output),
    ...given('recordedCost', row.cost === null ? null : nanoToDecimal(row.cost)),
    ...given('computedCost', Number.isNaN(computed) ? null : nanoToDecimal(computed)),
    unpricedCalls: uncosted,
  }
}

function known(nano: number): number | null {
  return Number.isNaN(nano) ? null : nano
}

/** An unknown fact is an absent key. */
function given<K extends string, V>(key: K, value: V | null): { [P in K]?: V } {
  return value === null ? {} : ({ [key]: value } as { [P in K]?: V })
}
