import { describe, expect, test } from 'vitest'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { vercelAiSdk } from '../../shared/conventions/vercel-ai-sdk.ts'
import type { DeferredText } from '../../shared/domain/raw-span.ts'
import { attributes, hasCorpus, rawSpan, readDump } from './read-dump.ts'

const call = { 'ai.operationId': 'ai.generateText.doGenerate', 'ai.model.id': 'm', 'ai.model.provider': 'openai.chat' }

const kindOf = (attributes: object) => readFacts(rawSpan({ attributes })).facts.kind

describe('what the span did', () => {
  test.each([
    ['ai.generateText', 'chain'],
    ['ai.streamText.doStream', 'generation'],
    ['ai.generateObject.doGenerate', 'generation'],
    ['ai.embedMany', 'chain'],
    ['ai.embedMany.doEmbed', 'embedding'],
    ['ai.rerank.doRerank', 'reranker'],
    ['ai.toolCall', 'tool'],
    ['ai.transcribe', 'generation'],
  ])('%s is a %s', (operation, kind) => {
    expect(kindOf({ 'ai.operationId': operation })).toBe(kind)
  })

  test('the first versions had only operation.name, with the function behind it', () => {
    expect(kindOf({ 'operation.name': 'ai.generateText.doGenerate my-chat', 'ai.model.id': 'm' })).toBe('generation')
  })

  test('version 7 names what GenAI has no word for by its own', () => {
    expect(kindOf({ 'gen_ai.operation.name': 'ai.generateSpeech', 'ai.request.text': 'Hello' })).toBe('generation')
  })
})

describe('tokens', () => {
  const usageOf = (attributes: object) => readFacts(rawSpan({ attributes: { ...call, ...attributes } })).facts.usage

  test('versions 3 to 5', () => {
    expect(usageOf({ 'ai.usage.promptTokens': 14, 'ai.usage.completionTokens': 20 })).toEqual({ input: 14, output: 20 })
  })

  test('version 6 says what was not cached', () => {
    const written = {
      'ai.usage.inputTokens': 12632,
      'ai.usage.outputTokens': 13,
      'ai.usage.totalTokens': 12645,
      'ai.usage.cachedInputTokens': 0,
      'ai.usage.inputTokenDetails.noCacheTokens': 3,
      'ai.usage.inputTokenDetails.cacheReadTokens': 0,
      'ai.usage.inputTokenDetails.cacheWriteTokens': 12629,
      'ai.model.provider': 'anthropic',
    }
    expect(usageOf(written)).toEqual({ input: 12632, output: 13, cacheRead: 0, cacheWrite: 12629 })
  })

  test('version 5 passed on what Anthropic counts: the cache beside the input, its writes in the metadata only', () => {
    const written = {
      'ai.model.provider': 'anthropic.messages',
      'ai.usage.inputTokens': 3000,
      'ai.usage.outputTokens': 36,
      'ai.usage.totalTokens': 3036,
      'ai.usage.cachedInputTokens': 1024,
      'ai.response.providerMetadata': '{"anthropic":{"cacheCreationInputTokens":512}}',
    }
    expect(usageOf(written)).toEqual({ input: 4536, output: 36, cacheRead: 1024, cacheWrite: 512 })
  })

  test('embeddings', () => {
    expect(usageOf({ 'ai.operationId': 'ai.embed.doEmbed', 'ai.usage.tokens': 3 })).toEqual({ input: 3 })
  })
})

test('what applications put into metadata has its place', () => {
  const { facts } = readFacts(
    rawSpan({
      attributes: {
        ...call,
        'ai.telemetry.functionId': 'ticket-reply',
        'ai.telemetry.metadata.userId': 'u1',
        'ai.telemetry.metadata.sessionId': 's1',
        'ai.telemetry.metadata.tags': ['prod'],
        'ai.telemetry.metadata.langfusePrompt': '{"name":"support","version":7,"prompt":"You are …","type":"text"}',
      },
    }),
  )
  expect(facts).toMatchObject({ feature: 'ticket-reply', traceName: 'ticket-reply', user: 'u1', session: 's1' })
  expect(facts).toMatchObject({ tags: ['prod'], promptName: 'support', promptVersion: '7' })
})

