// Claude Code's own names. Messages are Anthropic's; what surrounds them is the line's.

import type { JsonValue } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import type { AttributeValue, Attributes, RawEvent, RawSpan } from '../domain/raw-span.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { readMessages } from './messages.ts'
import { readParts } from './parts.ts'
import { countLines, inside, kindOfLines, linesOf } from './transcript.ts'
import { termsIn } from './bodies/provider-api.ts'
import type { WrittenUsage } from './usage.ts'
import { asJson, asLabel, asNumber, asText, isList, isObject, present, toJson, type Written } from './values.ts'

const messageOf = (line: RawEvent): Attributes | undefined => inside(line.attributes['message'])

function blocksOf(line: RawEvent): readonly AttributeValue[] {
  const content = messageOf(line)?.['content']
  return Array.isArray(content) ? (content as readonly AttributeValue[]) : []
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const kind = kindOfLines(span)
  reading.take('session', asLabel(a['sessionId'] ?? a['session_id']), 'sessionId')
  reading.take('release', asLabel(a['version'] ?? a['claude_code_version']), 'version')
  if (kind === 'generation') return callFacts(span, reading)
  reading.take('kind', kind, 'type', kindRank.explicit)
  if (kind === 'tool') {
    for (const line of linesOf(span, 'tool_use')) {
      reading.take('toolName', asLabel(inside(blocksOf(line)[0])?.['name']), 'tool_use.name')
    }
    return
  }
  for (const line of linesOf(span, 'agent')) {
    reading.take('agent', asLabel(inside(line.attributes['toolUseResult'])?.['agentType']), 'toolUseResult.agentType')
  }
  reading.take('agent', asLabel(a['agentId']), 'agentId')
  const isSub = a['isSidechain'] === true || asText(a['parent_tool_use_id']) !== undefined
  if (!isSub && linesOf(span, 'prompt').length > 0 && span.name !== '') {
    reading.take('traceName', span.name, 'message.content')
  }
  for (const line of linesOf(span, 'answer')) {
    takeCost(reading, line.attributes['total_cost_usd'], 'total_cost_usd')
  }
}

function callFacts(span: RawSpan, reading: Reading<Facts>): void {
  const { lines, isSynthetic, model, cost, id, usage } = callOf(span)
  reading.take('terms', termsIn(usage), 'message.usage')
  reading.take('model', model, 'message.model')
  takeCost(reading, cost, 'costUSD')
  if (isSynthetic) {
    reading.take('kind', 'other', 'message.model', kindRank.explicit)
    return
  }
  reading.take('kind', 'generation', 'type', kindRank.explicit)
  reading.take('operation', 'chat', 'type')
  reading.take('responseId', id, 'message.id')
  if (lines > 0) reading.take('provider', providerOf(id), 'message.id')
}

/** What the lines of an answer say together. */
interface Call {
  lines: number
  /** The program's own words in the model's place: nothing was called, or nothing answered. */
  isSynthetic: boolean
  model: string | undefined
  cost: Written
  id: string | undefined
  /** Each line repeats the usage so far: the largest output is the last. */
  usage: Attributes | undefined
}

/** Of answers of so many lines that going through them twice is felt. */
const known = new WeakMap<RawSpan, Call>()
const manyLines = 1000

function callOf(span: RawSpan): Call {
  const before = known.get(span)
  if (before) return before
  const lines = linesOf(span, 'response')
  const call: Call = {
    lines: lines.length,
    isSynthetic: false,
    model: undefined,
    cost: undefined,
    id: undefined,
    usage: undefined,
  }
  let most = -1
  for (const line of lines) {
    const { attributes } = line
    const message = inside(attributes['message'])
    const model = asLabel(message?.['model'])
    if (model === '<synthetic>') {
      call.isSynthetic = true
      continue
    }
    if (!call.isSynthetic) {
      call.model ??= model
      call.id ??= asLabel(message?.['id'])
      call.cost ??= attributes['costUSD']
    }
    const written = inside(message?.['usage'])
    const output = written ? (asNumber(written['output_tokens']) ?? 0) : -1
    if (output < most || !written) continue
    most = output
    call.usage = written
  }
  if (lines.length >= manyLines) known.set(span, call)
  return call
}

/** Ids tell through whom the model was asked. */
function providerOf(id: string | undefined): string {
  if (id?.startsWith('msg_bdrk_')) return 'aws.bedrock'
  return id?.startsWith('msg_vrtx_') ? 'gcp.vertex_ai' : 'anthropic'
}

