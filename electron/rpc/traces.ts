import type { Handlers } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { createMomentReader } from '../import/moments.ts'
import { createSpanReader } from '../import/reading.ts'
import { audit } from '../store/audit.ts'
import type { Store } from '../store/open.ts'
import { withPrompt } from '../store/prompts/with-prompt.ts'
import { withSaid } from '../store/said.ts'
import { findSpan } from '../store/spans.ts'
import { findTrace, listTraceRows, listTraces } from '../store/trace-list.ts'
import { readTree } from '../store/trace-tree.ts'
import { readPeek } from './peek.ts'
import { createSearch } from './search.ts'
import { sourcesOf } from './sources.ts'
import { holdBack } from './hold-back.ts'
import { createTurnReader } from './turns.ts'
import { createInputReader } from './trace-input.ts'

/** Without a bound: any sort over any number of traces. Answered by a process that may be killed. */
export function listHandlers(store: Store): Pick<Handlers, 'traces.list' | 'traces.rows' | 'store.audit'> {
  const ask = createSearch(store)
  return {
    'traces.list': ({ where, ...window }) =>
      where
        ? ask(where, window.sort === 'relevance', query => listTraces(store, window, query))
        : listTraces(store, window),
    'store.audit': ({ import: id }) => audit(store, id),
    'traces.rows': ({ where, ...window }) => {
      const { total, rows } = where
        ? ask(where, window.sort === 'relevance', query => listTraceRows(store, window, query))
        : listTraceRows(store, window)
      return { total, traces: rows }
    },
  }
}

type TraceHandlers = Pick<
  Handlers,
  | 'traces.find'
  | 'traces.inputs'
  | 'traces.peek'
  | 'traces.tree'
  | 'spans.find'
  | 'spans.read'
  | 'spans.raw'
  | 'spans.kept'
  | 'spans.attribute'
  | 'spans.repeats'
  | 'spans.news'
  | 'spans.sources'
  | 'spans.moments'
>

/** One trace, one span: short reads. */
export function traceHandlers(store: Store): TraceHandlers {
  const spans = createSpanReader(store)
  const readInput = createInputReader(store, id => spans.read(id))
  const moments = createMomentReader(store)
  const turns = createTurnReader(store, id => spans.read(id))
  return {
    'traces.find': ({ traceId, prefix }) => {
      const id = findTrace(store, traceId)
      return id !== null || !prefix || traceId === '' ? { id } : findByPrefix(store, traceId)
    },
    'traces.peek': input =>
      readPeek(store, id => spans.read(id), input) ??
      (input.span === undefined ? missing('trace', input.trace) : missing('span', input.span)),
    'traces.inputs': ({ ids }) => ({ inputs: ids.map(readInput) }),
    'traces.tree': asked => {
      const id = 'id' in asked ? asked.id : findTrace(store, asked.traceId)
      return (id === null ? undefined : readTree(store, id)) ?? missing('trace', id ?? '')
    },
    'spans.find': ({ spanId, ...within }) => {
      const trace = 'trace' in within ? within.trace : findTrace(store, within.traceId)
      return { id: trace === null ? null : findSpan(store, trace, spanId) }
    },
    'spans.read': ({ id, holdBack: most }) => {
      const span = withPrompt(store, id, withSaid(store, id, spans.read(id) ?? missing('span', id)))
      return most === undefined ? span : holdBack(span, most)
    },
    'spans.attribute': ({ id, name }) => {
      const { attributes } = spans.read(id) ?? missing('span', id)
      const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined
      return { value: value ?? missing('attribute', id) }
    },
    'spans.repeats': ({ id, earlier }) => turns.repeats(id, earlier) ?? missing('span', id),
    'spans.sources': ({ id, retrievals }) => ({
      found: sourcesOf(id => spans.read(id), spans.read(id) ?? missing('span', id), retrievals),
    }),
    'spans.moments': ({ ids }) => moments(ids),
    'spans.news': ({ ids, before }) => ({ turns: turns.news(ids, before) }),
    'spans.kept': ({ id, record }) => spans.kept(id, record) ?? missing('span', id),
    'spans.raw': ({ id }) => {
      const records = spans.raw(id)
      return records.length > 0 ? { records } : missing('span', id)
    },
  }
}

/** How many ids a person is shown to choose from. */
const choices = 5

function findByPrefix(store: Store, prefix: string): { id: number | null; several?: string[] } {
  const start = prefix.toWellFormed()
  const found = store
    .query<[string, string, number], { id: number; key: string }>('traces-by-prefix')
    .all(start, `${start}\u{10ffff}`, choices)
  const [first] = found
  if (!first) return { id: null }
  return found.length === 1 ? { id: first.id } : { id: null, several: found.map(row => row.key) }
}

function missing(what: string, id: number | string): never {
  const which = id === '' ? 'of this id' : `${id} any more`
  throw new InspectorError(`store/no-${what}`, `The store has no ${what} ${which}.`)
}
