import { expect, test } from 'vitest'
import { readFacts, readWhole } from '../../shared/conventions/index.ts'
import { rawSpan } from './read-dump.ts'

const llm = { 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-5' }

function read(fields: object, name = 'span') {
  return readWhole(rawSpan({ name, attributes: fields }))
}

test.each([
  ['LLM', 'generation'],
  ['EMBEDDING', 'embedding'],
  ['CHAIN', 'chain'],
  ['RETRIEVER', 'retrieval'],
  ['RERANKER', 'reranker'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['GUARDRAIL', 'guardrail'],
  ['EVALUATOR', 'evaluator'],
  ['PROMPT', 'prompt'],
  ['UNKNOWN', 'other'],
])('%s is a %s', (word, kind) => {
  expect(readFacts(rawSpan({ attributes: { 'openinference.span.kind': word } })).facts.kind).toBe(kind)
})

test('an explicit kind beats the operation', () => {
  const { facts } = readFacts(
    rawSpan({ attributes: { 'openinference.span.kind': 'AGENT', 'gen_ai.operation.name': 'chat' } }),
  )
  expect(facts.kind).toBe('agent')
})

const messages = [
  {
    role: 'user',
    parts: [
      { type: 'text', text: 'What is this?' },
      { type: 'media', mimeType: 'image/png', modality: 'image', uri: 'data:image/png;base64,AA==' },
    ],
  },
  { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'look', arguments: { x: 1 } }] },
  { role: 'tool', parts: [{ type: 'tool_result', id: 'call_1', result: { seen: 'cat' } }] },
]

test('flattened messages', () => {
  const span = read({
    ...llm,
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.contents.0.message_content.type': 'text',
    'llm.input_messages.0.message.contents.0.message_content.text': 'What is this?',
    'llm.input_messages.0.message.contents.1.message_content.type': 'image',
    'llm.input_messages.0.message.contents.1.message_content.image.image.url': 'data:image/png;base64,AA==',
    'llm.input_messages.1.message.role': 'assistant',
    'llm.input_messages.1.message.tool_calls.0.tool_call.id': 'call_1',
    'llm.input_messages.1.message.tool_calls.0.tool_call.function.name': 'look',
    'llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments': '{"x":1}',
    'llm.input_messages.2.message.role': 'tool',
    'llm.input_messages.2.message.tool_call_id': 'call_1',
    'llm.input_messages.2.message.content': '{"seen":"cat"}',
    'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}',
  })
  expect(span).toMatchObject({
    inputMessages: messages,
    toolsOffered: [{ name: 'look', parameters: { type: 'object' } }],
  })
})

const nested = [
  {
    'message.role': 'user',
    'message.contents': [
      { 'message_content.type': 'text', 'message_content.text': 'What is this?' },
      { 'message_content.type': 'image', 'message_content.image.image.url': 'data:image/png;base64,AA==' },
    ],
  },
  {
    'message.role': 'assistant',
    'message.tool_calls': [
      { 'tool_call.id': 'call_1', 'tool_call.function.name': 'look', 'tool_call.function.arguments': '{"x":1}' },
    ],
  },
  { 'message.role': 'tool', 'message.tool_call_id': 'call_1', 'message.content': '{"seen":"cat"}' },
]

test.each([
  ['as a list', nested],
  ['as JSON text', JSON.stringify(nested)],
])('nested messages %s', (_what, value) => {
  expect(read({ ...llm, 'llm.input_messages': value }).inputMessages).toMatchObject(messages)
})

test('indices are numbers, and may skip', () => {
  const span = read({
    ...llm,
    'llm.input_messages.10.message.content': 'third',
    'llm.input_messages.2.message.content': 'second',
    'llm.input_messages.0.message.content': 'first',
  })
  expect(span.inputMessages?.map(message => message.parts)).toEqual([
    [{ type: 'text', text: 'first' }],
    [{ type: 'text', text: 'second' }],
    [{ type: 'text', text: 'third' }],
  ])
})

test.each(['65', '10001', '99999999999999999999', '-1', '1e3'])(
  'an index that makes no list stays an attribute: %s',
  index => {
    const name = `llm.input_messages.${index}.message.content`
    const span = read({ ...llm, [name]: 'far away' })
    expect(span.inputMessages).toBeUndefined()
    expect(span.attributes[name]).toBe('far away')
  },
)

test('names of prototypes are refused and kept', () => {
  const name = 'llm.input_messages.0.message.__proto__.polluted'
  const span = read({ ...llm, [name]: 'yes', 'llm.input_messages.0.message.constructor.prototype.polluted': 'yes' })
  expect(({} as { polluted?: string }).polluted).toBeUndefined()
  expect(span.inputMessages).toBeUndefined()
  expect(span.attributes[name]).toBe('yes')
})

test('usage, cost, parameters', () => {
  const span = read({
    ...llm,
    'llm.provider': 'openai',
    'llm.token_count.prompt': 171,
    'llm.token_count.completion': 141,
    'llm.token_count.total': 312,
    'llm.token_count.prompt_details.cache_read': 128,
    'llm.token_count.prompt_details.cache_write': 0,
    'llm.token_count.completion_details.reasoning': 64,
    'llm.cost.total': '0.0120',
    'llm.invocation_parameters': '{"model":"gpt-5-mini","temperature":0.2,"stream":true,"tools":[]}',
    'llm.finish_reason': 'stop',
  })
  expect(span).toMatchObject({
    usage: { input: 171, output: 141, cacheRead: 128, cacheWrite: 0, reasoning: 64 },
    recordedCost: '0.0120',
    requestModel: 'gpt-5-mini',
    streamed: true,
    finishReasons: ['stop'],
  })
  expect(span.parameters).toEqual({ temperature: 0.2, stream: true })
})

