import type { Handlers } from '../../shared/contract/index.ts'
import type { Question } from '../../shared/contract/search.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { createSpanReader, readSpan } from '../import/reading.ts'
import { rules } from '../import/rules.ts'
import { KeptReader } from '../store/kept.ts'
import type { Store } from '../store/open.ts'
import { countMatches, findSpans } from '../store/search/find.ts'
import type { Span } from '../../shared/domain/span.ts'
import { withPrompt } from '../store/prompts/with-prompt.ts'
import { isSettled } from '../store/settled.ts'
import { provideScores } from '../store/search/functions.ts'
import { readQuestion } from '../store/search/question.ts'
import { relevanceOf } from '../store/search/relevance.ts'
import { untilOf } from '../store/table/elsewhere.ts'
import { withQuery, type Prepared, type SpanSource } from '../store/search/search.ts'

/** Asks a question of a store, and uses its answer as a condition; `isByRelevance`: also as an order. */
export function createSearch(
  store: Store,
): <T>(question: Question, isByRelevance: boolean, use: (query: Prepared) => T) => T {
  const sourceOf = spanSources(store)
  return (question, isByRelevance, use) => {
    const condition = readQuestion(question)
    const source = sourceOf(question.scan)
    return withQuery(store, condition, source, query => {
      const scores = condition && isByRelevance ? relevanceOf(store, condition, source) : new Float32Array()
      if (isByRelevance) provideScores(store, scores)
      return use(query)
    })
  }
}

type SearchHandlers = Pick<Handlers, 'search.spans' | 'search.count'>

/** Without a bound: what the columns do not hold is read from the records. */
export function searchHandlers(store: Store): SearchHandlers {
  const sourceOf = spanSources(store)
  return {
    'search.spans': ({ where, ...window }) => {
      const source = sourceOf(where.scan)
      const { isWhole, ...found } = findSpans(store, readQuestion(where), source, window, untilOf(where.patience))
      return { ...found, exact: isWhole && isSettled(store) }
    },
    'search.count': ({ where }) => {
      const { isWhole, ...counts } = countMatches(
        store,
        readQuestion(where),
        sourceOf(where.scan),
        untilOf(where.patience),
      )
      return { ...counts, exact: isWhole && isSettled(store) }
    },
  }
}

/** Texts of so many spans are read where the index has not come to them: a moment's work. */
const mostLate = 300

/** Reads spans for a question, as many as it allows. */
export function spanSources(store: Store): (scan: boolean | undefined) => SpanSource {
  const every = spanSource(store)
  const few = Object.assign((id: number) => every(id), { ...every, mostLate })
  return scan => (scan ? every : few)
}

function spanSource(store: Store): SpanSource {
  const reader = createSpanReader(store)
  const readSpanOf = (id: number, span: Span) => new ReadSpan(span, () => withPrompt(store, id, span).prompt?.variables)
  const read = (id: number) => {
    const span = reader.read(id)
    return span && readSpanOf(id, span)
  }
  const kept = new KeptReader(store)
  function* each(ids: readonly number[]): Generator<readonly [number, ReadSpan]> {
    for (const { span: id, records } of kept.texts(ids)) {
      const span = readSpan(records)
      if (span) yield [id, readSpanOf(id, span)]
    }
  }
  return Object.assign(read, { rules, each })
}
