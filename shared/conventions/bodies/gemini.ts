// Gemini generateContent, as AI Studio and Vertex serve it; snake_case as Python writes it.
// https://ai.google.dev/api/generate-content. Thoughts are counted beside the candidates.

import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, RetrievedDocument } from '../../domain/message.ts'
import { messagesOf } from '../messages.ts'
import { first } from '../parts.ts'
import { toolsOf } from '../tools.ts'
import type { CountingRule, WrittenUsage } from '../usage.ts'
import { asNumber, asWord, emptyObject, isList, isObject, itemsOf, present, type Written } from '../values.ts'
import { firstIn, isBody, listIn, objectIn, oneOf, wordIn, type Body } from './fields.ts'
import { assembleGemini } from './gemini-stream.ts'
import { parametersOf, type ProviderApi, type RequestContent, type ResponseContent } from './provider-api.ts'

export const gemini: ProviderApi = {
  id: 'gemini',
  provider: 'gcp.gemini',
  kind: 'generation',
  operation: 'generate_content',
  isRequest(body) {
    const item = firstIn(body, 'contents')
    if (item !== undefined && 'parts' in item) return 'certain'
    return typeof body['contents'] === 'string' && 'model' in body ? 'likely' : 'no'
  },
  isResponse: isGeminiResponse,
  requestFacts: body => ({ ...present({ model: modelOf(body) }) }),
  responseFacts: body => ({
    ...present({
      id: wordIn(body, 'responseId') ?? wordIn(body, 'response_id'),
      model: wordIn(body, 'modelVersion') ?? wordIn(body, 'model_version'),
      usage: geminiUsage(usageOf(body)),
      created: oneOf(body, 'createTime', 'create_time'),
      failed: blocked(body),
    }),
  }),
  readRequest: readGeminiRequest,
  readResponse: readGeminiResponse,
  countRequest: body => (listIn(body, 'contents')?.length ?? 1) + (instructionsIn(body) === undefined ? 0 : 1),
  countResponse: body => listIn(body, 'candidates')?.filter(item => isBody(item) && 'content' in item).length ?? 0,
  // Pieces are whole responses with a part of the text: `gemini-stream.ts`.
  assemble: assembleGemini,
}

function isGeminiResponse(body: Body): boolean {
  const candidate = firstIn(body, 'candidates')
  if (candidate !== undefined)
    return 'content' in candidate || 'finishReason' in candidate || 'finish_reason' in candidate
  const usage = usageOf(body)
  const counts = usage !== undefined && ('promptTokenCount' in usage || 'prompt_token_count' in usage)
  return counts || objectIn(body, 'promptFeedback') !== undefined
}