function usage(span: RawSpan): WrittenUsage | undefined {
  if (kindOfLines(span) !== 'generation') return undefined
  const { usage: best } = callOf(span)
  if (!best) return undefined
  return {
    input: best['input_tokens'],
    output: best['output_tokens'],
    cacheRead: best['cache_read_input_tokens'],
    cacheWrite: best['cache_creation_input_tokens'],
    priced: {
      cacheWrite1h: inside(best['cache_creation'])?.['ephemeral_1h_input_tokens'],
      webSearches: inside(best['server_tool_use'])?.['web_search_requests'],
    },
    from: 'message.usage',
    producer: { inputHasCache: false, outputHasReasoning: true },
  }
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  if (known.kind === 'tool') return toolContent(span, reading)
  if (kindOfLines(span) === 'generation') return callContent(span, reading)
  for (const line of linesOf(span, 'prompt')) {
    const text = plainText(messageOf(line)?.['content'])
    if (text !== '') reading.take('input', text, 'message.content')
  }
  for (const line of linesOf(span, 'answer').toReversed()) {
    reading.take('output', asText(line.attributes['result']), 'result')
    const text = plainText(messageOf(line)?.['content'])
    if (text !== '') reading.take('output', text, 'message.content')
  }
  for (const line of linesOf(span, 'agent')) {
    const result = inside(line.attributes['toolUseResult'])
    reading.take('input', asText(result?.['prompt']), 'toolUseResult.prompt')
    reading.take('output', resultOf(result?.['content']), 'toolUseResult.content')
  }
}

function callContent(span: RawSpan, reading: Reading<Content>): void {
  const input = linesOf(span, 'input').flatMap(readInput)
  if (input.length > 0) reading.take('inputMessages', input, 'lines since the call before')
  const lines = linesOf(span, 'response')
  const parts = lines.flatMap(line => readParts(toJson(messageOf(line)?.['content'] ?? null)))
  const finish = lines.flatMap(line => asLabel(messageOf(line)?.['stop_reason']) ?? []).at(-1)
  if (finish !== undefined) reading.take('finishReasons', [finish], 'message.stop_reason')
  if (parts.length > 0) {
    const message: Message = { role: 'assistant', ...(finish === undefined ? {} : { finishReason: finish }), parts }
    reading.take('outputMessages', [message], 'message.content')
  }
}

function readInput(line: RawEvent): readonly Message[] {
  const message = messageOf(line)
  if (message) {
    const role = asText(message['role']) ?? 'user'
    return readMessages({ role, content: message['content'] ?? null }, role) ?? []
  }
  const attachment = inside(line.attributes['attachment'])
  // That a hook ran is not told to the model; what it added is.
  const type = attachment && asText(attachment['type'])
  if (type?.startsWith('hook_') && type !== 'hook_additional_context') return []
  const written = attachment?.['content'] ?? attachment ?? line.attributes['content']
  if (written === undefined || written === null) return []
  const text = asText(written)
  return [
    {
      role: 'system',
      parts: [text === undefined ? { type: 'other', value: toJson(written) } : { type: 'text', text }],
    },
  ]
}

function toolContent(span: RawSpan, reading: Reading<Content>): void {
  const asked = linesOf(span, 'tool_use').map(line => inside(blocksOf(line)[0]))[0]
  const answered = linesOf(span, 'tool_result')[0]
  const result = answered && inside(blocksOf(answered)[0])
  reading.take(
    'tool',
    present({
      name: asLabel(asked?.['name']),
      callId: asLabel(asked?.['id'] ?? result?.['tool_use_id']),
      arguments: asJson(asked?.['input']),
      result: resultOf(result?.['content']),
    }),
    'message.content',
  )
}

/** Texts in a row are one text; anything else stays as it is. */
function resultOf(written: Written): JsonValue | undefined {
  if (written === undefined) return undefined
  const value = toJson(written)
  if (!isList(value)) return value
  const texts = value.flatMap(part => (isObject(part) && typeof part['text'] === 'string' ? [part['text']] : []))
  return texts.length === value.length ? texts.join('\n') : value
}

function plainText(written: Written): string {
  if (written === undefined || written === null) return ''
  return readParts(toJson(written))
    .flatMap(part => (part.type === 'text' && !/^\s*<ide_/.test(part.text) ? [part.text] : []))
    .join('\n')
}

export const claudeCode: Convention = {
  id: 'claude-code',
  label: 'Claude Code',
  precedence: 4,
  prefixes: [],
  reads: ['sessionId', 'session_id', 'version', 'claude_code_version', 'agentId', 'isSidechain', 'isApiErrorMessage'],
  keeps: [
    'cwd',
    'gitBranch',
    'userType',
    'entrypoint',
    'requestId',
    'slug',
    'promptId',
    'permissionMode',
    'isMeta',
    'teamName',
    'thinkingMetadata',
    'todos',
    'level',
    'tools',
    'mcp_servers',
    'model',
    'slash_commands',
    'apiKeySource',
    'output_style',
    'agents',
    'skills',
    'plugins',
    'parent_tool_use_id',
    'error',
    'caller',
    'attributionAgent',
    'attributionSkill',
    'sourceToolAssistantUUID',
    'sourceToolUseID',
    'isVisibleInTranscriptOnly',
    'isCompactSummary',
    'imagePasteIds',
    'origin',
  ],
  facts,
  content,
  usage,
  messages: countLines,
}
