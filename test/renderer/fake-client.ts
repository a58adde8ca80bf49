// A host in the test's own memory: answers by name from plain functions, and tells events when the test says so.

import type { EventData, EventName, Input, Output, RequestName } from '../../shared/contract/index.ts'
import { columnType, readColumn } from '../../shared/query/list-columns.ts'
import type { TraceListRow } from '../../shared/contract/traces.ts'
import { createClient, type PageClient } from '../../renderer/state/client.ts'
import { RequestCancelled } from '../../renderer/state/request-error.ts'

type Answers = { [K in RequestName]?: (input: Input<K>) => Output<K> | Promise<Output<K>> }

export interface FakeClient extends PageClient {
  readonly answers: Answers
  readonly asked: { name: string; input: unknown }[]
  readonly tell: <K extends EventName>(name: K, data: EventData<K>) => void
  readonly connect: (connected: boolean) => void
  readonly failUploads: (why: Error) => void
  readonly uploads: { key: string; names: string[] }[]
}

const noPrices = { source: 'a list', version: '1', date: '2026-09-23', rules: 0 }

/** Everything a frame asks by itself is answered; a test adds or replaces what it is about. */
export function fakeClient(answers: Answers = {}, host: { readonly paths?: boolean } = {}): FakeClient {
  const listeners = new Map<string, Set<(data: unknown) => void>>()
  const connections = new Set<(connected: boolean) => void>()
  const asked: { name: string; input: unknown }[] = []
  const uploads: { key: string; names: string[] }[] = []
  let uploadFailure: Error | undefined
  const all: Answers = {
    'app.info': () => ({
      version: '0.0.0',
      host: 'memory',
      formats: [{ id: 'otlp-json', label: 'OTLP JSON' }],
      conventions: [
        { id: 'openinference', label: 'OpenInference' },
        { id: 'otel-genai', label: 'OpenTelemetry GenAI' },
      ],
      nativeDialog: false,
    }),
    'store.summary': () => summary(3),
    'imports.list': () => ({ imports: [] }),
    'rereading.status': () => ({ due: 0 }),
    'spans.cost': () => ({}),
    'prices.rules': () => ({ rules: [], revision: '' }),
    'prices.models': () => ({ models: [] }),
    'prices.status': () => ({ used: noPrices, current: noPrices, differs: false, canUndo: false, wrong: [] }),
    'traces.inputs': ({ ids }) => ({ inputs: ids.map(() => null) }),
    // A list of traces is what the test says of traces.
    'lists.rows': async input => {
      const answer = all['traces.list']
      if (!answer) return listAnswer(input, 0, [])
      const { where, offset, limit, sort } = input
      const column = sort.column === 'started' ? 'start' : (sort.column as Input<'traces.list'>['sort'])
      const asked = { ...(where ? { where } : {}), sort: column, descending: sort.descending, offset, limit }
      const { total, rows } = await answer(asked)
      return listAnswer(input, total, rows)
    },
    'lists.totals': () => ({ total: 0, exact: true, sums: { ...noSums }, outside: 0 }),
    'lists.histogram': () => ({
      exact: true,
      width: 0,
      buckets: 0,
      undated: 0,
      outside: 0,
      series: [],
      counts: new Uint32Array(),
    }),
    'lists.facets': () => ({ total: 0, exact: true, facets: [] }),
    'notes.read': ({ ids }) => ({ starred: ids.map(() => false), tags: ids.map(() => []), notes: ids.map(() => null) }),
    'notes.ofTrace': () => ({ ids: [], starred: [], tags: [], notes: [] }),
    'notes.tags': () => ({ tags: [] }),
    'views.list': () => ({ views: [] }),
    'success.list': () => ({ successes: [] }),
    'scores.list': () => ({ files: [] }),
    ...answers,
  }
  const client = createClient({
    ask: async (name, input, signal) => {
      asked.push({ name, input })
      const answer = all[name as RequestName] as ((input: unknown) => unknown) | undefined
      if (!answer) return { ok: false, error: { code: 'test/no-answer', message: `Nobody answers ${name}.` } }
      try {
        const value = await answer(input)
        if (signal?.aborted) throw new RequestCancelled()
        return { ok: true, value }
      } catch (caught) {
        if (caught instanceof RequestCancelled) throw caught
        return { ok: false, error: caught as { code: string; message: string } }
      }
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    onConnection: listener => {
      connections.add(listener)
      return () => connections.delete(listener)
    },
    ...(host.paths
      ? { pathsOf: (files: readonly File[]) => files.map(file => `/dumps/${file.name}`) }
      : {
          upload: async (key: string, files: readonly Blob[]) => {
            if (uploadFailure) throw uploadFailure
            uploads.push({ key, names: files.map(file => (file instanceof File ? file.name : '')) })
          },
        }),
  })
  return {
    ...client,
    answers: all,
    asked,
    uploads,
    failUploads: why => {
      uploadFailure = why
    },
    tell: (name, data) => {
      for (const listener of listeners.get(name) ?? []) listener(data)
    },
    connect: connected => {
      for (const listener of connections) listener(connected)
    },
  }
}

const noSums = { traces: 0, spans: 0, calls: 0, errors: 0, uncosted: 0 }

/** Rows of traces as the columns of a list. */
export function listAnswer(
  { columns }: Pick<Input<'lists.rows'>, 'columns'>,
  total: number,
  rows: readonly TraceListRow[],
): Output<'lists.rows'> {
  const values: string[] = []
  const cells = new Float64Array(columns.length * rows.length).fill(Number.NaN)
  for (const [c, column] of columns.entries()) {
    for (const [i, row] of rows.entries()) {
      const cell = cellOf(row, column)
      if (typeof cell === 'number') cells[c * rows.length + i] = cell
      if (typeof cell === 'string') cells[c * rows.length + i] = values.push(cell) - 1
    }
  }
  const id = Float64Array.from(rows, row => row.id)
  return {
    total,
    exact: true,
    id,
    trace: id.slice(),
    columns: columns.map(column => ({ column, type: columnType(readColumn(column)!) })),
    cells,
    values,
  }
}

function cellOf(row: TraceListRow, column: string): string | number | undefined {
  const other: Readonly<Record<string, string | number | undefined>> = {
    trace: row.traceId,
    started: row.start,
    'tokens.input': row.input,
    'tokens.output': row.output,
    growing: row.growing ? 1 : 0,
  }
  const value = Object.hasOwn(other, column) ? other[column] : (row as Readonly<Record<string, unknown>>)[column]
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

export function summary(traces: number): Output<'store.summary'> {
  return {
    path: '/stores/june.spanwise',
    name: 'june.spanwise',
    traces,
    spans: traces * 10,
    calls: traces * 4,
    imports: 1,
    bytes: 4096,
    readOnly: false,
    newerSchema: false,
  }
}

export function traceRow(n: number, more: Partial<TraceListRow> = {}): TraceListRow {
  return {
    id: n,
    traceId: `trace-${n}`,
    name: `agent ${n}`,
    start: 1_780_495_331_204_000 - n * 1_000_000,
    duration: 1_500_000,
    spans: 10,
    calls: 4,
    errors: 0,
    tools: 2,
    uncosted: 0,
    growing: false,
    ...more,
  }
}

/** A list of `total` traces, newest first, as the engine would window it. */
export function listOf(total: () => number, row: (n: number) => TraceListRow = traceRow) {
  return ({ offset, limit, descending }: Input<'traces.list'>): Output<'traces.list'> => {
    const n = total()
    const rows = Array.from({ length: Math.max(0, Math.min(limit, n - offset)) }, (_, i) =>
      row(descending ? offset + i : n - 1 - offset - i),
    )
    return { total: n, rows }
  }
}
