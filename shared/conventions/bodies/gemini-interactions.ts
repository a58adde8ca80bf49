// Gemini Interactions. https://ai.google.dev/gemini-api/docs/interactions
// An interaction is a list of steps: thoughts, output, and calls of tools with their results.

import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part, RetrievedDocument } from '../../domain/message.ts'
import { readParts } from '../parts.ts'
import { toolsOf } from '../tools.ts'
import { asBoolean, asWord, isList, isObject, itemsOf, present } from '../values.ts'
import { firstIn, listIn, objectIn, oneOf, wordIn } from './fields.ts'
import { plus } from './gemini.ts'
import { parametersOf, type ProviderApi, type RequestContent, type ResponseContent } from './provider-api.ts'

export const geminiInteractions: ProviderApi = {
  id: 'gemini-interactions',
  provider: 'gcp.gemini',
  kind: 'generation',
  operation: 'generate_content',
  isRequest: body =>
    'input' in body && ('previous_interaction_id' in body || 'system_instruction' in body) ? 'certain' : 'no',
  isResponse: body =>
    body['object'] === 'interaction' ||
    (firstIn(body, 'steps')?.['type'] !== undefined && objectIn(body, 'usage')?.['total_input_tokens'] !== undefined),
  requestFacts: body => ({ ...present({ model: wordIn(body, 'model'), streamed: asBoolean(body['stream']) }) }),
  responseFacts(body) {
    const usage = objectIn(body, 'usage')
    const status = wordIn(body, 'status')
    return {
      ...present({
        id: wordIn(body, 'id'),
        model: wordIn(body, 'model'),
        created: oneOf(body, 'created'),
        unfinished: status === 'in_progress' ? true : undefined,
        failed: status === 'failed' || status === 'cancelled' ? { type: status } : undefined,
        usage:
          usage === undefined
            ? undefined
            : {
                input: plus(oneOf(usage, 'total_input_tokens'), oneOf(usage, 'total_tool_use_tokens')),
                output: oneOf(usage, 'total_output_tokens'),
                total: oneOf(usage, 'total_tokens'),
                cacheRead: oneOf(usage, 'total_cached_tokens'),
                reasoning: oneOf(usage, 'total_thought_tokens', 'total_reasoning_tokens'),
                from: 'usage',
                producer: { inputHasCache: true, outputHasReasoning: false },
              },
      }),
    }
  },
  readRequest: readInteractionRequest,
  readResponse: readInteraction,
  countRequest: body => (listIn(body, 'input')?.length ?? 1) + (body['system_instruction'] ? 1 : 0),
  countResponse: body => ((listIn(body, 'steps')?.length ?? 0) > 0 ? 1 : 0),
}

const notParameters = new Set(['model', 'input', 'system_instruction', 'tools'])

function readInteractionRequest(body: JsonObject): RequestContent {
  const { input, system_instruction: system } = body
  const messages: Message[] = typeof system === 'string' ? [{ role: 'system', parts: readParts(system) }] : []
  if (isList(input) && input.some(item => isObject(item) && typeof item['role'] === 'string')) {
    for (const turn of input) {
      if (!isObject(turn)) continue
      messages.push({ role: (asWord(turn['role']) ?? 'user').toLowerCase(), parts: readParts(turn['content']) })
    }
  } else if (input !== undefined) messages.push({ role: 'user', parts: readParts(input) })
  return {
    ...present({
      messages: messages.length > 0 ? messages : undefined,
      parameters: parametersOf(body, notParameters),
      tools: isList(body['tools']) ? toolsOf(body['tools']) : undefined,
    }),
  }
}

function readInteraction(body: JsonObject): ResponseContent {
  const steps = itemsOf(body['steps']).filter(isObject)
  const parts = steps.flatMap(partsOfStep)
  const documents: RetrievedDocument[] = []
  for (const step of steps) readCitations(step['content'], documents)
  const queries = steps.flatMap(step => {
    const given = step['type'] === 'google_search_call' && isObject(step['arguments']) ? step['arguments'] : {}
    return itemsOf(given['queries']).filter(query => typeof query === 'string')
  })
  return {
    ...present({
      messages: parts.length > 0 ? [{ role: 'model', parts }] : undefined,
      finishReasons: typeof body['status'] === 'string' ? [body['status']] : undefined,
      documents: documents.length > 0 ? documents : undefined,
      query: queries.length > 0 ? queries.join('\n') : undefined,
    }),
  }
}

function partsOfStep(step: JsonObject): Part[] {
  const type = typeof step['type'] === 'string' ? step['type'] : ''
  if (type === 'thought') {
    const texts = readParts(step['summary'] ?? step['content']).flatMap(part => ('text' in part ? [part.text] : []))
    const { signature } = step
    return [{ type: 'reasoning', text: texts.join('\n'), ...(typeof signature === 'string' ? { signature } : {}) }]
  }
  if (type === 'model_output' || type === 'user_input') return readParts(step['content'])
  const ids = {
    call: asWord(step['id']) ?? asWord(step['call_id']),
    result: asWord(step['call_id']) ?? asWord(step['id']),
  }
  if (type.endsWith('_call')) {
    const name = asWord(step['name']) ?? type.slice(0, -'_call'.length)
    return [{ type: 'tool_call', name, ...present({ id: ids.call, arguments: step['arguments'] ?? undefined }) }]
  }
  if (type.endsWith('_result')) {
    const name = asWord(step['name']) ?? type.slice(0, -'_result'.length)
    const error = step['is_error'] === true ? true : undefined
    return [{ type: 'tool_result', name, ...present({ id: ids.result, result: step['result'] ?? undefined, error }) }]
  }
  return [{ type: 'other', value: step }]
}

/** The pages that the output cites, each once. */
function readCitations(content: JsonValue | undefined, documents: RetrievedDocument[]): void {
  for (const part of itemsOf(content)) {
    for (const cited of isObject(part) && isList(part['annotations']) ? part['annotations'] : []) {
      const uri = isObject(cited) ? asWord(cited['url']) : undefined
      if (!isObject(cited) || uri === undefined || documents.some(document => document.uri === uri)) continue
      documents.push({ rank: documents.length + 1, uri, ...present({ title: asWord(cited['title']) }) })
    }
  }
}
