// Vercel AI SDK: telemetry of `ai` 3 to 7 (scope `ai`, or the tracer an application gave it) and what `@ai-sdk/otel` adds
// to GenAI attributes. https://ai-sdk.dev/docs/ai-sdk-core/telemetry
// Two levels: outer operations (`ai.generateText`) repeat their inner calls (`ai.generateText.doGenerate`), of which in
// version 5 only the last. Left out: vectors, which may be megabytes; they stay attributes and are never read here.

import type { SpanKind } from '../domain/kind.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import { millisecondsToNano } from '../domain/times.ts'
import { kindRank, type Convention, type Facts, type Reading } from './convention.ts'
import { takeCost } from './cost.ts'
import { sumMessages } from './count-messages.ts'
import { foldProvider } from './providers.ts'
import type { CountingRule, WrittenUsage } from './usage.ts'
import { asLabel, asLabels, asNumber, asObject, firstLabel, isObject, type Written } from './values.ts'
import { readVercelContent } from './vercel-ai-sdk-content.ts'

const metadata = 'ai.telemetry.metadata.'

/** Of what applications put into `metadata`, what has a place of its own. */
const lifted = {
  session: ['sessionId', 'session_id', 'session.id', 'conversationId', 'threadId'],
  user: ['userId', 'user_id', 'user.id'],
  tenant: ['tenantId', 'tenant_id'],
  team: ['team', 'teamId', 'team_id'],
  environment: ['environment'],
  release: ['release'],
  promptName: ['promptName', 'prompt_name'],
  promptVersion: ['promptVersion', 'prompt_version'],
} as const satisfies { [field in keyof Facts]?: readonly string[] }

/** Version 7 has no metadata any more, but passes on its runtime context. */
const carriers = [metadata, 'ai.settings.context.'] as const

const liftedFrom = Object.entries(lifted).map(
  ([field, names]) =>
    [field as keyof typeof lifted, carriers.flatMap(prefix => names.map(name => prefix + name))] as const,
)

/** `ai.generateText.doGenerate`. Before `ai.operationId` there was only `operation.name`: "ai.generateText functionId". */
function operationOf(span: RawSpan): string | undefined {
  const a = span.attributes
  const written = asLabel(a['ai.operationId']) ?? asLabel(a['operation.name'])?.split(' ', 1)[0]
  if (written !== undefined) return written
  // `@ai-sdk/otel` has no other word for what GenAI has none for.
  const operation = asLabel(a['gen_ai.operation.name'])
  return operation?.startsWith('ai.') ? operation : undefined
}

function kindOfOperation(operation: string): SpanKind | undefined {
  switch (/^ai\.(\w+)(?:\.(\w+))?$/.exec(operation)?.[2]) {
    case 'doGenerate':
    case 'doStream':
      return 'generation'
    case 'doEmbed':
      return 'embedding'
    case 'doRerank':
      return 'reranker'
    default:
  }
  if (operation === 'ai.toolCall') return 'tool'
  // These have no inner span.
  if (/^ai\.(?:generateSpeech|transcribe|streamTranscribe)$/.test(operation)) return 'generation'
  return operation.startsWith('ai.') ? 'chain' : undefined
}

function facts(span: RawSpan, reading: Reading<Facts>): void {
  const a = span.attributes
  const operation = operationOf(span)
  const kind = operation === undefined ? undefined : kindOfOperation(operation)
  // The operation is the SDK's own word for what the span is; GenAI's beside it has fewer.
  reading.take('kind', kind, 'ai.operationId', kindRank.explicit)
  reading.take('operation', operation, 'ai.operationId')
  if (operation !== undefined && /stream/i.test(operation)) reading.take('streamed', true, 'ai.operationId')
  reading.take('model', asLabel(a['ai.response.model']), 'ai.response.model')
  reading.take('requestModel', asLabel(a['ai.model.id']), 'ai.model.id')
  const provider = asLabel(a['ai.model.provider'])
  if (provider !== undefined) reading.take('provider', providerOf(provider), 'ai.model.provider')
  reading.take('responseId', asLabel(a['ai.response.id']), 'ai.response.id')
  takeFirstChunk(span, reading)
  const feature = firstLabel(a, ['ai.telemetry.functionId', 'resource.name'])
  if (feature) {
    reading.take('feature', feature.value, feature.from)
    if (span.parentId === undefined) reading.take('traceName', feature.value, feature.from)
  }
  for (const [field, names] of liftedFrom) {
    const found = firstLabel(a, names)
    if (found) reading.take(field, found.value, found.from)
  }
  reading.take('tags', asLabels(a[`${metadata}tags`]), `${metadata}tags`)
  reading.take('toolName', asLabel(a['ai.toolCall.name']), 'ai.toolCall.name')
  const reason = asLabel(a['ai.response.finishReason'] ?? a['ai.finishReason'])
  if (reason === 'error') reading.take('status', 'error', 'ai.response.finishReason')
  if (kind !== 'generation') return
  takePrompt(a[`${metadata}langfusePrompt`], reading)
  if (provider !== undefined) takeGatewayCost(provider, a['ai.response.providerMetadata'], reading)
}

