// OpenTelemetry GenAI, what stands in span attributes: generations 1 (before 1.28) to 4 (after the move to its own
// repository). https://github.com/open-telemetry/semantic-conventions-genai
// Texts in span events are in otel-genai-events.ts; `gen_ai.prompt.N.*` of generation 0 in gen-ai-indexed.ts.

import type { RawSpan } from '../domain/raw-span.ts'
import type { SpanKind } from '../domain/kind.ts'
import { sumMessages } from './count-messages.ts'
import { kindRank, type Content, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { contentNames, readGenAiContent } from './otel-genai-content.ts'
import { foldProvider } from './providers.ts'
import { readScore } from './scores.ts'
import type { CountingRule, WrittenUsage } from './usage.ts'
import { asBoolean, asLabel, asNumber, asText } from './values.ts'

const operations = new Map<string, SpanKind>([
  ['chat', 'generation'],
  ['text_completion', 'generation'],
  ['generate_content', 'generation'],
  ['completion', 'generation'],
  ['embeddings', 'embedding'],
  ['retrieval', 'retrieval'],
  ['rerank', 'reranker'],
  ['execute_tool', 'tool'],
  ['create_agent', 'agent'],
  ['invoke_agent', 'agent'],
  ['plan', 'agent'],
  ['invoke_workflow', 'workflow'],
  ['agent_step', 'chain'],
])

function kindOfOperation(operation: string): SpanKind {
  const kind = operations.get(operation)
  if (kind !== undefined) return kind
  // create_memory, search_memory_store, delete_memory …
  return /(?:^|_)memory(?:_|$)/.test(operation) ? 'memory' : 'other'
}

const serviceTiers = ['openai.response.service_tier', 'gen_ai.openai.response.service_tier'] as const

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const operation = asLabel(a['gen_ai.operation.name'])
  if (operation !== undefined) {
    reading.take('operation', operation, 'gen_ai.operation.name')
    reading.take('kind', kindOfOperation(operation), 'gen_ai.operation.name', kindRank.operation)
  }
  reading.take('model', asLabel(a['gen_ai.response.model']), 'gen_ai.response.model')
  reading.take('requestModel', asLabel(a['gen_ai.request.model']), 'gen_ai.request.model')
  for (const name of ['gen_ai.provider.name', 'gen_ai.system'] as const) {
    const provider = asLabel(a[name])
    if (provider !== undefined) reading.take('provider', foldProvider(provider), name)
  }
  reading.take('responseId', asLabel(a['gen_ai.response.id']), 'gen_ai.response.id')
  for (const name of ['gen_ai.usage.cost', 'operation.cost'] as const) {
    takeCost(reading, a[name], name)
  }
  for (const name of serviceTiers) {
    const tier = asLabel(a[name])
    if (tier !== undefined) reading.take('terms', { tier }, name)
  }
  for (const name of firstChunk) {
    const seconds = asNumber(a[name])
    if (seconds !== undefined && seconds >= 0 && seconds < 1e6)
      reading.take('timeToFirstToken', BigInt(Math.round(seconds * 1e9)), name)
  }
  reading.take('streamed', asBoolean(a['gen_ai.request.stream']), 'gen_ai.request.stream')
  reading.take('session', asLabel(a['gen_ai.conversation.id']), 'gen_ai.conversation.id', 1)
  reading.take('agent', asLabel(a['gen_ai.agent.name'] ?? a['gen_ai.agent.id']), 'gen_ai.agent.name')
  reading.take('toolName', asLabel(a['gen_ai.tool.name']), 'gen_ai.tool.name')
  reading.take('promptName', asLabel(a['gen_ai.prompt.name']), 'gen_ai.prompt.name')
  reading.take('promptVersion', asLabel(a['gen_ai.prompt.version']), 'gen_ai.prompt.version')
  if (span.parentId === undefined) reading.take('traceName', asLabel(a['gen_ai.workflow.name']), 'gen_ai.workflow.name')
  if (a['mcp.method.name'] === 'tools/call') reading.take('kind', 'tool', 'mcp.method.name', kindRank.scope)
  if (span.events.length > 0 || a['gen_ai.evaluation.name'] !== undefined) readEvaluations(span, reading)
}

/** The last is AI SDK 7, which writes metric names as attributes. All in seconds. */
const firstChunk = [
  'gen_ai.response.time_to_first_chunk',
  'gen_ai.server.time_to_first_token',
  'gen_ai.client.operation.time_to_first_chunk',
] as const

