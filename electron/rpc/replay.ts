import type { Handlers, Input } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { composeRequest, type Changes } from '../../shared/replay/compose.ts'
import { isJsonText } from '../../shared/replay/json-edit.ts'
import { requestAsLogged } from '../../shared/replay/logged-request.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { createSpanReader } from '../import/reading.ts'
import { checkOrigin } from '../replay/origin.ts'
import { findSpan, generationsOf, spansNamed } from '../store/spans.ts'
import { findTrace } from '../store/trace-list.ts'
import type { Store } from '../store/open.ts'

/** One call: a short read. */
export function requestHandlers(store: Store): Pick<Handlers, 'replay.request'> {
  const spans = createSpanReader(store)
  return { 'replay.request': input => readRequest(spans, input) }
}

function readRequest(
  spans: ReturnType<typeof createSpanReader>,
  { id, ...changes }: Input<'replay.request'>,
): ReplayRequest {
  const { raw, records } = spans.whole(id)
  if (!raw) throw new InspectorError('store/no-span', `The store has no span ${id} any more.`)
  if (changes.profile) checkOrigin(changes.profile.origin)
  for (const edit of changes.edits ?? []) {
    if (!isJsonText(edit.value))
      throw new InspectorError('replay/bad-edit', `What is put at ${edit.path.join('.')} is no JSON.`)
  }
  const logged = requestAsLogged(raw, records)
  if ('none' in logged) throw new InspectorError('replay/no-request', `This span has no request. ${logged.none}`)
  const request = composeRequest(logged, changes as Changes)
  if ('bad' in request) throw new InspectorError('replay/bad-edit', `The body has no place for ${request.bad}.`)
  return request
}

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
