import { expect, test } from 'vitest'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { attributes, rawSpan } from './read-dump.ts'

const row = { trace_id: 't', span_id: 's', model_name: 'gpt-4.1' }

function read(fields: object) {
  return readWhole(rawSpan({ attributes: fields }))
}

test.each([
  ['EUR', undefined],
  ['€', undefined],
  ['usd', '0.5'],
  ['US$', '0.5'],
  ['', '0.5'],
  [undefined, '0.5'],
])('a cost in %s is one in dollars or none', (currency, recorded) => {
  expect(read({ ...row, cost: 0.5, currency }).recordedCost).toBe(recorded)
  expect(read({ ...row, cost: 0.5, currency }).marks).toEqual(recorded ? undefined : ['other-currency'])
  expect(read({ ...row, cost_usd: 0.6, currency }).recordedCost).toBe('0.6')
})

test.each<[unknown, string | undefined, string | undefined]>([
  ['$0.50', '0.50', undefined],
  ['0.50 USD', '0.50', undefined],
  ['1e-3', '0.001', undefined],
  ['', undefined, undefined],
  [{ total: 1 }, undefined, undefined],
  ['EUR 0.50', undefined, 'other-currency'],
  ['€0.50', undefined, 'other-currency'],
  ['0.5CHF', undefined, 'other-currency'],
  ['C$1', undefined, 'other-currency'],
  [-0.5, undefined, 'doubtful-cost'],
  ['-$0.5', undefined, 'doubtful-cost'],
  [Number.NaN, undefined, 'doubtful-cost'],
  [1e308, undefined, 'doubtful-cost'],
  ['1,200', undefined, 'doubtful-cost'],
  ['free', undefined, 'doubtful-cost'],
  ['NaN', undefined, 'doubtful-cost'],
  [true, undefined, 'doubtful-cost'],
  [false, undefined, 'doubtful-cost'],
])('a cost written as %j', (cost, recorded, mark) => {
  const span = read({ ...row, cost })
  expect([span.recordedCost, span.marks]).toEqual([recorded, mark && [mark]])
  // Another field that gives a cost ends the doubt.
  expect(read({ ...row, cost, cost_usd: 0.6 })).toMatchObject({ recordedCost: '0.6' })
  expect(read({ ...row, cost, cost_usd: 0.6 }).marks).toBeUndefined()
})

test('a cost of 0 is one where no tokens were counted, else a price that its writer did not know', () => {
  const free = read({ ...row, cost: 0, input_tokens: 0, output_tokens: 0 })
  expect([free.recordedCost, free.marks?.includes('zero-cost') ?? false]).toEqual(['0', false])
  const unpriced = read({ ...row, cost: 0, input_tokens: 5, output_tokens: 1 })
  expect([unpriced.recordedCost, unpriced.marks]).toEqual([undefined, ['zero-cost']])
})

test('of a field somebody assigned as the cost, the currency beside it is heeded', () => {
  const bill = (currency: string, cost = 'bill.amount') =>
    readWhole(
      rawSpan({
        dialect: 'mapped',
        scope: { name: 'field mapping', attributes: { cost } },
        attributes: { bill: { amount: 0.5, cost_usd: 0.6, currency } },
      }),
    ).recordedCost
  expect([bill('EUR'), bill('USD'), bill('EUR', 'bill.cost_usd')]).toEqual([undefined, '0.5', '0.6'])
})

test('a row of the schema', () => {
  const span = read({
    ...row,
    environment: 'production',
    application: 'support_copilot',
    feature: 'ticket_reply_draft',
    tenant_id: 'tenant_123',
    user_id_hash: 'u_9f',
    session_id: 'sess_456',
    release: '2026-06-05.2',
    prompt_name: 'ticket_reply_prompt',
    prompt_version: 17,
    model_provider: 'openai',
    temperature: '0.2',
    input_tokens: '1820',
    output_tokens: 420,
    cost_usd: '0.0310',
    retrieval_document_ids: ['doc_44', 'doc_98'],
    tool_calls: [{ tool_name: 'get_customer_plan', status: 'success', latency_ms: 180 }],
    eval_scores: { policy_compliance: 1 },
  })
  expect(span).toMatchObject({
    kind: 'generation',
    model: 'gpt-4.1',
    provider: 'openai',
    environment: 'production',
    application: 'support_copilot',
    feature: 'ticket_reply_draft',
    tenant: 'tenant_123',
    user: 'u_9f',
    session: 'sess_456',
    release: '2026-06-05.2',
    prompt: { name: 'ticket_reply_prompt', version: '17' },
    usage: { input: 1820, output: 420 },
    recordedCost: '0.0310',
    documents: [
      { id: 'doc_44', rank: 1 },
      { id: 'doc_98', rank: 2 },
    ],
    outputMessages: [
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', name: 'get_customer_plan', status: 'success', durationNs: '180000000' }],
      },
    ],
    scores: [{ name: 'policy_compliance', value: 1 }],
  })
})

