import type { Handlers } from '../../shared/contract/index.ts'
import type { Store } from '../store/open.ts'
import { findSpan, generationsOf, spansNamed } from '../store/spans.ts'
import { findTrace } from '../store/trace-list.ts'

/** Traces that are named where several have such a span. */
const choices = 5

/** Over the whole store: takes any time. */
export function findCallHandlers(store: Store): Pick<Handlers, 'replay.find'> {
  return {
    'replay.find': ({ spanId, traceId }) => {
      if (traceId !== undefined) {
        const trace = findTrace(store, traceId)
        return { id: trace === null ? null : findSpan(store, trace, spanId) }
      }
      const found = spansNamed(store, spanId, choices)
      const [first] = found
      if (first) return found.length === 1 ? { id: first.id } : { id: null, several: found.map(({ key }) => key) }
      const trace = findTrace(store, spanId)
      const calls = trace === null ? [] : generationsOf(store, trace, 2)
      return { id: calls.length === 1 ? calls[0]! : null }
    },
  }
}
