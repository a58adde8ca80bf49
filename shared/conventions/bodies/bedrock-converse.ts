// Bedrock Converse. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
// Cached tokens are counted beside the input.

import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Message, Part } from '../../domain/message.ts'
import { readParts } from '../parts.ts'
import { toolsOf } from '../tools.ts'
import { asWord, isList, isObject, itemsOf, present } from '../values.ts'
import { exclusive } from './anthropic-messages.ts'
import { firstIn, hasMessages, listIn, objectIn, oneOf, wordIn } from './fields.ts'
import { parametersOf, type ProviderApi, type RequestContent, type ResponseContent } from './provider-api.ts'

export const bedrockConverse: ProviderApi = {
  id: 'bedrock-converse',
  provider: 'aws.bedrock',
  kind: 'generation',
  operation: 'chat',
  isRequest(body) {
    if (!hasMessages(body, 'messages')) return 'no'
    if ('modelId' in body || 'inferenceConfig' in body || 'toolConfig' in body) return 'certain'
    const block = firstIn(firstIn(body, 'messages'), 'content')
    return block !== undefined && typeof block['text'] === 'string' && !('type' in block) ? 'likely' : 'no'
  },
  isResponse: body => 'stopReason' in body && objectIn(objectIn(body, 'output'), 'message') !== undefined,
  requestFacts: body => ({ ...present({ model: wordIn(body, 'modelId') ?? wordIn(body, 'model') }) }),
  responseFacts(body) {
    const usage = objectIn(body, 'usage')
    const input = oneOf(usage, 'inputTokens')
    const output = oneOf(usage, 'outputTokens')
    const latency = objectIn(body, 'metrics')?.['latencyMs']
    return {
      ...present({
        id: wordIn(objectIn(body, 'ResponseMetadata'), 'RequestId'),
        usage:
          input === undefined && output === undefined
            ? undefined
            : {
                input,
                output,
                total: oneOf(usage, 'totalTokens'),
                cacheRead: oneOf(usage, 'cacheReadInputTokens', 'cacheReadInputTokenCount'),
                cacheWrite: oneOf(usage, 'cacheWriteInputTokens', 'cacheWriteInputTokenCount'),
                from: 'usage',
                producer: exclusive,
              },
        duration:
          typeof latency === 'number' && Number.isSafeInteger(latency) ? BigInt(latency) * 1_000_000n : undefined,
      }),
    }
  },
  readRequest: readConverseRequest,
  readResponse: readConverseResponse,
  countRequest: body => (listIn(body, 'messages')?.length ?? 0) + ((listIn(body, 'system')?.length ?? 0) > 0 ? 1 : 0),
  countResponse: () => 1,
}

const notParameters = new Set(['modelId', 'model', 'messages', 'system', 'toolConfig', 'inferenceConfig'])

function readConverseRequest(body: JsonObject): RequestContent {
  const system: Message[] = isList(body['system']) ? [{ role: 'system', parts: blocksOf(body['system']) }] : []
  const list = itemsOf(body['messages']).filter(isObject)
  const tools = isObject(body['toolConfig']) ? body['toolConfig']['tools'] : undefined
  const limits = body['inferenceConfig']
  return {
    ...present({
      messages: [...system, ...list.map(messageOf)],
      parameters: Object.assign({}, parametersOf(body, notParameters), isObject(limits) ? limits : undefined),
      tools: isList(tools) ? toolsOf(tools.map(toolOf)) : undefined,
    }),
  }
}

function readConverseResponse(body: JsonObject): ResponseContent {
  const reason = typeof body['stopReason'] === 'string' ? body['stopReason'] : undefined
  const message = isObject(body['output']) ? body['output']['message'] : undefined
  const said = isObject(message) ? messageOf(message) : undefined
  return {
    ...present({
      messages: said && [reason === undefined ? said : { ...said, finishReason: reason }],
      finishReasons: reason === undefined ? undefined : [reason],
    }),
  }
}

function messageOf(body: JsonObject): Message {
  return { role: (asWord(body['role']) ?? 'assistant').toLowerCase(), parts: blocksOf(body['content']) }
}

function blocksOf(content: JsonValue | undefined): Part[] {
  return isList(content)
    ? content.flatMap(block => (isObject(block) ? blockOf(block) : readParts(block)))
    : readParts(content)
}

/** A block is known by its one key. */
function blockOf(block: JsonObject): Part[] {
  const { text, toolUse, toolResult, reasoningContent } = block
  if (typeof text === 'string') return [{ type: 'text', text }]
  if (isObject(toolUse)) {
    return [
      {
        type: 'tool_call',
        name: asWord(toolUse['name']) ?? '',
        ...present({ id: asWord(toolUse['toolUseId']), arguments: toolUse['input'] }),
      },
    ]
  }
  if (isObject(toolResult)) {
    const error = toolResult['status'] === 'error' ? true : undefined
    return [
      {
        type: 'tool_result',
        ...present({ id: asWord(toolResult['toolUseId']), result: toolResult['content'], error }),
      },
    ]
  }
  if (isObject(reasoningContent)) {
    const inner = isObject(reasoningContent['reasoningText']) ? reasoningContent['reasoningText'] : {}
    return [
      { type: 'reasoning', text: asWord(inner['text']) ?? '', ...present({ signature: asWord(inner['signature']) }) },
    ]
  }
  for (const modality of ['image', 'video', 'audio', 'document'] as const) {
    const media = block[modality]
    if (!isObject(media)) continue
    const source = isObject(media['source']) ? media['source'] : {}
    const place = isObject(source['s3Location']) ? asWord(source['s3Location']['uri']) : undefined
    const format = asWord(media['format'])
    return [
      {
        type: 'media',
        modality,
        ...present({
          mimeType: format === undefined || modality === 'document' ? undefined : `${modality}/${format}`,
          uri: place,
          data: asWord(source['bytes']),
        }),
      },
    ]
  }
  return [{ type: 'other', value: block }]
}

/** `{toolSpec: {name, description, inputSchema: {json}}}` */
function toolOf(tool: JsonValue): JsonValue {
  const spec = isObject(tool) ? tool['toolSpec'] : undefined
  if (!isObject(spec)) return tool
  const schema = spec['inputSchema']
  return { ...spec, inputSchema: isObject(schema) ? (schema['json'] ?? schema) : null }
}
