import { parseJson } from '../conventions/json-text.ts'
import { isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import { dialectOf } from './dialects/index.ts'
import { conceptOf } from './spellings.ts'
import type { ReplayRequest } from './types.ts'

/** Tokens that a request may come to: of what is asked an estimate, of the answers what they are capped at. */
export interface Bound {
  readonly input: number
  readonly output: number
}

/** Of plain characters three make a token, or more do; of others one does. Hardly any tokenizer takes more of any text. */
function estimate(text: string): number {
  let plain = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 128) plain++
  return plain / 3 + (text.length - plain)
}

/** `was`: the logged body, and the tokens that were counted for it. Undefined where nothing caps an answer. */
export function boundOf(
  { dialect: id, body: text }: Pick<ReplayRequest, 'dialect' | 'body'>,
  was: { readonly length: number; readonly input: number | undefined },
): Bound | undefined {
  const body = parseJson(text)
  if (!isObject(body)) return undefined
  const { group } = dialectOf(id)
  const inner = group && isObject(body[group.name]) ? (body[group.name] as JsonObject) : {}
  const said = Object.entries({ ...body, ...inner })
  const numbers = (concept: 'maxTokens' | 'count') =>
    said.flatMap(([name, value]) => (conceptOf(name) === concept && isCount(value) ? [value] : []))
  const caps = numbers('maxTokens')
  if (caps.length === 0) return undefined
  const isCounted = was.input !== undefined && was.length > 0
  const input = isCounted ? (was.input * text.length) / was.length : estimate(text)
  return { input: Math.ceil(input), output: Math.ceil(Math.max(...caps) * Math.max(1, ...numbers('count'))) }
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && value > 0
}