test.each([
  ['a list', ['doc_44', 'doc_98']],
  ['JSON text', '["doc_44","doc_98"]'],
  ['comma text', 'doc_44, doc_98'],
])('document ids as %s', (_what, ids) => {
  expect(read({ ...row, retrieval_document_ids: ids }).documents?.map(document => document.id)).toEqual([
    'doc_44',
    'doc_98',
  ])
})

test.each([
  ['numbers', { quality: 0.8 }, [{ name: 'quality', value: 0.8 }]],
  ['JSON text', '{"quality":0.8}', [{ name: 'quality', value: 0.8 }]],
  ['booleans', { safe: true }, [{ name: 'safe', value: 1, label: 'true' }]],
  [
    'texts',
    { tone: 'warm', quality: '0.5' },
    [
      { name: 'tone', label: 'warm' },
      { name: 'quality', value: 0.5 },
    ],
  ],
  [
    'objects',
    { quality: { score: 0.4, label: 'fail', explanation: 'why' } },
    [{ name: 'quality', value: 0.4, label: 'fail', explanation: 'why' }],
  ],
  ['a list', [{ name: 'quality', score: 0.4 }], [{ name: 'quality', value: 0.4 }]],
])('scores as %s', (_what, written, scores) => {
  expect(read({ ...row, eval_scores: written }).scores).toEqual(scores)
})

test.each([1.5, -1, NaN, 'many', true, 2 ** 60])('no token count, but a mark: %s', tokens => {
  const span = read({ ...row, input_tokens: tokens, output_tokens: 3 })
  expect(span.usage).toEqual({ output: 3 })
  expect(span.marks).toEqual(['doubtful-usage'])
})

test('null and empty are simply absent', () => {
  const span = read({
    ...row,
    input_tokens: null,
    output_tokens: '',
    cost_usd: null,
    session_id: '',
    eval_scores: {},
    tool_calls: [],
  })
  expect(span.usage).toBeUndefined()
  expect(span.marks).toBeUndefined()
  expect(Object.keys(span)).not.toEqual(expect.arrayContaining(['session', 'scores', 'recordedCost', 'outputMessages']))
})

test('aliases, and texts of a call as messages', () => {
  expect(read({ model: 'm', provider: 'anthropic', prompt: 'Hello', completion: 'Hi', user_id: 'u' })).toMatchObject({
    kind: 'generation',
    model: 'm',
    provider: 'anthropic',
    user: 'u',
    inputMessages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
    outputMessages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hi' }] }],
  })
  expect(read({ latency_ms: 5, input: '{"a":1}', output: 'b' })).toMatchObject({
    kind: 'chain',
    input: { a: 1 },
    output: 'b',
  })
})

test('an error type is an error, unless the row said how it ended', () => {
  const fields = { ...row, error_type: 'Timeout' }
  expect(readFacts(rawSpan({ attributes: fields })).facts).toMatchObject({ status: 'error', errorType: 'Timeout' })
  expect(readFacts(rawSpan({ attributes: fields, status: 'ok' })).facts.status).toBe('ok')
})

test('the same words under a scope or a resource are somebody else’s', () => {
  const scoped = rawSpan({ attributes: row, scope: { name: 'pydantic-ai', attributes: attributes({}) } })
  expect(readFacts(scoped)).toMatchObject({ conventions: 0, facts: { kind: 'other' } })
})

test('a row is understood by its trace_id alone', () => {
  expect(read({ trace_id: 't', provider: 'mistralai', input: 'a', output: 'b' })).toMatchObject({
    kind: 'chain',
    provider: 'mistral_ai',
    input: 'a',
    output: 'b',
  })
})

test.each([
  ['as text, to the letter', '{ "refund": 50.0 }', '{ "refund": 50.0 }'],
  ['as structure', { refund: 50, ok: true }, '{"refund":50,"ok":true}'],
])('an answer in JSON that is no message is there whole: %s', (_, output, text) => {
  expect(read({ ...row, input: 'How much?', output }).outputMessages).toEqual([
    { role: 'assistant', parts: [{ type: 'text', text }] },
  ])
})

test('a message without content stays one without parts', () => {
  expect(read({ ...row, output: '{"role":"assistant","content":null}' }).outputMessages).toEqual([
    { role: 'assistant', parts: [] },
  ])
})
