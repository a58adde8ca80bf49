import type { Condition } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'
import { withQuery, type Prepared, type SpanSource } from './search.ts'

export interface Counts {
  readonly traces: number
  readonly spans: number
  /** Of the spans, those that are calls, each counted once. */
  readonly calls: number
}

/** Whether nothing was left out, because a text waits for the index. */
export interface Wholeness {
  readonly isWhole: boolean
}

export function countMatches(store: Store, condition: Condition | undefined, readSpan: SpanSource): Counts & Wholeness {
  return withQuery(store, condition, readSpan, prepared => ({ ...count(store, prepared), isWhole: prepared.isWhole }))
}

function count(store: Store, { where, values }: Prepared): Counts {
  return store.db
    .prepare<unknown[], Counts>(
      `SELECT count(DISTINCT s.trace) AS traces, count(*) AS spans, count(c.id) AS calls
       FROM span s LEFT JOIN call c ON c.id = s.id AND c.counted = 1 WHERE ${where}`,
    )
    .get(values)!
}

export interface FoundSpan {
  readonly id: number
  readonly traceId: string
}

/** Newest first; spans without a start come last. One pass finds the page and counts what there is. */
export function findSpans(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly total: number; readonly spans: FoundSpan[] } & Wholeness {
  return withQuery(store, condition, readSpan, prepared => {
    const { where, values } = prepared
    const rows = store.db
      .prepare<unknown[], FoundSpan & { readonly total: number }>(
        `SELECT found.id, trace.key AS traceId, found.total FROM (
           SELECT s.id, s.trace, s.start, s.start_ns, count(*) OVER () AS total FROM span s WHERE ${where}
           ORDER BY s.start DESC NULLS LAST, s.start_ns DESC, s.id LIMIT @limit OFFSET @offset
         ) found JOIN trace ON trace.id = found.trace
         ORDER BY found.start DESC NULLS LAST, found.start_ns DESC, found.id`,
      )
      .all({ ...values, limit, offset })
    // A page past the end has no row that could tell.
    const total = rows[0]?.total ?? (offset === 0 && limit > 0 ? 0 : count(store, prepared).spans)
    return { total, isWhole: prepared.isWhole, spans: rows.map(({ id, traceId }) => ({ id, traceId })) }
  })
}

/** Whether every trace has its order: while an import runs, those that are growing have none yet. */
export function isSettled(store: Store): boolean {
  return store.query('trace-dirty').get() === undefined
}