function modelOf(body: Body): string | undefined {
  return wordIn(body, 'model')?.replace(/^(?:publishers\/google\/)?models\//, '')
}

function usageOf(body: Body): Body | undefined {
  return objectIn(body, 'usageMetadata') ?? objectIn(body, 'usage_metadata')
}

function blocked(body: Body): { type: string; message?: Written } | undefined {
  const feedback = objectIn(body, 'promptFeedback') ?? objectIn(body, 'prompt_feedback')
  const reason = wordIn(feedback, 'blockReason') ?? wordIn(feedback, 'block_reason')
  return reason === undefined
    ? undefined
    : { type: reason, ...present({ message: oneOf(feedback, 'blockReasonMessage') }) }
}

const besideThoughts: CountingRule = { inputHasCache: true, outputHasReasoning: false }

/** What tools put into the prompt is counted apart from it, and sent all the same. */
export function geminiUsage(usage: Body | undefined): WrittenUsage | undefined {
  if (usage === undefined) return undefined
  const prompt = oneOf(usage, 'promptTokenCount', 'prompt_token_count')
  const reasoning = oneOf(usage, 'thoughtsTokenCount', 'thoughts_token_count')
  const output =
    oneOf(usage, 'candidatesTokenCount', 'candidates_token_count', 'responseTokenCount') ??
    (reasoning === undefined ? undefined : 0)
  if (prompt === undefined && output === undefined) return undefined
  return {
    input: plus(prompt, oneOf(usage, 'toolUsePromptTokenCount', 'tool_use_prompt_token_count')),
    output,
    total: oneOf(usage, 'totalTokenCount', 'total_token_count'),
    cacheRead: oneOf(usage, 'cachedContentTokenCount', 'cached_content_token_count'),
    reasoning,
    from: 'usageMetadata',
    producer: besideThoughts,
  }
}

/** A sum of two counts, where there are two. */
export function plus(a: Written, b: Written): Written {
  return typeof a === 'number' && typeof b === 'number' ? a + b : a
}

const notParameters = new Set([
  'model',
  'contents',
  'systemInstruction',
  'system_instruction',
  'tools',
  'generationConfig',
  'generation_config',
  'config',
])

function readGeminiRequest(body: JsonObject): RequestContent {
  // SDKs put everything but model and contents into `config`.
  const config = isObject(body['config']) ? body['config'] : {}
  const generation = first(body, ['generationConfig', 'generation_config'])
  const all: JsonObject = { ...body, ...config }
  const parameters = Object.assign(
    emptyObject(),
    parametersOf(all, notParameters),
    isObject(generation) ? generation : undefined,
  )
  const system = first(all, ['systemInstruction', 'system_instruction'])
  const instructions = system === undefined ? undefined : contentOf(system, 'system')
  const { contents } = body
  const rest = isList(contents)
    ? contents.flatMap(item => contentOf(item, 'user') ?? [])
    : contents === undefined
      ? undefined
      : (contentOf(contents, 'user') ?? undefined)
  return {
    ...present({
      messages: instructions ? [...instructions.map(asSystem), ...(rest ?? [])] : rest,
      parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
      tools: isList(all['tools']) ? toolsOf(all['tools']) : undefined,
    }),
  }
}

function asSystem(message: Message): Message {
  return { ...message, role: 'system' }
}

function instructionsIn(body: Body): Written {
  return oneOf(body, 'systemInstruction', 'system_instruction') ?? oneOf(objectIn(body, 'config'), 'systemInstruction')
}

/** One content: `{role, parts}`, or a plain text as SDKs allow. */
function contentOf(value: JsonValue, role: string): Message[] | undefined {
  if (typeof value === 'string') return [{ role, parts: [{ type: 'text', text: value }] }]
  if (!isObject(value)) return undefined
  return messagesOf([isList(value['parts']) ? { ...value, parts: value['parts'].map(typedPart) } : value], role)
}

/** Code the model ran, and what came of it, are a call and its result. */
function typedPart(part: JsonValue): JsonValue {
  if (!isObject(part)) return part
  const code = first(part, ['executableCode', 'executable_code'])
  if (isObject(code)) return { type: 'tool_call', name: 'code_execution', arguments: code }
  const ran = first(part, ['codeExecutionResult', 'code_execution_result'])
  if (isObject(ran)) return { type: 'tool_result', name: 'code_execution', result: ran }
  return part
}

function readGeminiResponse(body: JsonObject): ResponseContent {
  const candidates = itemsOf(body['candidates']).filter(isObject)
  const reasons: string[] = []
  const documents: RetrievedDocument[] = []
  const queries: string[] = []
  const messages = candidates.flatMap(candidate => {
    const reason = first(candidate, ['finishReason', 'finish_reason'])
    if (typeof reason === 'string') reasons.push(reason)
    readGrounding(first(candidate, ['groundingMetadata', 'grounding_metadata']), documents, queries)
    const message = candidate['content'] === undefined ? undefined : contentOf(candidate['content'], 'model')?.[0]
    return message ? [typeof reason === 'string' ? { ...message, finishReason: reason } : message] : []
  })
  return {
    ...present({
      messages: messages.length > 0 ? messages : undefined,
      finishReasons: reasons.length > 0 ? reasons : undefined,
      documents: documents.length > 0 ? documents : undefined,
      query: queries.length > 0 ? queries.join('\n') : undefined,
    }),
  }
}

/** Pages and passages that the answer stands on. */
function readGrounding(value: JsonValue | undefined, documents: RetrievedDocument[], queries: string[]): void {
  if (!isObject(value)) return
  for (const query of itemsOf(first(value, ['webSearchQueries', 'web_search_queries', 'retrievalQueries']))) {
    if (typeof query === 'string') queries.push(query)
  }
  for (const chunk of itemsOf(first(value, ['groundingChunks', 'grounding_chunks']))) {
    if (!isObject(chunk)) continue
    const source = first(chunk, ['web', 'retrievedContext', 'retrieved_context', 'maps'])
    if (!isObject(source)) continue
    documents.push({
      rank: documents.length + 1,
      ...present({
        title: asWord(source['title']),
        uri: asWord(source['uri']),
        content: asWord(source['text']),
        score: asNumber(source['score']),
      }),
    })
  }
}
