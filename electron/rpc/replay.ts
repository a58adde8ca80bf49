import type { Handlers, Input } from '../../shared/contract/index.ts'
import { parseJson } from '../../shared/conventions/json-text.ts'
import { isObject } from '../../shared/conventions/values.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import type { AnotherPrompt } from '../../shared/replay/another-prompt.ts'
import { composeRequest, type Changes } from '../../shared/replay/compose.ts'
import { isJsonText } from '../../shared/replay/json-edit.ts'
import { type LoggedRequest, requestAsLogged } from '../../shared/replay/logged-request.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { createSpanReader } from '../import/reading.ts'
import { type Composed, composeRequestName } from '../replay/orders.ts'
import { checkOrigin } from '../replay/origin.ts'
import { withPrompt } from '../store/prompts/with-prompt.ts'
import { readSpanPlace } from '../store/spans.ts'
import type { Store } from '../store/open.ts'
import { anotherPrompt } from './prompt-variants.ts'
import { sentPrompt } from './sent-prompt.ts'
import type { WithTemplate } from './template-relay.ts'

/** One call: a short read. */
export function requestHandlers(store: Store): Pick<Handlers, 'replay.request'> & {
  readonly [composeRequestName]: (input: WithTemplate<Input<'replay.request'>>) => Composed
} {
  const spans = createSpanReader(store)
  return {
    'replay.request': input => readRequest(store, spans, input).request,
    [composeRequestName]: input => {
      const { raw, ...made } = readRequest(store, spans, input)
      const { request } = made
      const prompt = sentPrompt(store, spans, input, made)
      const model = modelOf(request)
      const { spanId, name } = raw
      const original = { traceId: readSpanPlace(store, input.id)?.traceId ?? '', spanId, name }
      return { request, original, prompt, ...(model === undefined ? {} : { model }) }
    },
  }
}

/** As the request names it, in its body or its address. */
function modelOf({ body, url }: ReplayRequest): string | undefined {
  const read = parseJson(body)
  if (isObject(read) && typeof read['model'] === 'string') return read['model'].slice(0, 200)
  const inAddress = /\/models\/([^/:?]{1,200}):/.exec(url)?.[1]
  return inAddress === undefined ? undefined : decodeURIComponent(inAddress)
}

/** The logged request, and that with changes. */
export function readRequest(
  store: Store,
  spans: ReturnType<typeof createSpanReader>,
  { id, found, prompt, ...changes }: WithTemplate<Input<'replay.request'>>,
): {
  readonly request: ReplayRequest
  readonly logged: LoggedRequest
  readonly another: AnotherPrompt | undefined
  readonly raw: RawSpan
} {
  const { raw, records } = spans.whole(id)
  if (!raw) throw new InspectorError('store/no-span', `The store has no span ${id} any more.`)
  const { profile, body } = changes
  if (profile) checkOrigin(profile.origin, profile.allowHttp)
  if (body !== undefined && !isJsonText(body)) throw new InspectorError('replay/bad-body', 'The body is no JSON.')
  for (const edit of changes.edits ?? []) {
    if (edit.value !== undefined && !isJsonText(edit.value))
      throw new InspectorError('replay/bad-edit', `What is put at ${edit.path.join('.')} is no JSON.`)
  }
  const logged = requestAsLogged(raw, records)
  if ('none' in logged) throw new InspectorError('replay/no-request', `This span has no request. ${logged.none}`)
  const span = prompt && spans.read(id)
  const another = span && anotherPrompt({ prompt, ...(found ? { found } : {}) }, withPrompt(store, id, span))
  const request = composeRequest(logged, { ...changes, ...(another ? { prompt: another } : {}) } as Changes)
  if ('bad' in request) throw new InspectorError('replay/bad-edit', `The body has no place for ${request.bad}.`)
  return { request, logged, another, raw }
}
