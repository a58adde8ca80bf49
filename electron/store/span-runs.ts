import { RowWriter } from './row-writer.ts'
import type { Store } from './open.ts'

/** Stepping over so many rows of others costs less than seeking the next of one's own. */
const mostBetween = 8

/**
 * Writes `span_run`, by which the spans of a trace are found. Spans arrive in the order of their traces, or nearly: of a
 * gigabyte with 141,220 spans 5,600 runs tell what an index does in sixteen times the room, and reading a trace is a scan.
 */
export class SpanRuns {
  private readonly rows: RowWriter

  constructor(store: Store) {
    this.rows = new RowWriter(store, 'span_run', 'trace first n')
  }

  /** Spans of a trace that are in none of its runs, in order of ids; no others of it lie between them. */
  add(trace: number, count: number, idOf: (k: number) => number): void {
    for (let k = 0; k < count;) {
      const first = idOf(k)
      let end = first + 1
      while (++k < count && idOf(k) - end <= mostBetween) end = idOf(k) + 1
      this.rows.add(trace, first, end - first)
    }
  }

  flush(): void {
    this.rows.flush()
  }

  /** Forgets what was not written. */
  clear(): void {
    this.rows.clear()
  }
}

/** After spans of a trace left or moved; `arrived` are the ids of those that moved. */
export function renewRuns(store: Store, trace: number, arrived: readonly number[]): void {
  const left = store.query<[number], { id: number }>('trace-spans').all(trace)
  const ids = [...new Set([...left.map(({ id }) => id), ...arrived])].sort((a, b) => a - b)
  store.query<[number], unknown>('span-runs-delete').run(trace)
  const runs = new SpanRuns(store)
  runs.add(trace, ids.length, k => ids[k]!)
  runs.flush()
}
