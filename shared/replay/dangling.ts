import { parseJson } from '../conventions/json-text.ts'
import { asWord, isList, isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Part } from '../domain/message.ts'
import { dialectOf } from './dialects/index.ts'
import { removeValue, valueAt } from './json-edit.ts'
import { Notes, type DialectId } from './types.ts'

/** A call without a result, or a result without its call: providers refuse a conversation that has one. */
export interface Dangling {
  readonly kind: 'call' | 'result'
  readonly id: string
  /** Of the tool; of a result it is mostly not said. */
  readonly name?: string
  /** Where it stands in the body. */
  readonly path: readonly string[]
  /** The item of the conversation that it stands in. */
  readonly item: number
}

/** What calls and answers calls in an item of a conversation: with its id, and the steps from the item to it. */
interface Mention {
  readonly kind: 'call' | 'result'
  readonly id: string
  readonly name: string | undefined
  readonly steps: readonly string[]
}

/** Calls and results that have lost each other, in the order of the conversation. What a provider runs itself is not among them. */
export function danglingIn(text: string, id: DialectId): readonly Dangling[] {
  const body = parseJson(text)
  const { conversation } = dialectOf(id)
  const items = isObject(body) ? body[conversation] : undefined
  if (!isList(items)) return []
  const all = items.flatMap((item, at) => mentionsIn(item, id).map(one => ({ ...one, at })))
  const has = (kind: Mention['kind']) => new Set(all.filter(one => one.kind === kind).map(one => one.id))
  const [called, answered] = [has('call'), has('result')]
  return all
    .filter(one => !(one.kind === 'call' ? answered : called).has(one.id))
    .map(({ kind, id: call, name, steps, at }) => ({
      kind,
      id: call,
      ...(name === undefined ? {} : { name }),
      path: [conversation, String(at), ...steps],
      item: at,
    }))
}

function mentionsIn(item: JsonValue, id: DialectId): Mention[] {
  if (!isObject(item)) return []
  if (id === 'openai-responses') {
    const [type, call] = [asWord(item['type']) ?? '', asWord(item['call_id'])]
    const kind = /^(?:function|custom_tool)_call(_output)?$/.exec(type)
    return kind && call !== undefined ? [mention(kind[1] ? 'result' : 'call', call, item['name'], [])] : []
  }
  const result = item['role'] === 'tool' ? asWord(item['tool_call_id']) : undefined
  if (result !== undefined) return [mention('result', result, item['name'], [])]
  return [
    ...inList(item, 'tool_calls', (call, steps) => {
      const made = isObject(call['function']) ? call['function']['name'] : call['name']
      return [mentionOf('call', call['id'], made, steps)]
    }),
    ...inList(item, 'content', (part, steps) => [
      part['type'] === 'tool_use' ? mentionOf('call', part['id'], part['name'], steps) : undefined,
      part['type'] === 'tool_result' ? mentionOf('result', part['tool_use_id'], undefined, steps) : undefined,
    ]),
    ...inList(item, 'parts', (part, steps) =>
      (['functionCall', 'functionResponse'] as const).map(key => {
        const about = part[key]
        const kind = key === 'functionCall' ? 'call' : 'result'
        return isObject(about) ? mentionOf(kind, about['id'], about['name'], steps) : undefined
      }),
    ),
  ]
}

function inList(
  item: JsonObject,
  name: string,
  read: (part: JsonObject, steps: readonly string[]) => readonly (Mention | undefined)[],
): Mention[] {
  const list = item[name]
  if (!isList(list)) return []
  return list.flatMap((part, i) => (isObject(part) ? read(part, [name, String(i)]).filter(one => !!one) : []))
}

/** Without an id nobody can say whether it is answered. */
function mentionOf(
  kind: Mention['kind'],
  id: JsonValue | undefined,
  name: JsonValue | undefined,
  steps: readonly string[],
): Mention | undefined {
  const word = asWord(id)
  return word === undefined ? undefined : mention(kind, word, name, steps)
}

function mention(kind: Mention['kind'], id: string, name: JsonValue | undefined, steps: readonly string[]): Mention {
  return { kind, id, name: asWord(name), steps }
}

/** Ways to mend it, each the text of the body without what was wrong; all other characters stay. */
export const mends = {
  /** Takes it out, and the item that held nothing else. */
  drop(text: string, { path, item }: Dangling, id: DialectId): string {
    const { conversation } = dialectOf(id)
    const whole = [conversation, String(item)]
    const left = removeValue(text, path)
    if (path.length <= whole.length) return left
    const list = path.slice(0, -1)
    const place = valueAt(left, list)
    if (!place || left.slice(place.start + 1, place.end - 1).trim() !== '') return left
    const rest = parseJson(left)
    const items = isObject(rest) ? rest[conversation] : undefined
    const holder = isList(items) ? items[item] : undefined
    // A message that still says something goes on without its calls.
    const says = isObject(holder) && list.at(-1) === 'tool_calls' && !isEmpty(holder['content'])
    return removeValue(left, says ? list : whole)
  },
  /** Puts an empty result behind it, to be written by hand. */
  answer(text: string, { id: call, name = '', item }: Dangling, id: DialectId): string {
    const dialect = dialectOf(id)
    const part: Part = { type: 'tool_result', id: call, name, result: '' }
    const body: Record<string, JsonValue> = {}
    const said = {
      tools: [],
      parameters: {},
      originOf: () => undefined,
      spokenIn: id,
      recorder: 'other',
      mixed: false,
    } as const
    // Gemini's results go by the tool's name; one whose call has an id must have it.
    if (id === 'gemini')
      body['contents'] = [{ role: 'user', parts: [{ functionResponse: { id: call, name, response: { result: '' } } }] }]
    else dialect.writeMessages({ ...said, messages: [{ role: 'tool', parts: [part] }] }, { body, notes: new Notes() })
    const made = body[dialect.conversation]
    const place = valueAt(text, [dialect.conversation, String(item)])
    if (!isList(made) || !place) return text
    const written = made.map(one => JSON.stringify(one)).join(', ')
    return `${text.slice(0, place.end)}, ${written}${text.slice(place.end)}`
  },
  /** Ends the conversation before the item that it stands in. */
  cut(text: string, { item }: Dangling, id: DialectId): string {
    const { conversation } = dialectOf(id)
    const list = valueAt(text, [conversation])
    const before = item === 0 ? undefined : valueAt(text, [conversation, String(item - 1)])
    if (!list) return text
    return `${text.slice(0, before?.end ?? list.start + 1)}${text.slice(list.end - 1)}`
  },
} as const

function isEmpty(content: JsonValue | undefined): boolean {
  return content === undefined || content === null || content === '' || (isList(content) && content.length === 0)
}
