import type { TraceListRow } from '../../shared/contract/traces.ts'
import { traceSortFields } from '../../shared/contract/traces.ts'
import { normalizeId } from '../../shared/domain/ids.ts'
import { nanoToDecimal } from '../../shared/domain/numbers.ts'
import type { TraceRow } from '../../shared/domain/span.ts'
import { joinTime } from '../../shared/domain/units.ts'
import type { Store } from './open.ts'
import { sql } from './sql.ts'

export type TraceSort = (typeof traceSortFields)[number]

export interface TraceWindow {
  readonly sort: TraceSort
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/** A row of `trace` with its names in place; null is unknown. */
interface StoredRow {
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
const orders: Readonly<Record<TraceSort, readonly [column: string, second?: string]>> = {
  start: ['trace.start', 'trace.start_ns'],
  duration: ['trace.dur', 'trace.dur_ns'],
  name: ['name.s COLLATE NOCASE'],
  spans: ['trace.spans'],
  calls: ['trace.calls'],
  errors: ['trace.errors'],
  input: ['trace.input'],
  output: ['trace.output'],
  cost: ['trace.cost'],
}

/** One window of the list, and how many traces there are in all. */
export function listTraces(store: Store, window: TraceWindow): { total: number; rows: TraceListRow[] } {
  const { total, rows } = readWindow(store, window)
  return { total, rows: rows.map(toListRow) }
}

/** The same for `traces --json`: exact nanoseconds, money as a decimal. */
export function listTraceRows(store: Store, window: TraceWindow): { total: number; rows: TraceRow[] } {
  const { total, rows } = readWindow(store, window)
  return { total, rows: rows.map(toTraceRow) }
}

export function readTraceRow(store: Store, id: number): TraceListRow | undefined {
  const row = store.statement<[number], StoredRow>(`${sql('queries/trace-rows')} WHERE trace.id = ?`).get(id)
  return row && toListRow(row)
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
): { total: number; rows: StoredRow[] } {
  const direction = descending ? 'DESC' : 'ASC'
  const columns = orders[sort].map(column => `${column} ${direction} NULLS LAST`).join(', ')
  const text = `${sql('queries/trace-rows')} ORDER BY ${columns}, trace.key LIMIT ? OFFSET ?`
  return store.snapshot(() => ({
    total: store.query<[], { total: number }>('trace-count').get()!.total,
    rows: store.statement<[number, number], StoredRow>(text).all(limit, offset),
  }))
}

function toListRow(row: StoredRow): TraceListRow {
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
    ...given('cost', row.cost),
    uncosted: row.uncosted,
    ...given('session', row.session),
    ...given('user', row.user),
    ...given('environment', row.environment),
    ...given('release', row.release),
    ...given('application', row.application),
    growing: row.dirty !== 0,
  }
}

function toTraceRow(row: StoredRow): TraceRow {
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
  }
}

/** An unknown fact is an absent key. */
function given<K extends string, V>(key: K, value: V | null): { [P in K]?: V } {
  return value === null ? {} : ({ [key]: value } as { [P in K]?: V })
}
