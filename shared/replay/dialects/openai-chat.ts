// OpenAI Chat Completions, which most others serve too. https://platform.openai.com/docs/api-reference/chat/create
// Left out: `functions` and messages of role function, which no model of today takes; they survive where the log has them.

import { openAiChat as bodies } from '../../conventions/bodies/openai-chat.ts'
import { asWord, isList, isObject, itemsOf } from '../../conventions/values.ts'
import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part } from '../../domain/message.ts'
import type { Building, NeutralCall, Notes } from '../types.ts'
import {
  addressOf,
  argumentsText,
  cacheMark,
  isListed,
  placeOf,
  plainTexts,
  readMedia,
  resultText,
  ownOrigin,
} from '../written.ts'
import { callPiece, errorPiece, nothing, pieceOf, type Piece } from '../pieces.ts'
import type { Concept, Dialect } from './dialect.ts'
import { noteConversation, objectOf, wordSet } from './shared.ts'

const roles = wordSet('system developer user assistant tool function')
const partTypes = wordSet('text image_url input_audio file refusal video_url document_url thinking')

/** Whether a message is written as this interface takes it: then it is sent as it was logged. */
export function isChatMessage(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value) || typeof value['role'] !== 'string' || !roles.has(value['role'])) return false
  if (
    [
      'parts',
      'message',
      'kwargs',
      'additional_kwargs',
      'providerOptions',
      'providerMetadata',
      'toolInvocations',
      'finish_reason',
    ].some(name => name in value)
  )
    return false
  const { content, tool_calls: calls } = value
  if (value['role'] === 'tool' && typeof value['tool_call_id'] !== 'string') return false
  if (content === undefined && !isList(calls) && value['audio'] === undefined && value['function_call'] === undefined)
    return false
  return isContent(content) && (calls === undefined || calls === null || (isList(calls) && calls.every(isCall)))
}

function isContent(content: JsonValue | undefined): boolean {
  if (content === undefined || content === null || typeof content === 'string') return true
  return isList(content) && content.every(part => isObject(part) && isPart(part))
}

/** AI SDK calls its own parts by the same names. */
function isPart(part: JsonObject): boolean {
  const type = asWord(part['type']) ?? ''
  if ('providerOptions' in part || 'providerMetadata' in part) return false
  if (type === 'text') return typeof part['text'] === 'string'
  return partTypes.has(type) && (isObject(part[type]) || type !== 'file')
}

function isCall(call: JsonValue): boolean {
  if (!isObject(call) || typeof call['id'] !== 'string') return false
  if (call['type'] === 'custom') return isObject(call['custom'])
  const called = call['function']
  return call['type'] === 'function' && isObject(called) && typeof called['arguments'] === 'string'
}

const reasoners = /(?:^|\/)(?:o[134](?:$|-)|gpt-[5-9])/

function wordFor(concept: Concept, model: string | undefined): string | undefined {
  return concept === 'maxTokens' && model !== undefined && reasoners.test(model) ? 'max_completion_tokens' : undefined
}

function writeMessages(call: NeutralCall, { body, notes }: Building): void {
  const messages: JsonValue[] = []
  let asLogged = 0
  for (const [i, message] of call.messages.entries()) {
    const origin = ownOrigin(message, call, 'openai-chat')
    if (call.recorder !== 'ai-sdk' && isChatMessage(origin)) {
      messages.push(origin)
      asLogged++
    } else messages.push(...writeMessage(message, call, notes, placeOf('messages', i)))
  }
  body['messages'] = messages
  noteConversation(notes, 'messages', asLogged === call.messages.length)
}

function writeMessage(message: Message, call: NeutralCall, notes: Notes, field: string): JsonObject[] {
  const role =
    message.role === 'model' || message.role === 'ai' ? 'assistant' : message.role === 'human' ? 'user' : message.role
  const results = message.parts.flatMap(part =>
    part.type === 'tool_result'
      ? [{ role: 'tool', tool_call_id: idOf(part, notes, field), content: resultText(part, call) }]
      : [],
  )
  const rest = message.parts.filter(part => part.type !== 'tool_result')
  if (results.length > 0 && rest.length === 0) return results
  if (role === 'assistant') {
    const answer = writeAssistant({ ...message, parts: rest }, call, notes, field)
    if (Object.values(answer).some(value => value !== null && value !== 'assistant')) return [answer, ...results]
    notes.left(field, 'an answer of which nothing is left')
    return results
  }
  const texts = plainTexts({ ...message, parts: rest })
  const content =
    texts?.length === 1 && !isListed(message, call)
      ? texts[0]!
      : rest.flatMap(part => writePart(part, call, notes, field))
  const name = message.name === undefined ? {} : { name: message.name }
  return [...results, { role: roles.has(role) ? role : 'user', ...name, content }]
}

function idOf({ id }: { readonly id?: string }, notes: Notes, field: string): string {
  if (id === undefined) notes.lost(field, 'the id that joins a tool call and its result')
  return id ?? ''
}

function writeAssistant(message: Message, call: NeutralCall, notes: Notes, field: string): JsonObject {
  const written: Record<string, JsonValue> = { role: 'assistant' }
  const said = message.parts.filter(part => part.type === 'text' || part.type === 'media')
  const texts = plainTexts({ ...message, parts: said })
  const calls: JsonObject[] = []
  for (const part of message.parts) {
    if (part.type === 'tool_call') {
      calls.push({
        id: idOf(part, notes, field),
        type: 'function',
        function: { name: part.name, arguments: argumentsText(part, call) },
      })
    } else if (part.type === 'refusal') written['refusal'] = part.text
    else if (part.type === 'reasoning') {
      // DeepSeek, vLLM and others of this interface have a field for it; OpenAI has none.
      if (call.spokenIn === 'openai-chat') written['reasoning_content'] = part.text
      else notes.lost(field, 'reasoning: this interface takes none back')
    } else if (part.type === 'other') notes.lost(field, 'a part that this interface does not have')
  }
  const isPlain = texts !== undefined && (texts.length === 1 || call.recorder === 'ai-sdk')
  written['content'] =
    said.length === 0 ? null : isPlain ? texts.join('') : said.flatMap(part => writePart(part, call, notes, field))
  if (calls.length > 0) written['tool_calls'] = calls
  return written
}

