// Mastra: spans as its exporters write them (container `mastra`), and `mastra.*` beside GenAI attributes where they went
// through OpenTelemetry. https://mastra.ai/docs/observability/tracing/overview
// A generation repeats its steps, a step its inference: the lowest is the call, the others restate it. Left out: the
// texts of chunks, which their inference has whole.

import type { SpanKind } from '../domain/kind.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { parseTime } from '../domain/times.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { sumMessages } from './count-messages.ts'
import { messagesOf, takeMessages } from './messages.ts'
import { foldProvider } from './providers.ts'
import { readTools } from './tools.ts'
import type { WrittenUsage } from './usage.ts'
import { readAnswer, readPrompt } from './vercel-ai-sdk-content.ts'
import {
  asBoolean,
  asJson,
  asLabel,
  asLabels,
  asObject,
  asStructure,
  asText,
  emptyObject,
  inside,
  isObject,
  present,
  type Written,
} from './values.ts'

/** One span, whichever way it came. */
interface MastraSpan {
  readonly type: string
  /** Under the exporter's own names; OpenTelemetry has GenAI attributes for most. */
  readonly attribute: (...path: readonly string[]) => Written
  readonly metadata: (name: string) => Written
  readonly input: Written
  readonly output: Written
  /** Where a value stands, for `readBy`. */
  readonly from: (native: string, otlp?: string) => string
}

function open(span: RawSpan): MastraSpan {
  const a = span.attributes
  if (span.dialect === 'mastra') {
    return {
      type: asLabel(a['type']) ?? '',
      attribute: (...path) => inside(a['attributes'], ...path),
      metadata: name => inside(a['metadata'], name),
      input: a['input'],
      output: a['output'],
      from: native => native,
    }
  }
  const type = asLabel(a['mastra.span.type']) ?? ''
  return {
    type,
    attribute: () => undefined,
    metadata: name => a[`mastra.metadata.${name}`],
    input: a[`mastra.${type}.input`],
    output: a[`mastra.${type}.output`],
    from: (native, otlp) => otlp ?? `mastra.${type}.${native}`,
  }
}

const kinds = new Map<string, SpanKind>([
  ['agent_run', 'agent'],
  ['model_generation', 'generation'],
  ['model_inference', 'generation'],
  ['model_chunk', 'other'],
  ['tool_call', 'tool'],
  ['mcp_tool_call', 'tool'],
  ['client_tool_call', 'tool'],
  ['provider_tool_call', 'tool'],
  ['workflow_run', 'workflow'],
  ['scorer_run', 'evaluator'],
  ['scorer_step', 'evaluator'],
  ['classifier_evaluation', 'evaluator'],
  ['processor_run', 'chain'],
  ['memory_operation', 'memory'],
  ['rag_embedding', 'embedding'],
  ['rag_vector_operation', 'retrieval'],
  ['generic', 'chain'],
])

function kindOf(span: RawSpan, { type }: MastraSpan): SpanKind | undefined {
  // Spans of 2025 were `llm_generation`, `llm_chunk`.
  const name = type.replace(/^llm_/, 'model_')
  // Before there were inferences the step was the call; one without tokens of its own only holds them together.
  if (name === 'model_step')
    return (usage(span) ?? span.attributes['gen_ai.usage.input_tokens']) === undefined ? 'chain' : 'generation'
  return kinds.get(name) ?? (/^(?:workflow|rag|graph|workspace|skill)_|^mapping$/.test(name) ? 'chain' : undefined)
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const mastra = open(span)
  const { attribute, metadata, from } = mastra
  reading.take('kind', kindOf(span, mastra), from('type', 'mastra.span.type'), kindRank.explicit)
  if (mastra.type !== '') reading.take('operation', mastra.type, from('type', 'mastra.span.type'))
  reading.take('model', asLabel(attribute('responseModel')), 'attributes.responseModel')
  reading.take('requestModel', asLabel(attribute('model') ?? attribute('modelId')), 'attributes.model')
  const provider = asLabel(attribute('provider'))
  if (provider !== undefined) reading.take('provider', foldProvider(provider), 'attributes.provider')
  reading.take('responseId', asLabel(attribute('responseId')), 'attributes.responseId')
  reading.take('streamed', asBoolean(attribute('streaming')), 'attributes.streaming')
  takeFirstToken(span, attribute('completionStartTime') ?? a['mastra.completion_start_time'], mastra, reading)
  takeCost(reading, attribute('costContext', 'estimatedCost'), 'attributes.costContext')
  for (const name of ['sessionId', 'threadId'] as const)
    reading.take('session', asLabel(metadata(name)), from(`metadata.${name}`, `mastra.metadata.${name}`))
  reading.take('session', asLabel(attribute('conversationId')), 'attributes.conversationId')
  for (const name of ['userId', 'resourceId'] as const)
    reading.take('user', asLabel(metadata(name)), from(`metadata.${name}`, `mastra.metadata.${name}`))
  reading.take('tags', asLabels(a[from('tags', 'mastra.tags')]), from('tags', 'mastra.tags'))
  if (span.dialect !== 'mastra') return
  const entity = asLabel(a['entityName'] ?? a['entityId'])
  if (asLabel(a['entityType']) === 'agent') reading.take('agent', entity, 'entityName')
  if (reading.values.kind === 'tool') reading.take('toolName', entity, 'entityName')
  if (span.parentId === undefined) reading.take('traceName', entity, 'entityName')
  const type = asLabel(inside(a['errorInfo'], 'name') ?? inside(a['errorInfo'], 'id'))
  if (span.status === 'error') reading.take('errorType', type, 'errorInfo.id')
  const success = asBoolean(attribute('success'))
  if (success !== undefined) reading.take('status', success ? 'ok' : 'error', 'attributes.success')
}

