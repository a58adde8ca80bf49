import type { JsonObject } from '../../shared/domain/json.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { composeRequest, type Changes } from '../../shared/replay/compose.ts'
import { requestAsLogged, type LoggedRequest } from '../../shared/replay/logged-request.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { rawSpan } from '../conventions/read-dump.ts'

/** A call as OpenInference records it: the body as the text of `input.value`. */
export function recorded(
  body: string,
  more: Partial<Omit<RawSpan, 'attributes'>> & { readonly attributes?: object } = {},
): RawSpan {
  const { attributes = {}, ...rest } = more
  return rawSpan({
    name: 'call',
    ...rest,
    attributes: {
      'openinference.span.kind': 'LLM',
      'input.value': body,
      'input.mime_type': 'application/json',
      ...attributes,
    },
  })
}

export function loggedOf(raw: RawSpan): LoggedRequest {
  const logged = requestAsLogged(raw)
  if ('none' in logged) throw new Error(logged.none)
  return logged
}

export function requestOf(raw: RawSpan, changes: Changes = {}): ReplayRequest {
  const request = composeRequest(loggedOf(raw), changes)
  if ('bad' in request) throw new Error(`no place for ${request.bad}`)
  return request
}

export function bodyOf(request: { readonly body: string }): JsonObject {
  return JSON.parse(request.body) as JsonObject
}

/** `from field: note`, the lines that are about something missing. */
export function missing({ receipt }: Pick<ReplayRequest, 'receipt'>): string[] {
  return receipt.flatMap(({ from, field, note }) =>
    from === 'missing' && !field.startsWith('headers.') ? [`${field}: ${note}`] : [],
  )
}
