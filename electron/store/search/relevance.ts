import { textClauses } from '../../../shared/query/hits.ts'
import type { Condition } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'
import { withTextIndex } from '../text-index/with-index.ts'
import type { SpanSource } from './search.ts'

/**
 * How much each span has to say about the texts of a query, by id; 0 is nothing. What the query leaves out says nothing, and
 * neither does what the index does not know yet.
 */
export function relevanceOf(
  store: Store,
  condition: Condition,
  readSpan: SpanSource,
  until = Number.POSITIVE_INFINITY,
): Float32Array {
  const leaves = textClauses(condition)
  return store.snapshot(() =>
    withTextIndex(store, readSpan.rules, index => {
      const scores = new Float32Array((index?.state.record ?? 0) + 1)
      for (const leaf of leaves) index?.addScores({ type: 'text', ...leaf }, scores, until)
      return scores
    }),
  )
}
