// Gemini generateContent. https://ai.google.dev/api/generate-content. The model and whether it streams stand in the address.
// Left out: the Interactions API, and bodies in snake_case, which survive where the log has them.

import { gemini as bodies } from '../../conventions/bodies/gemini.ts'
import { asWord, isList, isObject, itemsOf } from '../../conventions/values.ts'
import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part } from '../../domain/message.ts'
import type { Building, NeutralCall, Notes } from '../types.ts'
import { argumentsObject, isEmptyText, placeOf, readMedia, resultOf, signatureOf, ownOrigin } from '../written.ts'
import { callPiece, errorPiece, nothing, pieceOf, type Piece } from '../pieces.ts'
import type { Dialect } from './dialect.ts'
import { noteConversation, objectOf, wordSet } from './shared.ts'

const own = [
  'text',
  'functionCall',
  'functionResponse',
  'inlineData',
  'fileData',
  'executableCode',
  'codeExecutionResult',
]

/** Parts have no type: their key tells what they are. */
function isGeminiPart(value: JsonValue | undefined): value is JsonObject {
  return (
    isObject(value) && value['type'] === undefined && own.some(name => value[name] !== undefined) && !('id' in value)
  )
}

function writeMessages(call: NeutralCall, { body, notes }: Building): void {
  const contents: { role: string; parts: JsonValue[] }[] = []
  const instructions: JsonValue[] = []
  const names = new Map<string, string>()
  let isRebuilt = false
  for (const [i, message] of call.messages.entries()) {
    const field = placeOf('contents', i)
    const parts = message.parts.flatMap(part => {
      const origin = ownOrigin(part, call, 'gemini')
      if (part.type === 'tool_call' && part.id !== undefined) names.set(part.id, part.name)
      if (isGeminiPart(origin)) return [origin]
      isRebuilt = true
      if (isEmptyText(part, message)) return []
      return writePart(part, call, names, notes, field)
    })
    if (message.role === 'system' || message.role === 'developer') instructions.push(...parts)
    else if (parts.length > 0) {
      const role = roleOf(message)
      const last = contents.at(-1)
      // Results of several calls are one turn.
      if (message.role === 'tool' && last?.role === role) last.parts.push(...parts)
      else contents.push({ role, parts })
    }
  }
  if (instructions.length > 0) body['systemInstruction'] = { parts: instructions }
  body['contents'] = contents
  noteConversation(notes, 'contents', !isRebuilt)
  if (instructions.length > 0) notes.add('rebuilt', 'systemInstruction', 'the messages of role system')
}

function roleOf({ role }: Message): 'model' | 'user' {
  return role === 'assistant' || role === 'model' || role === 'ai' ? 'model' : 'user'
}

function writePart(
  part: Part,
  call: NeutralCall,
  names: ReadonlyMap<string, string>,
  notes: Notes,
  field: string,
): JsonObject[] {
  const thoughtSignature =
    call.spokenIn === undefined || call.spokenIn === 'gemini' ? signatureOf(part, call) : undefined
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [objectOf({ text: part.text, thoughtSignature })]
    case 'reasoning':
      if (thoughtSignature === undefined) {
        notes.lost(field, 'reasoning, which is taken back with its signature only')
        return []
      }
      return [objectOf({ text: part.text, thought: true, thoughtSignature })]
    case 'tool_call': {
      const args = argumentsObject(part, call)
      if (args === undefined) notes.lost(field, `the arguments of ${part.name}, which are no JSON object`)
      if (thoughtSignature === undefined && call.spokenIn === undefined)
        notes.add(
          'default',
          field,
          `the call of ${part.name} is without a thought signature, which newer models ask for`,
        )
      return [
        objectOf({
          functionCall: objectOf({ name: part.name, args: args ?? {}, id: ownId(part, call) }),
          thoughtSignature,
        }),
      ]
    }
    case 'tool_result': {
      const name = part.name ?? (part.id === undefined ? undefined : names.get(part.id))
      if (name === undefined) notes.lost(field, 'the name of the tool that answered')
      const result = resultOf(part, call)
      const response = isObject(result) ? result : { result }
      return [{ functionResponse: objectOf({ name: name ?? '', response, id: ownId(part, call) }) }]
    }
    case 'media':
      return writeMedia(part, call, notes, field)
    default:
      notes.lost(field, 'a part that this interface does not have')
      return []
  }
}

/** Ids that recorders give to calls are none of this interface. */
function ownId(part: Part, { spokenIn, originOf }: NeutralCall): string | undefined {
  const origin = originOf(part)
  const inner = origin?.['functionCall'] ?? origin?.['functionResponse']
  return spokenIn === 'gemini' && isObject(inner) ? asWord(inner['id']) : undefined
}

