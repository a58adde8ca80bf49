import type { Store } from './open.ts'

// Everything of a store, or of some of its traces, a page at a time.

export interface RecordRow {
  readonly id: number
  /** Row in `context`. */
  readonly context: number
  readonly place: number
  /** 1 for the first record of a span, 0 for what further records say of it. */
  readonly spans: number
  /** Row in `file`; null where the import that brought it is gone. */
  readonly file: number | null
}

export interface TraceKey {
  readonly id: number
  /** The trace id in normal form. */
  readonly key: string
  readonly spans: number
}

type Page = { readonly after: number; readonly traces: string | null; readonly limit: number }

const page = 500

/** Records in the order in which they came. */
export function* walkRecords(store: Store, traces?: readonly number[]): Generator<RecordRow> {
  yield* walk(store, 'records-after', traces)
}

/** Traces in the order in which they came. */
export function* walkTraces(store: Store, traces?: readonly number[]): Generator<TraceKey> {
  yield* walk(store, 'traces-after', traces)
}

function* walk<Row extends { readonly id: number }>(
  store: Store,
  query: string,
  traces: readonly number[] | undefined,
): Generator<Row> {
  // Each page looks all of them up: a selection of a million goes in parts.
  const parts = traces && traces.length > mostAtOnce ? partsOf(traces) : [traces]
  for (const part of parts) yield* walkPart<Row>(store, query, listOf(part))
}

const mostAtOnce = 50_000

function partsOf(traces: readonly number[]): number[][] {
  const sorted = traces.toSorted((a, b) => a - b)
  const parts: number[][] = []
  for (let from = 0; from < sorted.length; from += mostAtOnce) parts.push(sorted.slice(from, from + mostAtOnce))
  return parts
}

function* walkPart<Row extends { readonly id: number }>(
  store: Store,
  query: string,
  chosen: string | null,
): Generator<Row> {
  for (let after = 0; ;) {
    const rows = store.query<[Page], Row>(query).all({ after, traces: chosen, limit: page })
    yield* rows
    if (rows.length < page) return
    after = rows.at(-1)!.id
  }
}

export function countSpans(store: Store, traces?: readonly number[]): number {
  return store.query<[{ traces: string | null }], { spans: number }>('spans-of-traces').get({ traces: listOf(traces) })!
    .spans
}

export function filePath(store: Store, file: number | null): string {
  return (file === null ? undefined : store.query<[number], { path: string }>('file-path').get(file)?.path) ?? ''
}

function listOf(traces: readonly number[] | undefined): string | null {
  return traces ? JSON.stringify(traces) : null
}