test('version 7 carries it in the runtime context', () => {
  const written = { ...call, 'ai.settings.context.userId': 'u1', 'ai.settings.context.sessionId': 's1' }
  expect(readFacts(rawSpan({ attributes: written })).facts).toMatchObject({ user: 'u1', session: 's1' })
})

test('a prompt belongs to calls, although metadata stands on every span', () => {
  const written = { 'ai.operationId': 'ai.toolCall', 'ai.telemetry.metadata.promptVersion': 'v17' }
  expect(readFacts(rawSpan({ attributes: written })).facts.promptVersion).toBeUndefined()
})

test.each([
  ['openai.responses', 'openai'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google.vertex.chat', 'gcp.vertex_ai'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['azure.chat', 'azure.ai.openai'],
  ['my-proxy.whatever', 'my-proxy'],
])('the provider of %s is %s', (written, provider) => {
  expect(readFacts(rawSpan({ attributes: { ...call, 'ai.model.provider': written } })).facts.provider).toBe(provider)
})

test('what a gateway says a call cost', () => {
  const written = (provider: string, metadata: string) =>
    readFacts(
      rawSpan({ attributes: { ...call, 'ai.model.provider': provider, 'ai.response.providerMetadata': metadata } }),
    ).facts.recordedCost
  expect(written('gateway', '{"gateway":{"cost":"0.0045405"}}')).toBe('0.0045405')
  expect(written('openrouter', '{"openrouter":{"usage":{"cost":0.00012}}}')).toBe('0.00012')
  expect(written('openai.chat', '{"openai":{}}')).toBeUndefined()
})

describe('messages', () => {
  const read = (attributes: object) => readWhole(rawSpan({ attributes: { ...call, ...attributes } }))

  test('every sort of part, bytes as base64 or as version 4 printed them', () => {
    const prompt = [
      { role: 'system', content: 'Be short.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', image: { 0: 137, 1: 80, 2: 78, 3: 71 }, mimeType: 'image/png' },
          { type: 'file', mediaType: 'application/pdf', data: 'JVBERi0=' },
          { type: 'file', mediaType: 'image/png', data: 'https://example.com/a.png' },
          { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'iVBORw==' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'look', args: { at: 1 } },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: { type: 'error-text', value: 'no' } },
        ],
      },
    ]
    const { inputMessages } = read({ 'ai.prompt.messages': JSON.stringify(prompt) })
    expect(inputMessages?.map(message => message.parts)).toEqual([
      [{ type: 'text', text: 'Be short.' }],
      [
        { type: 'text', text: 'What is this?' },
        { type: 'media', mimeType: 'image/png', modality: 'image', data: 'iVBORw==' },
        { type: 'media', mimeType: 'application/pdf', data: 'JVBERi0=' },
        { type: 'media', mimeType: 'image/png', modality: 'image', uri: 'https://example.com/a.png' },
        { type: 'media', mimeType: 'image/png', modality: 'image', data: 'iVBORw==' },
      ],
      [
        { type: 'reasoning', text: 'Hm.' },
        { type: 'tool_call', name: 'look', id: 'c1', arguments: { at: 1 } },
      ],
      [{ type: 'tool_result', id: 'c1', name: 'look', result: 'no', error: true }],
    ])
  })

  test('an answer: thought, text, object, tool calls and files are one message', () => {
    const { outputMessages, finishReasons } = read({
      'ai.response.reasoning': 'Let me see.',
      'ai.response.text': 'Here.',
      'ai.response.toolCalls': '[{"toolCallId":"c","toolName":"t","input":"{\\"x\\":1}"}]',
      'ai.response.files': '[{"type":"file","mediaType":"image/png","data":"iVBORw=="}]',
      'ai.response.finishReason': 'tool-calls',
    })
    expect(finishReasons).toEqual(['tool-calls'])
    expect(outputMessages).toEqual([
      {
        role: 'assistant',
        finishReason: 'tool-calls',
        parts: [
          { type: 'reasoning', text: 'Let me see.' },
          { type: 'text', text: 'Here.' },
          { type: 'tool_call', name: 't', id: 'c', arguments: { x: 1 } },
          { type: 'media', mimeType: 'image/png', modality: 'image', data: 'iVBORw==' },
        ],
      },
    ])
  })

  test('version 3 said result where it is response now', () => {
    const written = { 'ai.result.text': 'Hello.', 'ai.finishReason': 'stop' }
    expect(read(written).outputMessages).toEqual([
      { role: 'assistant', finishReason: 'stop', parts: [{ type: 'text', text: 'Hello.' }] },
    ])
  })

  test.each([
    ['{"system":"Be short.","prompt":"Hi"}', ['system', 'user']],
    ['{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"}]}', ['user', 'assistant']],
    ['{"prompt":[{"role":"user","content":"Hi"}]}', ['user']],
  ])('the outer prompt %s', (prompt, roles) => {
    expect(read({ 'ai.operationId': 'ai.generateText', 'ai.prompt': prompt }).inputMessages?.map(m => m.role)).toEqual(
      roles,
    )
  })

  test('settings, tools and the schema', () => {
    const span = read({
      'ai.settings.maxRetries': 2,
      'ai.settings.temperature': 0.3,
      'gen_ai.request.temperature': 0.3,
      'ai.prompt.toolChoice': '{"type":"auto"}',
      'ai.prompt.tools': ['{"type":"function","name":"t","description":"d","inputSchema":{"type":"object"}}'],
      'ai.schema': '{"type":"object"}',
      'ai.schema.name': 'intent',
    })
    const { parameters, toolsOffered } = span
    expect(parameters).toEqual({
      maxRetries: 2,
      temperature: 0.3,
      toolChoice: { type: 'auto' },
      schema: { type: 'object' },
      schemaName: 'intent',
    })
    expect(toolsOffered).toEqual([{ name: 't', type: 'function', description: 'd', parameters: { type: 'object' } }])
  })

  test('a ranking orders the documents it was given', () => {
    const { documents } = read({
      'ai.operationId': 'ai.rerank.doRerank',
      'ai.documents': ['"rain"', '"sun"'],
      'ai.ranking': ['{"index":1,"relevanceScore":0.9}', '{"index":0,"relevanceScore":0.1}'],
    })
    expect(documents).toEqual([
      { rank: 1, content: 'sun', score: 0.9 },
      { rank: 2, content: 'rain', score: 0.1 },
    ])
  })
})

