import { describe, expect, test } from 'vitest'
import type { Span } from '../../shared/domain/span.ts'
import { readWhole } from '../../shared/conventions/index.ts'
import { hasCorpus, readDump } from './read-dump.ts'

// What real producers wrote, read whole. Span ids are the files' own.

function read(path: string, spanId: string): Span {
  const span = readDump(path).find(candidate => candidate.spanId === spanId)
  if (!span) throw new Error(`${path} has no span ${spanId}`)
  return readWhole(span)
}

describe.skipIf(!hasCorpus)('real spans', () => {
  test('OpenInference: tools in an answer, an image in a question', () => {
    const span = read('generated/openinference/traces.jsonl', '52bf350d8a3df53c')
    expect(span).toMatchObject({
      kind: 'generation',
      status: 'ok',
      model: 'gpt-5-2025-08-07',
      requestModel: 'gpt-5',
      provider: 'openai',
      usage: { input: 171, output: 141, cacheRead: 0, reasoning: 64 },
      session: 'sess_450',
      user: 'u_9f86d081',
      tags: ['prod', 'refunds'],
      application: 'support-copilot',
      startTime: '1795190687002000000',
      finishReasons: ['tool_calls'],
      prompt: { template: 'You answer {kind} tickets.', variables: { kind: 'refund' }, version: 'v17' },
    })
    expect(span.inputMessages?.[1]?.parts.map(part => part.type)).toEqual(['text', 'media'])
    expect(span.outputMessages?.[0]?.parts).toMatchObject([
      { type: 'tool_call', name: 'search_kb', arguments: { query: 'refund policy annual enterprise plan', k: 5 } },
      { type: 'tool_call', name: 'get_customer_plan', arguments: { customer_id: 'cust_8831' } },
    ])
    expect(span.toolsOffered?.map(tool => tool.name)).toEqual(['search_kb', 'get_customer_plan'])
  })

  test('OpenInference: a failing tool', () => {
    expect(read('generated/openinference/traces.jsonl', '28b77bc6a729ad28')).toMatchObject({
      kind: 'tool',
      status: 'error',
      errorType: 'Error',
      statusMessage: 'billing API timeout after 5000ms',
      tool: { name: 'billing_lookup', arguments: { id: 1 } },
    })
  })

  test('OpenInference: reasoning of the Responses API', () => {
    const { outputMessages } = read('generated/openinference/traces.jsonl', 'ea761d57937804a4')
    expect(outputMessages?.flatMap(message => message.parts.map(part => part.type))).toEqual(['reasoning', 'text'])
  })

  test('OpenInference: an evaluator, and a retriever under a prompt context', () => {
    expect(read('generated/openinference/traces.jsonl', '50fb914b3b8072db')).toMatchObject({
      kind: 'evaluator',
      scores: [{ name: 'citation_quality', value: 0.4, label: 'fail', explanation: 'no citation' }],
    })
    const retriever = read('generated/openinference/traces.jsonl', '74ba9ddd6cf76010')
    expect(retriever.documents?.map(({ id, score }) => [id, score])).toEqual([
      ['doc_19', 0.91],
      ['doc_72', 0.77],
    ])
    expect(retriever.prompt).toBeUndefined()
  })

  test('GenAI, current: AI SDK 7 with a tool round trip', () => {
    const span = read('generated/vercel-ai-sdk/v7-traces.jsonl', 'f428d5da4eece759')
    expect(span).toMatchObject({
      kind: 'generation',
      status: 'unset',
      usage: { input: 168, output: 14, cacheRead: 128 },
      parameters: { temperature: 0.3 },
      application: 'recipe-app',
      release: '0.9.1',
    })
    expect(span.inputMessages?.map(message => message.role)).toEqual(['system', 'user', 'assistant', 'tool'])
    expect(span.inputMessages?.[3]?.parts).toMatchObject([
      { type: 'tool_result', result: { city: 'Lisbon', temp_c: 14, sky: 'rain' } },
    ])
    expect(span.toolsOffered?.[0]).toMatchObject({ name: 'get_weather', description: 'Get the weather' })
    expect(read('generated/vercel-ai-sdk/v7-traces.jsonl', '52b058b29cb980a2').timeToFirstTokenNs).toBe('163687710')
  })

  test('GenAI, current: texts on an event', () => {
    const span = read('otel-genai/genai-convention-handmade.json', '1000000000000005')
    expect(span.inputMessages).toHaveLength(4)
    expect(span.inputMessages?.[2]?.parts).toEqual([
      { type: 'tool_result', id: 'call_paris_001', result: 'rainy, 57°F' },
    ])
  })

  test('OpenLLMetry 0.27: cached tokens beside the input', () => {
    const span = read('generated/openllmetry-0.27/traces.jsonl', 'ad1c6882a5ef5673')
    expect(span.usage).toEqual({ input: 1071, output: 36, cacheRead: 0, cacheWrite: 1024 })
    expect(span.readBy?.['usage']).toBe('gen_ai.usage.input_tokens (arithmetic)')
  })

  test('OpenLLMetry 0.14: generation 0', () => {
    const span = read('generated/openllmetry-0.14/traces.jsonl', '4b79e11bb7029264')
    expect(span).toMatchObject({
      kind: 'generation',
      operation: 'chat',
      provider: 'openai',
      usage: { input: 32, output: 28 },
    })
    expect(span.inputMessages?.map(message => message.parts.length)).toEqual([1, 1, 0, 1])
    expect(span.toolsOffered?.[0]).toMatchObject({
      name: 'get_customer_plan',
      parameters: { required: ['customer_id'] },
    })
  })

  test('the OpenAI instrumentation of OpenTelemetry: a refused call is an error and still a call', () => {
    expect(read('generated/otel-openai-contrib/traces.jsonl', 'd78dbd41c9b0b861')).toMatchObject({
      kind: 'generation',
      status: 'error',
      errorType: 'RateLimitError',
      model: 'gpt-4o-ratelimit',
    })
  })

  test('AI SDK 5: only the inner spans are calls', () => {
    expect(read('generated/vercel-ai-sdk/v5-traces.jsonl', '0b6ceed77d0b679e').kind).toBe('generation')
    expect(read('generated/vercel-ai-sdk/v5-traces.jsonl', 'fbcec1bb0748315b').kind).toBe('chain')
    expect(read('generated/vercel-ai-sdk/v5-traces.jsonl', '30a0be8dcce5b702').kind).toBe('tool')
  })

  test('the first row of the seed article', () => {
    expect(read('flat-seed/article-example.jsonl', 'sp_01HZ...')).toMatchObject({
      kind: 'generation',
      recordedCost: '0.031',
      documents: [{ id: 'doc_44' }, { id: 'doc_98' }],
      scores: [
        { name: 'policy_compliance', value: 1 },
        { name: 'citation_quality', value: 0.8 },
      ],
    })
  })
})
