import { describe, expect, test } from 'vitest'
import { usageOfBuckets } from '../../shared/conventions/buckets.ts'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { canonicalUsage } from '../../shared/conventions/usage.ts'
import { rawSpan } from './read-dump.ts'

describe('usage in open buckets becomes inclusive', () => {
  const read = (details: Record<string, number>) => canonicalUsage(usageOfBuckets(details, 'usage')!).usage

  test.for([
    ['cached taken out', { input: 60, input_cached_tokens: 40, output: 5, total: 105 }, { input: 100, output: 5 }],
    ['without a total', { input: 60, input_cached_tokens: 40, output: 5 }, { input: 100, output: 5 }],
    ['the total says nothing was', { input: 100, input_cached_tokens: 40, output: 5, total: 105 }, { input: 100 }],
    ['clamped at zero', { input: 0, input_cached_tokens: 128, output: 29, total: 211 }, { input: 128 }],
    ['reasoning taken out', { input: 1, output: 29, output_reasoning_tokens: 64 }, { output: 93 }],
    ['audio taken out', { input: 60, input_audio_tokens: 5, output: 9, total: 74 }, { input: 65, output: 9 }],
    ['Anthropic', { input: 1820, cache_read_input_tokens: 1024, output: 420 }, { input: 2844, cacheRead: 1024 }],
    ['OpenInference', { input: 190, 'prompt_details.cache_read': 50, output: 4, total: 194 }, { input: 190 }],
  ] as const)('%s', ([, details, expected]) => expect(read(details)).toMatchObject(expected))
})

test('an observation of level ERROR has failed although its span does not say so', () => {
  const span = readWhole(
    rawSpan({
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.level': 'ERROR',
        'langfuse.observation.status_message': '429',
        'langfuse.observation.cost_details': '{"input":0,"output":0,"total":0}',
      },
    }),
  )
  expect(span).toMatchObject({ kind: 'generation', status: 'error', statusMessage: '429' })
  expect(span.recordedCost).toBeUndefined()
})

test('the first token is a time in JSON quotes', () => {
  const { facts } = readFacts(
    rawSpan({
      start: 1_795_190_801_000_000_000n,
      attributes: { 'langfuse.observation.completion_start_time': '"2026-11-20T16:06:41.327Z"' },
    }),
  )
  expect(facts.timeToFirstToken).toBe(327_000_000n)
})

test('a span of type span leaves its kind to the dialect inside', () => {
  const attributes = { 'langfuse.observation.type': 'span', 'openinference.span.kind': 'AGENT' }
  expect(readFacts(rawSpan({ attributes })).facts.kind).toBe('agent')
})

test('tools that LangChain’s handler wrote among the messages are offers', () => {
  const input = [
    { role: 'user', content: 'search' },
    { role: 'tool', content: { type: 'function', function: { name: 'search', parameters: { type: 'object' } } } },
  ]
  const span = readWhole(
    rawSpan({
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.input': JSON.stringify(input),
        'langfuse.observation.output': JSON.stringify({ role: 'assistant', content: 'done' }),
      },
    }),
  )
  expect(span.inputMessages).toHaveLength(1)
  expect(span.toolsOffered).toMatchObject([{ name: 'search' }])
  expect(span.readBy).toMatchObject({ inputMessages: 'langfuse.observation.input' })
})
