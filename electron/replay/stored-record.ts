import { randomBytes } from 'node:crypto'
import type { ReplayRecord, SentPrompt } from '../../shared/replay/record.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import type { Answer } from './send.ts'

/** The call that is sent again. */
export interface Original {
  readonly traceId: string
  readonly spanId: string
  readonly name: string
}

export interface About {
  readonly original: Original
  readonly request: Pick<ReplayRequest, 'url' | 'body'>
  readonly prompt: SentPrompt
  /** Those of the request but for the one with the key. */
  readonly headers: { readonly [name: string]: string }
  readonly connection: string
  readonly run: string
  readonly variant: string | undefined
}

/** An answer as a record of its own trace. */
export function recordOf(
  answer: Answer,
  { original, request, prompt, headers, connection, run, variant }: About,
): ReplayRecord {
  const { sentAt, duration, firstToken, outcome, httpStatus, error, streamed, isAnswer } = answer
  return {
    spanwise: 'replay',
    replay: {
      of: { trace: original.traceId, span: original.spanId },
      outcome,
      connection,
      streamed,
      ...(variant === undefined ? {} : { variant }),
      ...(prompt.place ? { prompt_place: prompt.place } : {}),
    },
    ...namesOf(prompt),
    trace_id: randomBytes(16).toString('hex'),
    span_id: randomBytes(8).toString('hex'),
    name: original.name,
    session_id: run,
    start_time: new Date(sentAt).toISOString(),
    end_time: new Date(sentAt + duration).toISOString(),
    ...(firstToken === undefined ? {} : { ttft_ms: Math.round(firstToken * 1000) / 1000 }),
    url: request.url,
    request_headers: headers,
    request: request.body,
    status_code: httpStatus,
    ...headersIn(answer.headers),
    [isAnswer ? 'response' : 'error_body']: answer.body,
    ...(answer.stream ? { stream: answer.stream } : {}),
    ...(error ? { error: { type: error.code, message: error.message } } : {}),
  }
}

function headersIn(headers: Answer['headers']): Pick<ReplayRecord, `http.response.header.${string}`> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`http.response.header.${name}`, [value]]))
}

function namesOf({ name, version, template, variables }: SentPrompt) {
  return {
    ...(name === undefined ? {} : { prompt_name: name }),
    ...(version === undefined ? {} : { prompt_version: version }),
    ...(template === undefined ? {} : { prompt_template: template }),
    ...(variables === undefined ? {} : { prompt_variables: variables }),
  }
}