test('documents of retrievers and rerankers', () => {
  expect(
    read({
      'openinference.span.kind': 'RETRIEVER',
      'input.value': 'refunds?',
      'retrieval.documents.0.document.id': 'doc_19',
      'retrieval.documents.0.document.content': 'Refunds',
      'retrieval.documents.0.document.score': 0.91,
      'retrieval.documents.0.document.metadata': '{"title":"Policy","n":1}',
      'retrieval.documents.1.document.id': 'doc_72',
    }),
  ).toMatchObject({
    kind: 'retrieval',
    query: 'refunds?',
    documents: [
      { id: 'doc_19', rank: 1, content: 'Refunds', score: 0.91, title: 'Policy', metadata: { title: 'Policy', n: 1 } },
      { id: 'doc_72', rank: 2 },
    ],
  })
  expect(
    read({
      'openinference.span.kind': 'RERANKER',
      'reranker.query': 'refunds?',
      'reranker.model_name': 'rerank-3',
      'reranker.input_documents.0.document.id': 'a',
      'reranker.output_documents.0.document.id': 'b',
      'reranker.output_documents.0.document.score': 0.5,
    }),
  ).toMatchObject({
    kind: 'reranker',
    model: 'rerank-3',
    query: 'refunds?',
    documents: [{ id: 'b', rank: 1, score: 0.5 }],
  })
})

test('a prompt belongs to generations, session and user to any span', () => {
  const context = {
    'llm.prompt_template.template': 'You answer {kind} tickets.',
    'llm.prompt_template.variables': '{"kind":"refund"}',
    'llm.prompt_template.version': 'v17',
    'session.id': 'sess_1',
    'user.id': 'u_1',
    'tag.tags': '["prod","refunds"]',
    metadata: '{"tenant":"t_1"}',
  }
  const tool = read({ ...context, 'openinference.span.kind': 'TOOL' })
  expect(tool).toMatchObject({ session: 'sess_1', user: 'u_1', tags: ['prod', 'refunds'], metadata: { tenant: 't_1' } })
  expect(tool.prompt).toBeUndefined()
  expect(
    readFacts(rawSpan({ attributes: { ...context, 'openinference.span.kind': 'TOOL' } })).facts.promptVersion,
  ).toBeUndefined()
  expect(read({ ...context, ...llm }).prompt).toEqual({
    template: 'You answer {kind} tickets.',
    variables: { kind: 'refund' },
    version: 'v17',
  })
})

test.each([
  [
    '{"score":0.4,"label":"fail","explanation":"no citation"}',
    { value: 0.4, label: 'fail', explanation: 'no citation' },
  ],
  ['0.8', { value: 0.8 }],
  ['pass', { label: 'pass' }],
])('an evaluator says %s', (output, verdict) => {
  const span = read({ 'openinference.span.kind': 'EVALUATOR', 'output.value': output }, 'citation_quality')
  expect(span.scores).toEqual([{ name: 'citation_quality', ...verdict }])
})

test('annotations and evaluations are scores', () => {
  const span = read({
    ...llm,
    'evaluations.0.evaluation.name': 'relevance',
    'evaluations.0.evaluation.score': 0.9,
    'evaluations.0.evaluation.annotator_kind': 'LLM',
    'annotations.0.annotation.name': 'thumbs',
    'annotations.0.annotation.label': 'up',
    'trace.annotations.0.annotation.name': 'solved',
    'trace.annotations.0.annotation.score': 1,
  })
  expect(span.scores).toEqual([
    { name: 'relevance', value: 0.9, source: 'llm' },
    { name: 'thumbs', label: 'up' },
    { name: 'solved', value: 1 },
  ])
})

test('a text that calls itself plain is not taken apart', () => {
  const plain = { 'openinference.span.kind': 'CHAIN', 'input.value': '{"a":1}' }
  expect(read({ ...plain, 'input.mime_type': 'text/plain' }).input).toBe('{"a":1}')
  expect(read({ ...plain, 'input.mime_type': 'application/json' }).input).toEqual({ a: 1 })
})

test('a deferred text is read only where a fact is in it', () => {
  const reads: string[] = []
  const deferred = (name: string, text: string) => ({
    deferred: true as const,
    read: () => {
      reads.push(name)
      return text
    },
  })
  const fields = {
    ...llm,
    'input.value': deferred('input.value', 'long'),
    'llm.input_messages.0.message.content': deferred('content', 'long'),
    'llm.invocation_parameters': deferred('parameters', '{"stream":true}'),
    metadata: deferred('metadata', '{}'),
  }
  readFacts(rawSpan({ attributes: fields }))
  expect(reads).toEqual([])
  const verdict = deferred('output.value', '{"score":0.4,"explanation":"far too long to stay in its record"}')
  const { facts } = readFacts(
    rawSpan({ attributes: { 'openinference.span.kind': 'EVALUATOR', 'output.value': verdict } }),
  )
  expect(facts.scores).toMatchObject([{ value: 0.4 }])
})

test('the response model of a GenAI twin is surer than llm.model_name', () => {
  const { facts } = readFacts(rawSpan({ attributes: { ...llm, 'gen_ai.response.model': 'gpt-5-2025-08-07' } }))
  expect(facts.model).toBe('gpt-5-2025-08-07')
})
