// What the providers refuse of a request's body, in their words: what goes wrong most when a conversation is put together.

import type { IncomingMessage } from 'node:http'
import type { DialectId } from '../../shared/replay/types.ts'

export type Asked = Readonly<Record<string, unknown>>
type Headers = IncomingMessage['headers']

const objects = (value: unknown): readonly Asked[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'object' && one !== null) : []
const isObject = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Undefined where it is taken. */
export function refusalOf(dialect: DialectId, body: Asked, headers: Headers = {}): string | undefined {
  return contracts[dialect](body, headers)
}

const contracts: { readonly [dialect in DialectId]: (body: Asked, headers: Headers) => string | undefined } = {
  'openai-chat': ({ messages, model, temperature }) => {
    if (/^o\d|^gpt-5/.test(String(model)) && temperature !== undefined && temperature !== 1)
      return `Unsupported value: 'temperature' does not support ${JSON.stringify(temperature)} with this model.`
    let open = new Set<unknown>()
    for (const [i, message] of objects(messages).entries()) {
      const { role, tool_call_id: id, tool_calls: calls, content } = message
      const says = content ?? calls ?? message['refusal'] ?? message['audio'] ?? message['function_call']
      if (role === 'tool') {
        if (!open.delete(id ?? ''))
          return "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
      } else if (open.size > 0)
        return "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'."
      if (Array.isArray(calls) && calls.length === 0) return `Invalid 'messages[${i}].tool_calls': empty array.`
      if (says === undefined || says === null)
        return `Invalid value for 'content': expected a string, got null. (messages.${i})`
      open = calls ? new Set(objects(calls).map(call => call['id'])) : open
    }
    return open.size > 0 ? "An assistant message with 'tool_calls' must be followed by tool messages." : undefined
  },

  'openai-responses': ({ input, seed, stop, store }) => {
    if ((seed ?? stop) !== undefined) return `Unknown parameter: '${seed === undefined ? 'stop' : 'seed'}'.`
    const items = objects(input)
    const callIds = (type: string) => new Set(items.flatMap(item => (item['type'] === type ? item['call_id'] : [])))
    const [called, answered] = [callIds('function_call'), callIds('function_call_output')]
    for (const [i, item] of items.entries()) {
      const { type = 'message', id, call_id: call, role } = item
      const prefix = { message: 'msg', reasoning: 'rs', function_call: 'fc' }[String(type)]
      if (prefix !== undefined && id !== undefined && !word(id).startsWith(prefix))
        return `Invalid 'input[${i}].id': '${word(id)}'. Expected an ID that begins with '${prefix}'.`
      if (type === 'function_call' && !answered.has(call))
        return `No tool output found for function call ${String(call)}.`
      if (type === 'function_call_output' && !called.has(call))
        return `No tool call found for function call output with call_id ${String(call)}.`
      if (type === 'function_call' && typeof item['arguments'] !== 'string')
        return `Invalid type for 'input[${i}].arguments': expected a string.`
      if (type === 'reasoning' && store === false && typeof item['encrypted_content'] !== 'string')
        return `Item with id '${String(id)}' not found. Items are not persisted when \`store\` is set to false.`
      const wrong = objects(item['content']).find(
        part => !(role === 'assistant' ? /^(?:output_text|refusal)$/ : /^input_/).test(String(part['type'])),
      )
      if (type === 'message' && wrong)
        return `Invalid value: '${String(wrong['type'])}'. (input[${i}].content, role ${String(role)})`
    }
    return undefined
  },

  anthropic: ({ messages, temperature, max_tokens: most }, headers) => {
    const version = headers['anthropic-version']
    if (version === undefined) return 'anthropic-version: header is required'
    if (version === '2026-10-21' && temperature !== undefined)
      return 'temperature: this parameter is not supported in this API version'
    if (!Number.isInteger(most) || Number(most) < 1) return 'max_tokens: Input should be greater than or equal to 1'
    const turns = objects(messages)
    if (turns.length === 0) return 'messages: at least one message is required'
    let before = new Set<unknown>()
    for (const [i, { role, content }] of turns.entries()) {
      if (role !== 'user' && role !== 'assistant') return `messages.${i}: Input should be 'user' or 'assistant'`
      const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : objects(content)
      if (blocks.length === 0) return `messages.${i}: all messages must have non-empty content`
      const results = blocks.filter(({ type }) => type === 'tool_result').map(block => block['tool_use_id'])
      const missing = [...before].find(id => !results.includes(id))
      const isFirst = blocks.slice(0, results.length).every(({ type }) => type === 'tool_result')
      if (missing !== undefined || !isFirst)
        return `messages.${i - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${String(missing)}.`
      const unknown = results.find(id => !before.has(id))
      if (unknown !== undefined)
        return `messages.${i}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${word(unknown)}.`
      for (const block of blocks) {
        const { type, text, id, input, signature } = block
        if (type === 'text' && text === '') return 'messages: text content blocks must be non-empty'
        if (type === 'tool_use' && !/^[\w-]+$/.test(String(id)))
          return `messages.${i}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`
        if (type === 'tool_use' && !isObject(input))
          return `messages.${i}.tool_use.input: Input should be a valid dictionary`
        if (type === 'thinking' && typeof signature !== 'string')
          return `messages.${i}.thinking.signature: Field required`
      }
      before = new Set(blocks.filter(({ type }) => type === 'tool_use').map(block => block['id']))
    }
    return before.size > 0 ? '`tool_use` ids were found without `tool_result` blocks at the end.' : undefined
  },

  gemini: body => {
    const name = Object.keys(body).find(one => ['messages', 'temperature', 'stream', 'model'].includes(one))
    if (name !== undefined) return `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`
    const system = body['systemInstruction']
    if (system !== undefined && (!isObject(system) || objects(system['parts']).length === 0))
      return 'GenerateContentRequest.system_instruction.parts: must not be empty.'
    const contents = objects(body['contents'])
    if (contents.length === 0) return 'GenerateContentRequest.contents: contents is not specified'
    let calls = 0
    for (const [i, { role, parts: written }] of contents.entries()) {
      const at = `GenerateContentRequest.contents[${i}]`
      if (role !== 'user' && role !== 'model') return `Please use a valid role: user, model. (${at})`
      const parts = objects(written)
      if (parts.length === 0) return `${at}.parts: contents.parts must not be empty.`
      const responses = parts.map(part => part['functionResponse']).filter(isObject)
      if (responses.some(one => typeof one['name'] !== 'string' || one['name'] === ''))
        return `${at}.parts[0].function_response.name: Name cannot be empty.`
      if (responses.some(one => !isObject(one['response'])))
        return `Proto field is not repeating, cannot start list. (${at})`
      if (responses.length !== calls)
        return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.'
      calls = parts.filter(part => part['functionCall'] !== undefined).length
    }
    return calls > 0
      ? 'Please ensure that function response turn comes immediately after a function call turn.'
      : undefined
  },

  'ollama-chat': ({ messages }) => {
    for (const { content, images, tool_calls: calls } of objects(messages)) {
      const field = 'json: cannot unmarshal into Go struct field ChatRequest.messages'
      if (typeof (content ?? '') !== 'string') return `${field}.content of type string`
      if (objects(calls).some(call => !isObject(call['function']) || !isObject(call['function']['arguments'])))
        return `${field}.tool_calls.function.arguments of type map[string]interface {}`
      const pictures = Array.isArray(images) ? (images as readonly unknown[]) : []
      if (pictures.some(one => !/^[A-Za-z0-9+/]+={0,2}$/.test(String(one))))
        return 'illegal base64 data at input byte 4'
    }
    return undefined
  },
}
