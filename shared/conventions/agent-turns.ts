// Messages of the smaller coding agents: pi's own, Gemini's in Qwen Code, Copilot's.

import type { JsonValue } from '../domain/json.ts'
import type { Message, Part } from '../domain/message.ts'
import type { Attributes, RawEvent, RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { readParts, readToolCall } from './parts.ts'
import { foldProvider } from './providers.ts'
import { countLines, inside, kindOfLines, linesOf } from './transcript.ts'
import type { WrittenUsage } from './usage.ts'
import { asJson, asLabel, asText, isList, isObject, itemsOf, present, toJson } from './values.ts'

function messageOf(line: RawEvent): Attributes {
  const { message, data } = line.attributes
  return inside(message) ?? inside(data) ?? line.attributes
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const kind = kindOfLines(span)
  reading.take('kind', kind, 'role', kindRank.explicit)
  reading.take('session', asLabel(span.resource['id']), 'session')
  if (kind === 'tool' && span.name !== '') reading.take('toolName', span.name, 'name')
  if (kind === 'agent' && span.name !== '') reading.take('traceName', span.name, 'prompt')
  if (kind !== 'generation') return
  reading.take('operation', 'chat', 'role')
  for (const line of linesOf(span, 'response')) {
    const message = messageOf(line)
    reading.take('model', asLabel(message['model'] ?? line.attributes['model']), 'model')
    const provider = asLabel(message['provider'])
    if (provider !== undefined) reading.take('provider', foldProvider(provider), 'provider')
    reading.take('responseId', asLabel(message['apiCallId'] ?? message['responseId']), 'apiCallId')
    takeCost(reading, inside(inside(message['usage'])?.['cost'])?.['total'], 'usage.cost.total')
  }
}

function usage(span: RawSpan): WrittenUsage | undefined {
  for (const line of linesOf(span, 'response')) {
    const message = messageOf(line)
    const own = inside(message['usage'])
    if (own) {
      return {
        input: own['input'],
        output: own['output'],
        cacheRead: own['cacheRead'],
        cacheWrite: own['cacheWrite'],
        from: 'message.usage',
        producer: { inputHasCache: false, outputHasReasoning: true },
      }
    }
    const gemini = inside(line.attributes['usageMetadata'])
    if (gemini) {
      return {
        input: gemini['promptTokenCount'],
        output: gemini['candidatesTokenCount'],
        total: gemini['totalTokenCount'],
        cacheRead: gemini['cachedContentTokenCount'],
        reasoning: gemini['thoughtsTokenCount'],
        from: 'usageMetadata',
        producer: { inputHasCache: true, outputHasReasoning: false },
      }
    }
    if (message['outputTokens'] !== undefined) return { output: message['outputTokens'], from: 'data.outputTokens' }
  }
  return undefined
}

function content(span: RawSpan, reading: Reading<Content>): void {
  const kind = kindOfLines(span)
  if (kind === 'tool') return toolContent(span, reading)
  if (kind === 'agent') {
    for (const line of linesOf(span, 'prompt')) reading.take('input', textOf(messageOf(line)), 'prompt')
    for (const line of linesOf(span, 'answer')) reading.take('output', textOf(messageOf(line)), 'message')
    return
  }
  const input = linesOf(span, 'input').flatMap(readInput)
  if (input.length > 0) reading.take('inputMessages', input, 'lines since the call before')
  const output = linesOf(span, 'response').map(messageOf)
  const parts = output.flatMap(partsOf)
  if (parts.length > 0) reading.take('outputMessages', [{ role: 'assistant', parts }], 'message')
  const reason = output.flatMap(message => asLabel(message['stopReason']) ?? [])
  if (reason.length > 0) reading.take('finishReasons', reason, 'message.stopReason')
}

function partsOf(message: Attributes): readonly Part[] {
  const written = toJson(message['parts'] ?? message['content'] ?? null)
  const list = isList(written) ? written : [written]
  const parts = list.flatMap((part: JsonValue): readonly Part[] => {
    if (!isObject(part) || part['type'] !== 'toolCall') return readParts(part)
    const call = readToolCall(part)
    return call ? [call] : []
  })
  const thought = asText(message['reasoningText'] ?? null)
  const requests = toJson(message['toolRequests'] ?? null)
  const calls = itemsOf(requests).flatMap(call => (isObject(call) ? (readToolCall(call) ?? []) : []))
  return [...(thought ? [{ type: 'reasoning', text: thought } as const] : []), ...parts, ...calls]
}

function readInput(line: RawEvent): readonly Message[] {
  const message = messageOf(line)
  const tool = message['toolCallId']
  if (tool !== undefined) {
    const part: Part = { type: 'tool_result', ...present({ id: asLabel(tool), result: resultOf(message) }) }
    return [{ role: 'tool', parts: [part] }]
  }
  const parts = partsOf(message)
  return parts.length > 0 ? [{ role: asText(message['role'] ?? 'user') ?? 'user', parts }] : []
}

function resultOf(message: Attributes): JsonValue | undefined {
  const result = inside(message['result'])?.['content'] ?? message['result'] ?? message['content']
  if (result === undefined) return undefined
  const texts = readParts(toJson(result))
  return texts.every(part => part.type === 'text') ? texts.map(part => part.text).join('\n') : toJson(result)
}

function textOf(message: Attributes): string | undefined {
  const texts = partsOf(message).flatMap(part => (part.type === 'text' && part.text !== '' ? [part.text] : []))
  return texts.length > 0 ? texts.join('\n') : undefined
}

function toolContent(span: RawSpan, reading: Reading<Content>): void {
  const asked = linesOf(span, 'tool_use').map(line => inside(line.attributes['tool']) ?? messageOf(line))[0]
  const answer = linesOf(span, 'tool_result').map(messageOf)[0]
  const response = (Array.isArray(answer?.['parts']) ? (answer['parts'] as readonly Attributes[]) : []).flatMap(
    part => inside(part)?.['functionResponse'] ?? [],
  )[0]
  reading.take(
    'tool',
    present({
      name: span.name === '' ? undefined : span.name,
      callId: asLabel(asked?.['id'] ?? asked?.['toolCallId'] ?? answer?.['toolCallId']),
      arguments: asJson(asked?.['arguments'] ?? asked?.['args']),
      result: asJson(inside(response)?.['response']) ?? (answer && resultOf(answer)),
    }),
    'message',
  )
}

export const agentTurns: Convention = {
  id: 'agent-turns',
  label: 'Coding agents',
  precedence: 4,
  prefixes: [],
  reads: [],
  around: { reads: ['id'] },
  facts,
  content,
  usage,
  messages: countLines,
}