/** `openai.responses` is openai; names that have a dot of their own keep it. */
function providerOf(written: string): string {
  const folded = foldProvider(written)
  return folded === written.trim().toLowerCase() ? foldProvider(folded.split('.', 1)[0]!) : folded
}

function takeFirstChunk(span: RawSpan, reading: Reading<Facts>): void {
  for (const name of ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'] as const) {
    const length = millisecondsToNano(span.attributes[name])
    if (length !== undefined && length >= 0n) reading.take('timeToFirstToken', length, name)
  }
  const chunk = span.events.find(event => event.name === 'ai.stream.firstChunk')
  if (chunk?.time !== undefined && span.start !== undefined && chunk.time >= span.start)
    reading.take('timeToFirstToken', chunk.time - span.start, 'ai.stream.firstChunk')
}

/** A Langfuse prompt as its client prints it: an object with a name and a version beside the whole template. */
function takePrompt(written: Written, reading: Reading<Facts>): void {
  if (written === undefined) return
  const prompt = asObject(written)
  reading.take('promptName', asLabel(prompt?.['name']), `${metadata}langfusePrompt`)
  reading.take('promptVersion', asLabel(prompt?.['version']), `${metadata}langfusePrompt`)
}

/** Gateways that price a call say so in what they return beside the answer. */
function takeGatewayCost(provider: string, written: Written, reading: Reading<Facts>): void {
  if (written === undefined || !/^(?:gateway|openrouter)\b/.test(provider)) return
  const answer = asObject(written)
  const gateway = answer?.['gateway']
  const router = answer?.['openrouter']
  const routed = isObject(router) ? router['usage'] : undefined
  const cost = isObject(gateway) ? gateway['cost'] : isObject(routed) ? routed['cost'] : undefined
  takeCost(reading, cost, 'ai.response.providerMetadata')
}

/** Before version 6 these providers' counts went through as they came, cached tokens beside the input. */
const netOfCache: CountingRule = { inputHasCache: false, outputHasReasoning: true }
const inclusive: CountingRule = { inputHasCache: true, outputHasReasoning: true }

function usage(span: RawSpan): WrittenUsage | undefined {
  const a = span.attributes
  const name = [
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  ].find(key => a[key] !== undefined)
  if (name === undefined) return undefined
  const uncached = asNumber(a['ai.usage.inputTokenDetails.noCacheTokens'])
  const input = a['ai.usage.inputTokens'] ?? a['ai.usage.promptTokens'] ?? a['ai.usage.tokens']
  const cacheRead = a['ai.usage.inputTokenDetails.cacheReadTokens'] ?? a['ai.usage.cachedInputTokens']
  const plain = {
    input,
    output: a['ai.usage.outputTokens'] ?? a['ai.usage.completionTokens'],
    cacheRead,
    cacheWrite: a['ai.usage.inputTokenDetails.cacheWriteTokens'],
    reasoning: a['ai.usage.outputTokenDetails.reasoningTokens'] ?? a['ai.usage.reasoningTokens'],
    from: name,
  }
  const total = a['ai.usage.totalTokens']
  // Version 6 and later say what was not cached, so that the input is known to be the whole.
  if (uncached !== undefined) return { ...plain, total, producer: uncached === asNumber(input) ? undefined : inclusive }
  if (!/anthropic|bedrock/.test(asLabel(a['ai.model.provider']) ?? '')) return { ...plain, total }
  // Their total is input + output too, and says nothing about the cache.
  const anthropic = readAnthropic(a['ai.response.providerMetadata'])
  return {
    ...plain,
    cacheRead: cacheRead ?? anthropic.cacheRead,
    cacheWrite: anthropic.cacheWrite,
    producer: netOfCache,
  }
}

