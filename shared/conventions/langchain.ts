import type { JsonObject, JsonValue } from '../domain/json.ts'
import { isList, isObject } from './values.ts'

// LangChain's messages, in the three ways they are written down: `{lc, type: "constructor", id: […, "HumanMessage"], kwargs}`
// (dumps), `{type: "human", data: {…}}` (messages_to_dict) and `{type: "human", content, additional_kwargs, …}` (model_dump).

const roles: { readonly [word: string]: string | undefined } = Object.assign(Object.create(null) as object, {
  human: 'user',
  ai: 'assistant',
  aimessagechunk: 'assistant',
  system: 'system',
  tool: 'tool',
  function: 'tool',
})

/** The message as `{role, content, tool_calls …}`; undefined for anything else. */
export function fromLangChain(value: JsonObject): JsonObject | undefined {
  const kwargs = value['kwargs']
  if (value['lc'] !== undefined && isObject(kwargs)) {
    const id = value['id']
    const name = isList(id) ? id.at(-1) : undefined
    return typeof name === 'string' && name.includes('Message') ? plain(kwargs, roleOfClass(name)) : undefined
  }
  const type = value['type']
  if (typeof type !== 'string') return undefined
  const role = roles[type.toLowerCase()] ?? (type === 'chat' ? 'user' : undefined)
  if (role === undefined) return undefined
  if (isObject(value['data']) && 'content' in value['data']) return plain(value['data'], role)
  // Other producers' parts have these words as their type too, but none of LangChain's fields.
  return 'content' in value && ('additional_kwargs' in value || 'response_metadata' in value)
    ? plain(value, role)
    : undefined
}

/** `HumanMessage`, `AIMessageChunk`, `SystemMessage`, `ToolMessage`, `FunctionMessage`, `ChatMessage`. */
function roleOfClass(name: string): string {
  const word = name.slice(0, name.indexOf('Message')).toLowerCase()
  return roles[word] ?? 'user'
}

function plain(fields: JsonObject, role: string): JsonObject {
  const { type: _type, additional_kwargs: more, response_metadata: answer, ...rest } = fields
  const reason = isObject(answer) ? (answer['finish_reason'] ?? answer['stop_reason']) : undefined
  return {
    ...withCalls(rest, more),
    role: typeof rest['role'] === 'string' ? rest['role'] : role,
    ...(typeof reason === 'string' ? { finish_reason: reason } : {}),
  }
}

/** Older ones keep the calls in `additional_kwargs`, as the provider wrote them. */
export function withCalls(message: JsonObject, more: JsonValue | undefined): JsonObject {
  if (!isObject(more)) return message
  const calls = isList(message['tool_calls']) && message['tool_calls'].length > 0 ? undefined : more['tool_calls']
  const thought = more['reasoning_content']
  return {
    ...message,
    ...(isList(calls) ? { tool_calls: calls } : {}),
    ...(isObject(more['function_call']) ? { function_call: more['function_call'] } : {}),
    ...(typeof thought === 'string' ? { reasoning_content: thought } : {}),
  }
}
