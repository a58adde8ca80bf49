import type { Searched, SpanSort } from '../../../shared/contract/search.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'
import { provideScores } from './functions.ts'
import { relevanceOf } from './relevance.ts'
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
  /** Not everything was read until the given time: nothing is said yet, whoever asks again goes on from there. */
  readonly searched?: Searched
}

/** `until` is a time of `performance.now`. */
export function countMatches(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  until?: number,
): Counts & Wholeness {
  const ask = (prepared: Prepared): Counts & Wholeness => {
    const { isWhole, searched } = prepared
    if (searched) return { traces: 0, spans: 0, calls: 0, isWhole, searched }
    return { ...count(store, prepared), isWhole }
  }
  return withQuery(store, condition, readSpan, ask, until)
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

/** A page, and whether what says most about the texts of the query comes first. */
export interface SpanPage {
  readonly offset: number
  readonly limit: number
  readonly sort?: SpanSort | undefined
}

/**
 * Newest first, or by relevance and then newest first; spans without a start come last. One pass finds the page and counts
 * what there is.
 */
export function findSpans(
  store: Store,
  condition: Condition | undefined,
  readSpan: SpanSource,
  { offset, limit, sort = 'started' }: SpanPage,
  until?: number,
): { readonly total: number; readonly spans: FoundSpan[] } & Wholeness {
  const ask = (prepared: Prepared) => {
    const { where, values, isWhole, searched } = prepared
    if (searched) return { total: 0, spans: [], isWhole, searched }
    const score = condition && sort === 'relevance' ? 'relevance(s.id)' : '0'
    if (condition && sort === 'relevance') provideScores(store, relevanceOf(store, condition, readSpan))
    const order = (of: string) => `${of}score DESC, ${of}start DESC NULLS LAST, ${of}start_ns DESC, ${of}id`
    const rows = store.db
      .prepare<unknown[], FoundSpan & { readonly total: number }>(
        `SELECT found.id, trace.key AS traceId, found.total FROM (
           SELECT s.id, s.trace, s.start, s.start_ns, ${score} AS score, count(*) OVER () AS total FROM span s WHERE ${where}
           ORDER BY ${order('')} LIMIT @limit OFFSET @offset
         ) found JOIN trace ON trace.id = found.trace
         ORDER BY ${order('found.')}`,
      )
      .all({ ...values, limit, offset })
    // A page past the end has no row that could tell.
    const total = rows[0]?.total ?? (offset === 0 && limit > 0 ? 0 : count(store, prepared).spans)
    return { total, isWhole, spans: rows.map(({ id, traceId }) => ({ id, traceId })) }
  }
  return withQuery(store, condition, readSpan, ask, until)
}