/** Absolute; the second inference of a generation repeats the first one's, which lies before its own start. */
function takeFirstToken(span: RawSpan, written: Written, mastra: MastraSpan, reading: Reading<Facts>): void {
  const time = parseTime(asLabel(written))?.ns
  if (time !== undefined && span.start !== undefined && time >= span.start)
    reading.take(
      'timeToFirstToken',
      time - span.start,
      mastra.from('attributes.completionStartTime', 'mastra.completion_start_time'),
    )
}

function usage(span: RawSpan): WrittenUsage | undefined {
  if (span.dialect !== 'mastra') return undefined
  const of = (...path: readonly string[]) => inside(span.attributes['attributes'], 'usage', ...path)
  const input = of('inputTokens') ?? of('promptTokens')
  const output = of('outputTokens') ?? of('completionTokens')
  if (input === undefined && output === undefined) return undefined
  return {
    input,
    output,
    total: of('totalTokens'),
    cacheRead: of('inputDetails', 'cacheRead') ?? of('cachedInputTokens') ?? of('promptCacheHitTokens'),
    cacheWrite: of('inputDetails', 'cacheWrite'),
    reasoning: of('outputDetails', 'reasoning') ?? of('reasoningTokens'),
    from: 'attributes.usage',
  }
}

function content(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void {
  const mastra = open(span)
  const { attribute, from } = mastra
  if (facts.kind === 'generation' || facts.kind === 'agent' || mastra.type === 'model_step') {
    const said = readPrompt(mastra.input)
    const instructions = asText(attribute('instructions'))
    const system = instructions ? (messagesOf([instructions], 'system') ?? []) : []
    const input = said && [...(said.some(message => message.role === 'system') ? [] : system), ...said]
    takeMessages(reading, 'inputMessages', input, from('input'))
    const answer = asStructure(mastra.output)
    const reason = asLabel(attribute('finishReason'))
    const output = isObject(answer) ? readAnswer({ ...answer, finishReason: reason ?? null }) : undefined
    takeMessages(reading, 'outputMessages', output, from('output'))
    if (reason !== undefined) reading.take('finishReasons', [reason], 'attributes.finishReason')
    const tools = readTools(attribute('tools') ?? attribute('availableTools'))
    reading.take('toolsOffered', tools, 'attributes.tools')
    takeParameters(mastra, reading)
  } else {
    if (mastra.input !== undefined) reading.take('input', asJson(mastra.input), from('input'))
    if (mastra.output !== undefined) reading.take('output', asJson(mastra.output), from('output'))
  }
  if (facts.kind === 'tool' && span.dialect === 'mastra')
    reading.take(
      'tool',
      present({
        name: facts.toolName,
        callId: asLabel(attribute('toolCallId')),
        description: asText(attribute('toolDescription')),
        arguments: asJson(mastra.input),
        result: asJson(mastra.output),
      }),
      'input',
    )
  const metadata = span.dialect === 'mastra' ? asObject(span.attributes['metadata']) : otlpMetadata(span)
  if (metadata && Object.keys(metadata).length > 0)
    reading.take('metadata', metadata, from('metadata', 'mastra.metadata.*'))
}

function takeParameters({ attribute }: MastraSpan, reading: Reading<Content>): void {
  const parameters = Object.assign(emptyObject(), asObject(attribute('parameters')))
  for (const name of ['toolChoice', 'responseFormat', 'providerOptions', 'maxSteps'] as const) {
    const value = asJson(attribute(name))
    if (value !== undefined && value !== null) parameters[name] = value
  }
  if (Object.keys(parameters).length > 0) reading.take('parameters', parameters, 'attributes.parameters')
}

const metadataPrefix = 'mastra.metadata.'

function otlpMetadata(span: RawSpan): Content['metadata'] {
  const found = emptyObject()
  for (const [name, value] of Object.entries(span.attributes)) {
    if (name.startsWith(metadataPrefix)) found[name.slice(metadataPrefix.length)] = asJson(value) ?? null
  }
  return found
}

function messages(span: RawSpan): number | undefined {
  const { input, output } = open(span)
  return sumMessages(inside(input, 'messages') ?? input, output === undefined ? undefined : 'answer')
}

export const mastra: Convention = {
  id: 'mastra',
  label: 'Mastra',
  precedence: 4,
  prefixes: ['mastra.'],
  reads: [
    'id',
    'traceId',
    'parentSpanId',
    'name',
    'type',
    'startTime',
    'endTime',
    'metadata',
    'input',
    'output',
    'tags',
    'mastra.span.type',
    'mastra.*.input',
    'mastra.*.output',
    'mastra.metadata.*',
    'mastra.completion_start_time',
    'mastra.tags',
    'attributes',
    'entityId',
    'entityName',
    'entityType',
    'errorInfo',
  ],
  keeps: [
    'mastra.model_step.*',
    'mastra.model_chunk.*',
    'mastra.workflow_*',
    'mastra.tool_call.*',
    'isEvent',
    'isRootSpan',
    'requestContext',
    'entityVersionId',
    'externalSpanId',
  ],
  facts,
  content,
  usage,
  messages,
}
