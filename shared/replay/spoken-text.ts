import { parseJson } from '../conventions/json-text.ts'
import { isObject } from '../conventions/values.ts'
import type { JsonValue } from '../domain/json.ts'
import type { Part } from '../domain/message.ts'
import { dialectOf } from './dialects/index.ts'
import type { ReplayRequest } from './types.ts'

/** What a model reads of a request. */
export interface Spoken {
  /** Escapes undone, without what JSON puts around it. */
  readonly texts: readonly string[]
  readonly messages: number
  /** Pictures, sounds and files, and whatever no text says the length of: nobody here knows what they come to. */
  readonly media: number
}

/** Undefined where the body is no JSON object. */
export function spokenIn({ dialect, body: text }: Pick<ReplayRequest, 'dialect' | 'body'>): Spoken | undefined {
  const body = parseJson(text)
  if (!isObject(body)) return undefined
  const { messages = [], tools = [] } = dialectOf(dialect).api.readRequest(body)
  const parts = messages.flatMap(message => message.parts)
  const asked = [body['response_format'], body['text'], body['output_config'], body['format']]
  return {
    texts: [
      ...parts.flatMap(textsOf),
      ...tools.flatMap(({ name, description, parameters }) => [name, description ?? '', written(parameters)]),
      ...asked.map(written),
    ].filter(said => said !== ''),
    messages: messages.length,
    media: parts.filter(({ type }) => type === 'media').length,
  }
}

function textsOf(part: Part): string[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return [part.text]
    case 'tool_call':
      return [part.name, written(part.arguments)]
    case 'tool_result':
      return [written(part.result)]
    case 'other':
      return [written(part.value)]
    default:
      return []
  }
}

function written(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
