import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttributeValue } from '../../shared/domain/raw-span.ts'
import { conventions, readFacts, readWhole } from '../../shared/conventions/index.ts'
import { attributes, rawSpan } from './read-dump.ts'

// Names that the dialects look at, cut and glued so that structures collide; values of every sort.

const known = [
  ...conventions.flatMap(convention => [...convention.prefixes, ...(convention.names ?? [])]),
  'llm.input_messages',
  'llm.tools',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.retrieval.documents',
  'gen_ai.usage.input_tokens',
  'gen_ai.operation.name',
  'openinference.span.kind',
  'output.value',
  'annotations',
  'tag.tags',
  'metadata',
  'eval_scores',
  '__proto__',
  'constructor',
]
const segment = fc.oneof(
  fc.constantFrom(
    '0',
    '1',
    '64',
    '10000',
    '99999',
    '__proto__',
    'constructor',
    'prototype',
    'message',
    'content',
    'contents',
  ),
  fc.constantFrom(
    'message_content',
    'tool_calls',
    'tool_call',
    'function',
    'name',
    'arguments',
    'role',
    'type',
    'document',
    'annotation',
  ),
  fc.string({ maxLength: 4 }),
)
const name = fc
  .tuple(fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 12 })), fc.array(segment, { maxLength: 6 }))
  .map(([start, rest]) => [start.replace(/\.$/, ''), ...rest].join('.'))

const word = fc.oneof(
  fc.constantFrom(
    'LLM',
    'EVALUATOR',
    'TOOL',
    'chat',
    'embeddings',
    'assistant',
    'null',
    '',
    '{',
    '[[[',
    '[{"role":1,"parts":{}}]',
  ),
  fc.json({ maxDepth: 4 }),
  fc.string({ maxLength: 20 }),
)
const { value } = fc.letrec<{ value: AttributeValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    word.map(text => ({ deferred: true as const, read: () => text })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(segment, fc.constantFrom('message.role', 'message.content', 'score', 'value')),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}))
const map = fc.array(fc.tuple(name, value), { maxLength: 20 }).map(entries => {
  const object = Object.create(null) as Record<string, AttributeValue>
  for (const [key, item] of entries) object[key] = item
  return object
})
const event = fc.record({
  name: fc.constantFrom(
    'gen_ai.choice',
    'gen_ai.user.message',
    'gen_ai.evaluation.result',
    'exception',
    'gen_ai.content.prompt',
    'gen_ai.client.inference.operation.details',
    'x',
  ),
  attributes: fc.oneof(
    map,
    fc
      .dictionary(fc.constantFrom('message', 'content', 'tool_calls', 'body', 'index', 'id', 'role'), value)
      .map(attributes),
  ),
})

test('no attributes make a reading throw, pollute a prototype, or say what JSON cannot', () => {
  fc.assert(
    fc.property(map, fc.array(event, { maxLength: 4 }), map, (fields, events, resource) => {
      const span = rawSpan({ attributes: fields, events, resource })
      const { facts } = readFacts(span)
      const whole = readWhole(span)
      expect(facts.kind).toBe(whole.kind)
      expect(JSON.parse(JSON.stringify(whole))).toBeTypeOf('object')
      for (const tokens of Object.values(facts.usage ?? {}))
        expect(Number.isSafeInteger(tokens) && tokens >= 0).toBe(true)
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    }),
    { numRuns: 1500 },
  )
})

test('structures deeper than 200 levels stay text', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const span = readWhole(
    rawSpan({
      attributes: {
        'openinference.span.kind': 'CHAIN',
        'input.value': deep,
        'llm.input_messages': deep,
        'gen_ai.input.messages': deep,
      },
    }),
  )
  expect(span.input).toBe(deep)
})

test('a value nested 100,000 deep does not overflow', () => {
  let nested: AttributeValue = 'core'
  for (let i = 0; i < 100_000; i++) nested = [nested]
  expect(() => JSON.stringify(readWhole(rawSpan({ attributes: { 'gen_ai.input.messages': nested } })))).not.toThrow()
})

test('ten thousand flattened messages take a moment, not a minute', () => {
  const fields: Record<string, string> = { 'openinference.span.kind': 'LLM' }
  for (let i = 0; i < 10_000; i++) {
    fields[`llm.input_messages.${i}.message.role`] = 'user'
    fields[`llm.input_messages.${i}.message.content`] = 'x'
  }
  const started = performance.now()
  expect(readWhole(rawSpan({ attributes: fields })).inputMessages).toHaveLength(10_000)
  expect(performance.now() - started).toBeLessThan(1000)
})

test.each([4_294_967_294, 4_294_967_295, 10_001, 999_999])(
  'an index of %d is no list: it stays an attribute',
  index => {
    const name = `llm.input_messages.${index}.message.role`
    const span = readWhole(rawSpan({ attributes: { 'openinference.span.kind': 'LLM', [name]: 'user' } }))
    expect(span.attributes[name]).toBe('user')
    expect(span.inputMessages ?? []).toEqual([])
  },
)

test('the dialects of a span do not depend on the order of its attributes', () => {
  const fields = { 'gen_ai.operation.name': 'chat', 'openinference.span.kind': 'LLM', 'llm.request.type': 'chat', a: 1 }
  const backwards = Object.fromEntries(Object.entries(fields).toReversed())
  expect(readFacts(rawSpan({ attributes: backwards })).conventions).toBe(
    readFacts(rawSpan({ attributes: fields })).conventions,
  )
})