test('while importing no text of the conversation and no vector is read', () => {
  const never: DeferredText = {
    deferred: true,
    items: 3,
    read: () => {
      throw new Error('A text was read for a fact that is not in it.')
    },
  }
  const written = {
    'ai.prompt.messages': never,
    'ai.response.text': never,
    'ai.embeddings': [never],
    'ai.values': never,
  }
  const { facts, messages } = readFacts(rawSpan({ attributes: { ...call, ...written } }))
  expect([facts.kind, messages]).toEqual(['generation', 4])
})

test('the time to the first chunk, from an attribute or from its event', () => {
  const first = (attributes: object, time?: bigint) =>
    readFacts(
      rawSpan({
        attributes: { ...call, ...attributes },
        start: 1_000_000n,
        events: time === undefined ? [] : [{ name: 'ai.stream.firstChunk', time, attributes: emptyAttributes }],
      }),
    ).facts.timeToFirstToken
  expect(first({ 'ai.response.msToFirstChunk': 426.8535 })).toBe(426_853_500n)
  expect(first({}, 3_000_000n)).toBe(2_000_000n)
  expect(first({})).toBeUndefined()
})

const emptyAttributes = attributes({})

describe.skipIf(!hasCorpus)('real spans', () => {
  test('version 5: the outer span of a tool round trip tells the last step only, and is no call', () => {
    const spans = readDump('generated/vercel-ai-sdk/v5-traces.jsonl').filter(span => span.spanId === 'fbcec1bb0748315b')
    expect(readWhole(spans[0]!)).toMatchObject({
      kind: 'chain',
      feature: 'weather-agent',
      session: 'sess_456',
      user: 'u_9f86d081',
      tenant: 'tenant_123',
      inputMessages: [{ role: 'system' }, { role: 'user' }],
    })
  })

  test('version 5: the picture GenAI has no copy of', () => {
    const span = readDump('generated/vercel-ai-sdk/v5-traces.jsonl').find(({ spanId }) => spanId === 'e9b37a6a49e719d6')
    const { inputMessages, usage, timeToFirstTokenNs, streamed } = readWhole(span!)
    expect(inputMessages?.[0]?.parts[1]).toMatchObject({ type: 'media', mimeType: 'image/png' })
    expect(usage).toEqual({ input: 65, output: 78, cacheRead: 0, reasoning: 64 })
    expect([timeToFirstTokenNs, streamed]).toEqual(['129509675', true])
  })
})