/** Events `gen_ai.evaluation.result` stand on the span they judge; some producers write the same names on the span. */
function readEvaluations(span: RawSpan, reading: Reading<Facts>): void {
  const said = span.events.flatMap(event => (event.name === 'gen_ai.evaluation.result' ? [event.attributes] : []))
  const scores = [span.attributes, ...said].flatMap(e => {
    const name = asLabel(e['gen_ai.evaluation.name'])
    if (name === undefined && e === span.attributes) return []
    const score = readScore(name ?? 'evaluation', {
      score: asNumber(e['gen_ai.evaluation.score.value']) ?? null,
      label: asLabel(e['gen_ai.evaluation.score.label']) ?? null,
      explanation: asText(e['gen_ai.evaluation.explanation']) ?? null,
    })
    return score ?? []
  })
  if (scores.length > 0) reading.take('scores', scores, 'gen_ai.evaluation.result')
}

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const gen2 = a['gen_ai.usage.input_tokens'] !== undefined || a['gen_ai.usage.output_tokens'] !== undefined
  const input = a['gen_ai.usage.input_tokens'] ?? a['gen_ai.usage.prompt_tokens']
  const output = a['gen_ai.usage.output_tokens'] ?? a['gen_ai.usage.completion_tokens']
  if (input === undefined && output === undefined) return undefined
  return {
    input,
    output,
    total: a['gen_ai.usage.total_tokens'] ?? a['llm.usage.total_tokens'],
    cacheRead:
      a['gen_ai.usage.cache_read.input_tokens'] ??
      a['gen_ai.usage.cache_read_input_tokens'] ??
      a['gen_ai.usage.details.cache_read_tokens'],
    cacheWrite:
      a['gen_ai.usage.cache_write.input_tokens'] ??
      a['gen_ai.usage.cache_creation.input_tokens'] ??
      a['gen_ai.usage.cache_creation_input_tokens'] ??
      a['gen_ai.usage.details.cache_write_tokens'],
    reasoning:
      a['gen_ai.usage.reasoning.output_tokens'] ??
      a['gen_ai.usage.reasoning_tokens'] ??
      a['gen_ai.usage.details.reasoning_tokens'],
    from: gen2 ? 'gen_ai.usage.input_tokens' : 'gen_ai.usage.prompt_tokens',
    producer: ruleOf(span.scope.name),
  }
}

const usageNames = [
  'input_tokens',
  'output_tokens',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'cache_read.input_tokens',
  'cache_read_input_tokens',
  'cache_write.input_tokens',
  'cache_creation.input_tokens',
  'cache_creation_input_tokens',
  'reasoning.output_tokens',
  'reasoning_tokens',
].map(name => `gen_ai.usage.${name}`)

const netOfCache: CountingRule = { inputHasCache: false, outputHasReasoning: true }

/** Producers seen to differ from the rule that input holds cached tokens. OpenLLMetry JS 0.27: input 47 beside 1,024 written to cache. */
function ruleOf(scope: string | undefined): CountingRule | undefined {
  if (scope === undefined) return undefined
  return scope === '@traceloop/instrumentation-anthropic' || scope === 'opentelemetry.instrumentation.bedrock'
    ? netOfCache
    : undefined
}

function messages({ attributes: a }: RawSpan): number | undefined {
  return sumMessages(
    a['gen_ai.system_instructions'] === undefined ? undefined : 'one',
    a['gen_ai.input.messages'] ?? a['gen_ai.prompt'],
    a['gen_ai.output.messages'] ?? a['gen_ai.completion'],
  )
}

function content(span: RawSpan, reading: Reading<Content>, known: Readonly<Facts>): void {
  readGenAiContent(span, reading, known)
}

export const otelGenAi: Convention = {
  id: 'otel-genai',
  label: 'OpenTelemetry GenAI',
  precedence: 3,
  prefixes: ['gen_ai.', 'mcp.'],
  reads: [
    ...contentNames,
    'gen_ai.operation.name',
    'gen_ai.response.model',
    'gen_ai.provider.name',
    'gen_ai.system',
    'gen_ai.response.id',
    'gen_ai.usage.cost',
    'operation.cost',
    ...firstChunk,
    'gen_ai.conversation.id',
    'gen_ai.agent.name',
    'gen_ai.agent.id',
    'gen_ai.prompt.name',
    'gen_ai.prompt.version',
    'gen_ai.workflow.name',
    'gen_ai.evaluation.*',
    ...usageNames,
    'llm.usage.total_tokens',
    'mcp.method.name',
  ],
  keeps: [
    'gen_ai.agent.description',
    'gen_ai.agent.version',
    'gen_ai.agent.call.id',
    'gen_ai.tool.type',
    'gen_ai.memory.record.count',
    // Parts of the counts by what they count; our usage has no such parts, and adding them to it would break its sums.
    ...['text', 'image', 'audio', 'video'].flatMap(kind =>
      ['input', 'output'].map(side => `gen_ai.usage.${kind}.${side}_tokens`),
    ),
    'gen_ai.usage.details.*',
    'gen_ai.token.type',
    // Metrics that AI SDK 7 writes as attributes of the span.
    'gen_ai.client.operation.*',
    'gen_ai.client.token.*',
    'gen_ai.server.*',
    // Which variant of a service answered.
    'openai.*',
    'gen_ai.openai.*',
    'aws.genai.*',
    'azure.*',
    'mcp.*',
    'server.address',
    'server.port',
  ],
  inEvents: true,
  facts,
  content,
  usage,
  messages,
}