function writePart(part: Part, call: NeutralCall, notes: Notes, field: string): JsonObject[] {
  // Some who serve this interface read Anthropic's marks; whoever was asked by it said so himself.
  const mark = call.spokenIn === 'anthropic' ? {} : cacheMark(part, call)
  if (part.type === 'text') return [{ type: 'text', text: part.text, ...mark }]
  if (part.type === 'refusal') return [{ type: 'refusal', refusal: part.text }]
  if (part.type !== 'media') {
    notes.lost(field, 'a part that this interface does not have')
    return []
  }
  const media = readMedia(part, call)
  const url = addressOf(media)
  if (media.kind === 'image' && url !== undefined) {
    return [{ type: 'image_url', image_url: { url, ...(media.detail === undefined ? {} : { detail: media.detail }) } }]
  }
  if (media.kind === 'audio' && media.data !== undefined) {
    const format =
      media.mimeType
        ?.split('/')
        .at(-1)
        ?.replace(/^(?:x-)?(?:mpeg|mp3)$/, 'mp3')
        .replace(/^x-/, '') ?? 'wav'
    return [{ type: 'input_audio', input_audio: { data: media.data, format } }]
  }
  const file =
    media.fileId === undefined
      ? media.data === undefined
        ? undefined
        : { file_data: url! }
      : { file_id: media.fileId }
  if (file) return [{ type: 'file', file: { ...(media.name === undefined ? {} : { filename: media.name }), ...file } }]
  notes.lost(field, `${media.kind} that is in the log as an address only, which this interface does not take`)
  return []
}

/** A refusal is an answer too. The end is no event of this interface, but a line of its own (`[DONE]`). */
function readPiece(event: JsonObject): Piece {
  const choice = itemsOf(event['choices'])[0]
  const delta = isObject(choice) ? choice['delta'] : undefined
  if (!isObject(delta)) return errorPiece(event) ?? nothing
  const toolCalls = itemsOf(delta['tool_calls']).flatMap((call, i) => {
    const called = isObject(call) ? call['function'] : undefined
    return isObject(call) && isObject(called) ? [callPiece(call['index'], i, called['name'], called['arguments'])] : []
  })
  const text = delta['content'] || delta['refusal']
  return pieceOf({ text, reasoning: delta['reasoning_content'] ?? delta['reasoning'], toolCalls })
}

export const openAiChat: Dialect = {
  id: 'openai-chat',
  api: bodies,
  conversation: 'messages',
  isWhole: body =>
    typeof body['model'] === 'string' &&
    isList(body['messages']) &&
    body['messages'].length > 0 &&
    body['messages'].every(isChatMessage),
  fields: wordSet(
    'model messages tools tool_choice parallel_tool_calls functions function_call response_format temperature top_p n stop seed',
    'max_tokens max_completion_tokens frequency_penalty presence_penalty logit_bias logprobs top_logprobs stream stream_options',
    'user safety_identifier service_tier store metadata reasoning_effort verbosity modalities audio prediction web_search_options',
    'prompt_cache_key prompt_cache_retention prompt_cache_options moderation',
    // Of compatible servers.
    'top_k min_p top_a typical_p repetition_penalty length_penalty min_tokens ignore_eos stop_token_ids skip_special_tokens',
    'structured_outputs guided_json guided_regex guided_choice guided_grammar grammar json_schema cache_prompt id_slot',
    'chat_template_kwargs chat_template add_generation_prompt mirostat mirostat_tau mirostat_eta ttl draft_model provider models',
    'route transforms reasoning include_reasoning plugins usage safe_prompt random_seed prompt_mode enable_thinking thinking',
    'thinking_budget best_of use_beam_search echo search_parameters',
  ),
  words: {
    temperature: 'temperature',
    topP: 'top_p',
    maxTokens: 'max_tokens',
    stop: 'stop',
    seed: 'seed',
    frequencyPenalty: 'frequency_penalty',
    presencePenalty: 'presence_penalty',
    count: 'n',
    parallelTools: 'parallel_tool_calls',
    user: 'user',
    serviceTier: 'service_tier',
  },
  wordFor,
  writeMessages,
  writeTool: (written, offer) => {
    // A definition of this interface stays whole: custom tools, `strict`, and what is not known yet.
    if (
      written &&
      (isObject(written['function']) || isObject(written['custom'])) &&
      typeof written['type'] === 'string'
    )
      return written
    const { parameters, description, strict } = offer
    return objectOf({
      type: 'function',
      function: objectOf({ name: offer.name, description, parameters, strict }),
    })
  },
  writeTools: (tools, { body }) => void (body['tools'] = tools),
  writeToolChoice(choice, { body }) {
    body['tool_choice'] = choice.type === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.type
    return true
  },
  writeOutput({ schema, name, description, strict }, { body }) {
    body['response_format'] =
      schema === undefined
        ? { type: 'json_object' }
        : { type: 'json_schema', json_schema: objectOf({ name: name ?? 'response', description, schema, strict }) }
    return true
  },
  streamInBody: true,
  readPiece,
  path: () => '/v1/chat/completions',
  required: [],
}
