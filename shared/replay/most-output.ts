import { parseJson } from '../conventions/json-text.ts'
import { isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import { dialectOf } from './dialects/index.ts'
import { conceptOf } from './spellings.ts'
import type { ReplayRequest } from './types.ts'

/** Tokens after which the answers to a request end, of all that it asks for. Undefined where nothing caps them. */
export function mostOutput({ dialect: id, body: text }: Pick<ReplayRequest, 'dialect' | 'body'>): number | undefined {
  const body = parseJson(text)
  if (!isObject(body)) return undefined
  const { group } = dialectOf(id)
  const inner = group && isObject(body[group.name]) ? (body[group.name] as JsonObject) : {}
  const said = Object.entries({ ...body, ...inner })
  const numbers = (concept: 'maxTokens' | 'count') =>
    said.flatMap(([name, value]) => (conceptOf(name) === concept && isCount(value) ? [value] : []))
  const caps = numbers('maxTokens')
  return caps.length === 0 ? undefined : Math.ceil(Math.max(...caps) * Math.max(1, ...numbers('count')))
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && value > 0
}