/** Versions 3 to 5 have no attribute for what Anthropic wrote to its cache, and `generateText` none for what it read. */
function readAnthropic(written: Written): { cacheRead?: Written; cacheWrite?: Written } {
  const answer = written === undefined ? undefined : asObject(written)?.['anthropic']
  if (!isObject(answer)) return {}
  const counts = isObject(answer['usage']) ? answer['usage'] : {}
  return {
    cacheRead: counts['cache_read_input_tokens'] ?? answer['cacheReadInputTokens'],
    cacheWrite: counts['cache_creation_input_tokens'] ?? answer['cacheCreationInputTokens'],
  }
}

/** The prompt's messages, and an answer of one. */
function messages({ attributes: a }: RawSpan): number | undefined {
  const answered = answers.some(name => a[name] !== undefined)
  return sumMessages(a['ai.prompt.messages'] ?? a['ai.prompt'], answered ? 'answer' : undefined)
}

const answers = [
  'ai.response.text',
  'ai.response.object',
  'ai.response.toolCalls',
  'ai.response.files',
  'ai.result.text',
  'ai.result.object',
  'ai.result.toolCalls',
] as const

export const vercelAiSdk: Convention = {
  id: 'vercel-ai-sdk',
  label: 'Vercel AI SDK',
  precedence: 4,
  prefixes: [
    'ai.model.',
    'ai.prompt',
    'ai.response.',
    'ai.result.',
    'ai.usage.',
    'ai.settings.',
    'ai.telemetry.',
    'ai.toolCall.',
    'ai.schema',
    'ai.stream.',
    'ai.request.',
  ],
  names: [
    'ai.operationId',
    'ai.finishReason',
    'ai.value',
    'ai.values',
    'ai.embedding',
    'ai.embeddings',
    'ai.documents',
    'ai.ranking',
  ],
  reads: [
    'ai.operationId',
    'operation.name',
    'resource.name',
    'ai.model.id',
    'ai.model.provider',
    'ai.prompt',
    'ai.prompt.messages',
    'ai.prompt.tools',
    'ai.prompt.toolChoice',
    'ai.response.text',
    'ai.response.object',
    'ai.response.reasoning',
    'ai.response.toolCalls',
    'ai.response.files',
    'ai.response.finishReason',
    'ai.response.id',
    'ai.response.model',
    'ai.response.providerMetadata',
    'ai.response.msToFirstChunk',
    'ai.stream.msToFirstChunk',
    'ai.result.text',
    'ai.result.object',
    'ai.result.toolCalls',
    'ai.finishReason',
    'ai.usage.promptTokens',
    'ai.usage.completionTokens',
    'ai.usage.inputTokens',
    'ai.usage.outputTokens',
    'ai.usage.totalTokens',
    'ai.usage.reasoningTokens',
    'ai.usage.cachedInputTokens',
    'ai.usage.inputTokenDetails.*',
    'ai.usage.outputTokenDetails.*',
    'ai.usage.tokens',
    'ai.settings.*',
    'ai.schema',
    'ai.schema.name',
    'ai.schema.description',
    'ai.telemetry.functionId',
    'ai.telemetry.metadata.*',
    'ai.toolCall.name',
    'ai.toolCall.id',
    'ai.toolCall.args',
    'ai.toolCall.result',
    'ai.value',
    'ai.values',
    'ai.documents',
    'ai.ranking',
    'ai.request.headers.*',
    'ai.request.text',
  ],
  keeps: [
    'ai.prompt.format',
    'ai.response.timestamp',
    'ai.response.msToFinish',
    'ai.response.avgOutputTokensPerSecond',
    'ai.response.avgCompletionTokensPerSecond',
    'ai.response.usage',
    'ai.response.audio.*',
    'ai.request.audio.*',
    'ai.ranking.type',
    'ai.embedding',
    'ai.embeddings',
    'ai.decision.*',
  ],
  inEvents: true,
  facts,
  content: readVercelContent,
  usage,
  messages,
}
