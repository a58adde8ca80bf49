import { withOrigins } from '../conventions/origins.ts'
import { asWord, isList, isObject, itemsOf } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { ToolOffer } from '../domain/message.ts'
import { pairCalls } from './pair-calls.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { NeutralCall, Notes } from './types.ts'

/** What a body of a dialect says, for another one. */
export function callOfBody(
  body: JsonObject,
  dialect: Dialect,
  about: Pick<NeutralCall, 'model' | 'stream'>,
  notes: Notes,
): NeutralCall {
  const { value, originOf } = withOrigins(() => dialect.api.readRequest(body))
  for (const name of ['metadata', 'user', 'store', 'prompt_cache_key', 'safety_identifier'] as const) {
    if (body[name] !== undefined && body[name] !== null) notes.lost(name, 'said to the provider that was asked')
  }
  noteMarks(body, notes)
  noteHosted(body, value.tools ?? [], notes)
  const {
    metadata: _metadata,
    store: _store,
    prompt_cache_key: _key,
    safety_identifier: _safety,
    ...parameters
  } = value.parameters ?? {}
  return {
    ...about,
    ...pairCalls(value.messages ?? [], originOf, notes),
    tools: value.tools ?? [],
    parameters,
    spokenIn: dialect.id,
    recorder: 'other',
    mixed: false,
  }
}

function noteMarks(body: JsonObject, notes: Notes): void {
  const marks = countOf(body, value => value['cache_control'] !== undefined && value['cache_control'] !== null)
  if (marks > 0)
    notes.lost('cache_control', `${marks} marks of what may be cached, which another provider does not read`)
}

/** Tools without a name of their own (`{googleSearch: {}}`) are read as none. */
function noteHosted(body: JsonObject, read: readonly ToolOffer[], notes: Notes): void {
  const known = new Set(read.map(({ name }) => name))
  for (const [i, tool] of itemsOf(body['tools']).entries()) {
    if (
      !isObject(tool) ||
      typeof tool['type'] === 'string' ||
      isObject(tool['function']) ||
      known.has(asWord(tool['name']) ?? '')
    )
      continue
    const hosted = Object.keys(tool).filter(name => !/^function_?declarations$/i.test(name))
    if (hosted.length > 0) notes.lost(`tools[${i}]`, `${hosted.join(', ')}: run by the provider that was asked`)
  }
}

function countOf(value: JsonValue, test: (object: JsonObject) => boolean): number {
  let count = 0
  const queue: JsonValue[] = [value]
  for (let i = 0; i < queue.length && i < 200_000; i++) {
    const item = queue[i]!
    if (isList(item)) for (const one of item) queue.push(one)
    else if (isObject(item)) {
      if (test(item)) count++
      for (const one of Object.values(item)) queue.push(one)
    }
  }
  return count
}