function writeMedia(
  part: Extract<Part, { type: 'media' }>,
  call: NeutralCall,
  notes: Notes,
  field: string,
): JsonObject[] {
  const media = readMedia(part, call)
  const mimeType = media.mimeType
  if (media.data !== undefined)
    return [{ inlineData: objectOf({ mimeType: mimeType ?? 'application/octet-stream', data: media.data }) }]
  if (media.url !== undefined) return [{ fileData: objectOf({ mimeType, fileUri: media.url }) }]
  notes.lost(field, `${media.kind} that is known to another provider only`)
  return []
}

/** There is no end mark: what has a reason to finish is the last, or the one before a count. Of several candidates the first. */
function readPiece(event: JsonObject): Piece {
  const failed = errorPiece(event)
  if (failed) return failed
  const candidates = itemsOf(event['candidates']).filter(isObject)
  const candidate = candidates.find(({ index }) => !(Number(index) > 0))
  if (!candidate) {
    // Nothing is answered to what is blocked.
    const blocked = isObject(event['promptFeedback']) && event['promptFeedback']['blockReason'] !== undefined
    return blocked ? { end: true } : nothing
  }
  const parts = isObject(candidate['content']) ? itemsOf(candidate['content']['parts']).filter(isObject) : []
  const texts = (isThought: boolean) =>
    parts.flatMap(({ text, thought }) => (typeof text === 'string' && (thought === true) === isThought ? text : []))
  const toolCalls = parts.flatMap(({ functionCall: called }, i) =>
    isObject(called) ? [callPiece(undefined, i, called['name'], called['args'])] : [],
  )
  const end = typeof (candidate['finishReason'] ?? candidate['finish_reason']) === 'string'
  return pieceOf({ text: texts(false).join(''), reasoning: texts(true).join(''), toolCalls, end })
}

export const gemini: Dialect = {
  id: 'gemini',
  api: bodies,
  conversation: 'contents',
  isWhole: body =>
    isList(body['contents']) &&
    body['contents'].length > 0 &&
    body['contents'].every(item => isObject(item) && isList(item['parts'])) &&
    !('config' in body),
  fields: wordSet(
    'contents model systemInstruction system_instruction tools toolConfig tool_config safetySettings safety_settings generationConfig',
    'generation_config cachedContent cached_content labels serviceTier store',
  ),
  group: {
    name: 'generationConfig',
    fields: wordSet(
      'temperature topP topK maxOutputTokens stopSequences candidateCount seed presencePenalty frequencyPenalty responseMimeType',
      'responseSchema responseJsonSchema thinkingConfig responseModalities speechConfig mediaResolution responseLogprobs logprobs',
      'enableEnhancedCivicAnswers imageConfig routingConfig',
    ),
  },
  words: {
    temperature: 'temperature',
    topP: 'topP',
    topK: 'topK',
    maxTokens: 'maxOutputTokens',
    stop: 'stopSequences',
    seed: 'seed',
    frequencyPenalty: 'frequencyPenalty',
    presencePenalty: 'presencePenalty',
    count: 'candidateCount',
  },
  writeMessages,
  writeTool: (written, { name, description, parameters }) =>
    written && ('parametersJsonSchema' in written || ('parameters' in written && !('type' in written)))
      ? written
      : objectOf({ name, description, parametersJsonSchema: parameters }),
  writeTools: (tools, { body }) => void (body['tools'] = [{ functionDeclarations: tools }]),
  writeToolChoice(choice, { body }) {
    const mode = choice.type === 'auto' ? 'AUTO' : choice.type === 'none' ? 'NONE' : 'ANY'
    const only = choice.type === 'tool' ? { allowedFunctionNames: [choice.name] } : {}
    body['toolConfig'] = { functionCallingConfig: { mode, ...only } }
    return true
  },
  writeOutput({ schema }, { body }) {
    const group = isObject(body['generationConfig']) ? body['generationConfig'] : {}
    const form = schema === undefined ? {} : { responseJsonSchema: schema }
    body['generationConfig'] = { ...group, responseMimeType: 'application/json', ...form }
    return true
  },
  streamInBody: false,
  readPiece,
  path(model, stream) {
    const name = (model ?? '').replace(/^models\//, '')
    const segments = name.split('/')
    // A step up would be another address.
    const isPath = segments.every(segment => !/^\.{0,2}$/.test(segment))
    const place = isPath ? segments.map(encodeURIComponent).join('/') : encodeURIComponent(name)
    return `/v1beta/${isPath && segments.length > 1 ? place : `models/${place}`}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
  },
  required: [],
}
