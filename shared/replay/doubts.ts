import { withOrigins } from '../conventions/origins.ts'
import { asWord, isList, isObject } from '../conventions/values.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { Notes } from './types.ts'

// What a request leans on that is not in it, or not any more: then it is not what was asked, whoever sends it again.

/** Nodes of a body that are looked at: a request of any use is smaller. */
const mostNodes = 200_000

const references: ReadonlyMap<string, string> = new Map([
  ['file_id', 'a file that only the account that was asked has'],
  ['previous_response_id', 'an answer that only the account that was asked has'],
  ['conversation', 'a conversation that only the account that was asked has'],
  ['cachedContent', 'a cache that only the account that was asked has, for a while'],
  ['cached_content', 'a cache that only the account that was asked has, for a while'],
  ['container', 'a container that only the account that was asked has, for a while'],
])

const placeholder =
  /__REDACTED__|\[Scrubbed due to|^\s*[[<]?(?:REDACTED|FILTERED|MASKED)[\]>]?\s*$|\[(?:REDACTED|FILTERED|MASKED)\]|<redacted>/
const cut = /(?:\.{3}|…)\s*[[(<]?(?:\d+ )?(?:\w+ )?truncated[^\n]{0,40}$|[[<]truncated[\]>][^\n]{0,20}$/i

/** Notes each place of a body that refers to what is elsewhere, or says that something was taken out. */
export function noteDoubts(body: JsonObject, notes: Notes): void {
  const queue: { readonly value: JsonValue; readonly path: string }[] = [{ value: body, path: '' }]
  for (let i = 0; i < queue.length && i < mostNodes; i++) {
    const { value, path } = queue[i]!
    if (typeof value === 'string') noteText(value, path, notes)
    else if (isList(value))
      for (const [at, item] of value.entries()) queue.push({ value: item, path: `${path}[${at}]` })
    else if (isObject(value)) {
      noteObject(value, path, notes)
      for (const name of Object.keys(value))
        queue.push({ value: value[name]!, path: path === '' ? name : `${path}.${name}` })
    }
  }
}

function noteText(text: string, path: string, notes: Notes): void {
  if (placeholder.test(text.length > 100_000 ? text.slice(0, 100_000) : text))
    notes.lost(path, 'a text that its recorder took out')
  else if (cut.test(text.slice(-120))) notes.lost(path, 'a text that its recorder cut off')
}

function noteObject(value: JsonObject, path: string, notes: Notes): void {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  for (const [name, what] of references) {
    const found = value[name]
    // Tools have parameters of any name.
    const isSaid = typeof found === 'string' ? found !== '' : path === '' && isObject(found)
    if (isSaid && !/(?:parameters|input_schema|properties|input|arguments|args)(?:\.|$)/.test(path))
      notes.lost(at(name), what)
  }
  if (value['type'] === 'item_reference') notes.lost(path, 'an item that only the account that was asked has')
  if (path === '' && isObject(value['prompt']) && typeof value['prompt']['id'] === 'string') {
    notes.lost('prompt', 'a prompt that only the account that was asked has')
  }
  const file = value['fileData'] ?? value['file_data']
  const uri = isObject(file) ? (file['fileUri'] ?? file['file_uri']) : undefined
  if (typeof uri === 'string' && /^gs:|generativelanguage\.googleapis\.com/.test(uri))
    notes.lost(at('fileData.fileUri'), 'a file that only the account that was asked has')
}

/** Calls without a result and results without a call, by their ids; what a provider runs itself apart. */
export function noteDangling(body: JsonObject, dialect: Dialect, notes: Notes): void {
  const { value, originOf } = withOrigins(() => dialect.api.readRequest(body))
  const called = new Map<string, { readonly name: string; readonly type: string }>()
  const answered = new Set<string>()
  for (const { parts } of value.messages ?? []) {
    for (const part of parts) {
      if (part.type === 'tool_call' && part.id !== undefined) {
        called.set(part.id, { name: part.name, type: asWord(originOf(part)?.['type']) ?? '' })
      } else if (part.type === 'tool_result' && part.id !== undefined) answered.add(part.id)
    }
  }
  for (const [id, { name, type }] of called) {
    if (answered.has(id)) continue
    if (/^(?:server|mcp)_tool_use$/.test(type)) {
      notes.lost(dialect.conversation, `the result of ${name} (${id}), which the provider itself ran`)
    } else if (!type.endsWith('_call') || /^(?:function|custom_tool)_call$/.test(type)) {
      notes.add('log', dialect.conversation, `the call of ${name} (${id}) has no result here: a provider refuses that`)
    }
  }
  for (const id of answered) {
    if (!called.has(id))
      notes.add(
        'log',
        dialect.conversation,
        `a tool's result (${id}) is there without its call: a provider refuses that`,
      )
  }
}
