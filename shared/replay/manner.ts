import { isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import { objectOf } from './dialects/shared.ts'
import type { DialectId, Notes } from './types.ts'

// What interfaces call by different names and take the same words for: how much to think, how much to say, and whether tools
// may be called at once.

interface Said<T> {
  /** Under which name. */
  readonly from: string
  readonly value: T
}

interface Manner {
  readonly effort?: Said<string> | undefined
  readonly verbosity?: Said<string> | undefined
  readonly parallel?: Said<boolean> | undefined
}

const names = {
  effort: {
    'openai-chat': ['reasoning_effort'],
    'openai-responses': ['reasoning', 'effort'],
    anthropic: ['output_config', 'effort'],
    gemini: ['thinkingConfig', 'thinkingLevel'],
    'ollama-chat': ['think'],
  },
  verbosity: { 'openai-chat': ['verbosity'], 'openai-responses': ['text', 'verbosity'] },
  parallel: {
    'openai-chat': ['parallel_tool_calls'],
    'openai-responses': ['parallel_tool_calls'],
    anthropic: ['tool_choice', 'disable_parallel_tool_use'],
  },
} as const satisfies { readonly [what in keyof Manner]: { readonly [id in DialectId]?: readonly string[] } }

/** Words for effort that an interface has, by its own scale. OpenAI has all of them, though no model does. */
const efforts: { readonly [id in DialectId]?: ReadonlySet<string> } = {
  anthropic: new Set(['low', 'medium', 'high', 'xhigh', 'max']),
  gemini: new Set(['minimal', 'low', 'medium', 'high']),
  'ollama-chat': new Set(['low', 'medium', 'high']),
}

/** What parameters say of it, and the parameters that are left. */
export function takeManner(
  parameters: JsonObject,
  from: DialectId,
): { readonly manner: Manner; readonly rest: JsonObject } {
  let rest = parameters
  const take = (path: readonly string[] | undefined): Said<JsonValue> | undefined => {
    const [name, inner] = path ?? []
    const holder = name === undefined ? undefined : rest[name]
    const value = inner === undefined ? holder : isObject(holder) ? holder[inner] : undefined
    // `think` may be a yes or no, which is another question.
    if (value === undefined || value === null || (name === 'think' && typeof value !== 'string')) return undefined
    const left = inner === undefined ? undefined : objectOf({ ...(holder as JsonObject), [inner]: undefined })
    rest = objectOf({ ...rest, [name!]: left && Object.keys(left).length > 0 ? left : undefined })
    return { from: path!.join('.'), value }
  }
  const [effort, verbosity] = [take(names.effort[from]), take(pathOf(names.verbosity, from))]
  const parallel = take(pathOf(names.parallel, from))
  const isDenied = from === 'anthropic'
  return {
    manner: {
      effort: effort && { ...effort, value: wordOf(effort.value).toLowerCase() },
      verbosity: verbosity && { ...verbosity, value: wordOf(verbosity.value) },
      parallel: parallel && { ...parallel, value: (parallel.value === true) !== isDenied },
    },
    rest,
  }
}

/** Says it in another dialect; what that has no word for is lost. */
export function writeManner(
  { effort, verbosity, parallel }: Manner,
  to: DialectId,
  built: JsonObject,
  notes: Notes,
): JsonObject {
  let body = built
  const put = (
    path: readonly string[],
    { from }: Said<unknown>,
    value: JsonValue,
    note = `${from} of the log`,
  ): void => {
    const inGroup = to === 'gemini' ? ['generationConfig', ...path] : path
    body = withValue(body, inGroup, value)
    notes.add('rebuilt', inGroup.join('.'), note)
  }
  if (effort && (efforts[to]?.has(effort.value) ?? true))
    put(
      names.effort[to],
      effort,
      to === 'gemini' ? effort.value.toUpperCase() : effort.value,
      `${effort.from} of the log; not every model takes it`,
    )
  else if (effort) notes.lost(effort.from, `how much to think (${effort.value}): this interface has no such word`)
  const verbose = pathOf(names.verbosity, to)
  if (verbosity && verbose) put(verbose, verbosity, verbosity.value)
  else if (verbosity)
    notes.lost(verbosity.from, `how much to say (${verbosity.value}): this interface has no word for it`)
  const several = pathOf(names.parallel, to)
  // Of no tools none may be called at once, and several is what all do by themselves.
  if (!parallel || body['tools'] === undefined) return body
  if (parallel.value && (!several || to === 'anthropic')) return body
  if (!several) notes.lost(parallel.from, 'that tools are not called at once: this interface has no word for it')
  else if (to === 'anthropic') {
    if (body['tool_choice'] === undefined) body = withValue(body, ['tool_choice', 'type'], 'auto')
    put(several, parallel, true)
  } else put(several, parallel, parallel.value)
  return body
}

/** What is no word is said as it is written, and fits nowhere. */
function wordOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function pathOf(by: { readonly [id in DialectId]?: readonly string[] }, id: DialectId): readonly string[] | undefined {
  return by[id]
}

function withValue(object: JsonObject, [name, ...more]: readonly string[], value: JsonValue): JsonObject {
  const inner = object[name!]
  return { ...object, [name!]: more.length === 0 ? value : withValue(isObject(inner) ? inner : {}, more, value) }
}