/**
 * Every `ai.*` attribute in the source of ai 3.4.33, 4.3.19, 5.0.277, 6.0.326 and @ai-sdk/otel 1.0.173; a name that ends
 * in a dot stands before one the application chose.
 */
const published = `
  ai.operationId ai.model.id ai.model.provider ai.finishReason
  ai.prompt ai.prompt.format ai.prompt.messages ai.prompt.toolChoice ai.prompt.tools
  ai.request.headers. ai.request.text ai.request.audio.mediaType ai.request.audio.media_type ai.request.audio.size
  ai.response.avgCompletionTokensPerSecond ai.response.avgOutputTokensPerSecond ai.response.files
  ai.response.finishReason ai.response.id ai.response.model ai.response.msToFinish ai.response.msToFirstChunk
  ai.response.object ai.response.providerMetadata ai.response.reasoning ai.response.text ai.response.timestamp
  ai.response.toolCalls ai.response.usage ai.response.audio.format ai.response.audio.mediaType
  ai.response.audio.media_type ai.response.audio.size
  ai.result.object ai.result.text ai.result.toolCalls ai.stream.msToFirstChunk
  ai.schema ai.schema.description ai.schema.name ai.settings. ai.settings.context. ai.settings.maxSteps ai.settings.mode
  ai.settings.output ai.telemetry.functionId ai.telemetry.metadata.
  ai.toolCall.args ai.toolCall.id ai.toolCall.name ai.toolCall.result
  ai.usage.completionTokens ai.usage.promptTokens ai.usage.tokens ai.usage.inputTokens ai.usage.outputTokens
  ai.usage.totalTokens ai.usage.reasoningTokens ai.usage.cachedInputTokens
  ai.usage.inputTokenDetails.cacheReadTokens ai.usage.inputTokenDetails.cacheWriteTokens
  ai.usage.inputTokenDetails.noCacheTokens ai.usage.outputTokenDetails.reasoningTokens
  ai.usage.outputTokenDetails.textTokens
  ai.value ai.values ai.embedding ai.embeddings ai.documents ai.ranking ai.ranking.type
  ai.decision.answers ai.decision.questions ai.decision.state
`
  .trim()
  .split(/\s+/)

/** Understood by what they are to others, so that alone they change nothing. */
const secondary = new Set([
  'ai.usage.totalTokens',
  'ai.usage.reasoningTokens',
  'ai.usage.cachedInputTokens',
  'ai.usage.inputTokenDetails.cacheReadTokens',
  'ai.usage.inputTokenDetails.cacheWriteTokens',
  'ai.usage.inputTokenDetails.noCacheTokens',
  'ai.usage.outputTokenDetails.reasoningTokens',
  'ai.usage.outputTokenDetails.textTokens',
  'ai.ranking',
])

test.each(published)('%s has a home', name => {
  const fits = (patterns: readonly string[] = []) =>
    patterns.some(pattern => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name))
  if (fits(vercelAiSdk.keeps)) return
  expect(fits(vercelAiSdk.reads), 'reads').toBe(true)
  if (secondary.has(name)) return
  const written = name.endsWith('.') ? `${name}x` : name
  const value = /usage|ms[A-Z]/.test(name)
    ? 7
    : /toolCalls|files|tools/.test(name)
      ? '[{"toolName":"t","name":"t","data":"aGk="}]'
      : '{"a":1}'
  const changes = ['ai.generateText.doGenerate', 'ai.toolCall'].some(operation => {
    const spoken = { 'ai.operationId': operation, 'ai.telemetry.functionId': 'f' }
    const read = (attributes: object) => JSON.stringify({ ...readWhole(rawSpan({ attributes })), attributes: {} })
    const changed = { ...spoken, [written]: name === 'ai.operationId' ? 'ai.embed' : value }
    return read(changed) !== read(spoken)
  })
  expect(changes, 'the reading changes').toBe(true)
})
