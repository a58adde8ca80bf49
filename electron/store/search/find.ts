import type { Condition } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'
import { withQuery, type Prepared, type SpanSource } from './search.ts'

export interface Counts {
  readonly traces: number
  readonly spans: number
  /** Of the spans, those that are calls, each counted once. */
  readonly calls: number
}

export function countMatches(store: Store, condition: Condition | undefined, readSpan: SpanSource): Counts {
  return withQuery(store, condition, readSpan, prepared => count(store, prepared))
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

/** Newest first; spans without a start come last. */
export function findSpans(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly counts: Counts; readonly spans: FoundSpan[] } {
  return withQuery(store, condition, readSpan, prepared => {
    const { where, values } = prepared
    const spans = store.db
      .prepare<unknown[], FoundSpan>(
        `SELECT s.id, trace.key AS traceId FROM span s JOIN trace ON trace.id = s.trace WHERE ${where}
         ORDER BY s.start DESC NULLS LAST, s.start_ns DESC, s.id LIMIT @limit OFFSET @offset`,
      )
      .all({ ...values, limit, offset })
    return { counts: count(store, prepared), spans }
  })
}

/** Whether every trace has its order: while an import runs, those that are growing have none yet. */
export function isSettled(store: Store): boolean {
  return store.query('trace-dirty').get() === undefined
}
