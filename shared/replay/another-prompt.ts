import { parseJson } from '../conventions/json-text.ts'
import { isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import { fillSlots } from '../prompts/render-template.ts'
import { dialectOf } from './dialects/index.ts'
import { removeValue, setValue } from './json-edit.ts'
import type { LoggedRequest } from './logged-request.ts'
import { Notes } from './types.ts'

/** A template in place of the one that a call was sent. */
export interface AnotherPrompt {
  /** What it is, for the receipt: `support@v2`. */
  readonly called: string
  readonly text: string
  readonly slots: readonly { readonly name: string; readonly from: number; readonly to: number }[]
  readonly values: ReadonlyMap<string, string>
  /** What the call's own template came to, where its file has it. */
  readonly was?: string
}

interface TextPlace {
  readonly path: readonly string[]
  readonly text: string
}

const systemNames = ['system', 'instructions', 'systemInstruction', 'system_instruction'] as const

/**
 * The request with another prompt, and this call's values in it: nothing but the characters of that text changes. It stands
 * where the call's own template does, else it is the system prompt, else the first message. Undefined: there is no such text.
 */
export function withAnotherPrompt(request: LoggedRequest, prompt: AnotherPrompt): LoggedRequest | undefined {
  const places = placesOf(request, prompt.was)
  const [first, ...more] = places
  if (!first) return undefined
  const { text, missing } = fillSlots(prompt, prompt.values)
  const notes = new Notes()
  let body: string | undefined = request.body
  for (const { path } of more.toReversed()) {
    const whole = path.at(-1) === 'text' ? path.slice(0, -1) : path.at(-1) === 'content' ? path.slice(0, -1) : path
    body = removeValue(body, whole)
    notes.left(
      whole.join('.'),
      `taken out: ${prompt.called} is the whole prompt, and stands at ${first.path.join('.')}`,
    )
  }
  body = setValue(body, first.path, JSON.stringify(text))
  if (body === undefined) return undefined
  const names = [...new Set(prompt.slots.map(({ name }) => name))].filter(name => !missing.includes(name))
  const values = names.length === 0 ? '' : `, with this call's ${names.join(', ')}`
  notes.add('rebuilt', first.path.join('.'), `${prompt.called}${values}`)
  for (const name of missing)
    notes.lost(`{{${name}}}`, `this call has no value for it, so that it stands in the text as it is written`)
  return {
    ...request,
    grade: notes.lossy ? 'C' : request.grade,
    body,
    receipt: [...request.receipt, ...notes.lines],
  }
}

/** The text of the prompt in a request: where another one would be put. `was`: the text that its template came to, where that is known. */
export function promptIn(request: Pick<LoggedRequest, 'body' | 'dialect'>, was: string | undefined): string {
  return placesOf(request, was)
    .map(({ text }) => text)
    .join('\n\n')
}

function placesOf(
  { body: text, dialect }: Pick<LoggedRequest, 'body' | 'dialect'>,
  was: string | undefined,
): readonly TextPlace[] {
  const body = parseJson(text)
  if (!isObject(body)) return []
  const { conversation } = dialectOf(dialect)
  const top = systemNames.flatMap(name => textsIn(body[name], [name]))
  const messages = messagesOf(body, conversation)
  const own = [...top, ...messages.flatMap(({ places }) => places)].find(place => place.text === was)
  if (own) return [own]
  const system = [...top, ...messages.flatMap(({ isSystem, places }) => (isSystem ? places : []))]
  return system.length > 0 ? system : (messages[0]?.places ?? [])
}

function messagesOf(body: JsonObject, name: string): { readonly isSystem: boolean; readonly places: TextPlace[] }[] {
  const said = body[name]
  if (typeof said === 'string') return [{ isSystem: false, places: [{ path: [name], text: said }] }]
  if (!Array.isArray(said)) return []
  return said.map((message: JsonValue, i) => {
    const { role, content, parts } = isObject(message) ? message : {}
    const path = [name, String(i)]
    return {
      isSystem: role === 'system' || role === 'developer',
      places: [...textsIn(content, [...path, 'content']), ...textsIn(parts, [...path, 'parts'])],
    }
  })
}

/** A text, or a list of parts of which some are texts. */
function textsIn(value: JsonValue | undefined, path: readonly string[]): TextPlace[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (isObject(value)) return textsIn(value['parts'], [...path, 'parts'])
  if (!Array.isArray(value)) return []
  return value.flatMap((part: JsonValue, i): TextPlace[] => {
    const text = isObject(part) ? part['text'] : undefined
    return typeof text === 'string' ? [{ path: [...path, String(i), 'text'], text }] : []
  })
}
