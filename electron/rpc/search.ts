import type { Handlers } from '../../shared/contract/index.ts'
import type { Question } from '../../shared/contract/search.ts'
import { findField } from '../../shared/query/fields.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { createSpanReader } from '../import/reading.ts'
import type { Store } from '../store/open.ts'
import { countMatches, findSpans, isSettled } from '../store/search/find.ts'
import { knownValues } from '../store/search/known-values.ts'
import { readQuestion } from '../store/search/question.ts'
import { countWithoutEach } from '../store/search/without.ts'
import { withQuery, type Prepared, type SpanSource } from '../store/search/search.ts'

/** Asks a question of a store, and uses its answer as a condition. */
export function createSearch(store: Store): <T>(question: Question, use: (query: Prepared) => T) => T {
  const readSpan = spanSource(store)
  return (question, use) => withQuery(store, readQuestion(question), readSpan, use)
}

type SearchHandlers = Pick<Handlers, 'search.spans' | 'search.count' | 'search.without' | 'search.values'>

/** Without a bound: what the columns do not hold is read from the records. */
export function searchHandlers(store: Store): SearchHandlers {
  const readSpan = spanSource(store)
  return {
    'search.spans': ({ where, offset, limit }) => {
      const found = findSpans(store, readQuestion(where), readSpan, { offset, limit })
      return { ...found, exact: isSettled(store) }
    },
    'search.count': ({ where }) => ({
      ...countMatches(store, readQuestion(where), readSpan),
      exact: isSettled(store),
    }),
    'search.without': ({ where }) => ({ clauses: countWithoutEach(store, where, readSpan) }),
    'search.values': ({ field, prefix, limit }) => {
      const ref = findField(field) ?? (field === 'score.' ? { id: 'score' as const } : undefined)
      return { values: ref ? knownValues(store, ref, prefix, limit) : [] }
    },
  }
}

export function spanSource(store: Store): SpanSource {
  const reader = createSpanReader(store)
  return id => {
    const span = reader.read(id)
    return span && new ReadSpan(span)
  }
}
