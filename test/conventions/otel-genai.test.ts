import { describe, expect, test } from 'vitest'
import { forEachBit } from '../../shared/conventions/bits.ts'
import type { RawEvent } from '../../shared/domain/raw-span.ts'
import { conventions, readFacts, readWhole } from '../../shared/conventions/index.ts'
import { attributes, rawSpan } from './read-dump.ts'

const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.system': 'openai' }

function read(fields: object, events: readonly RawEvent[] = []) {
  return readWhole(rawSpan({ attributes: fields, events }))
}

function event(name: string, fields: object): RawEvent {
  return { name, attributes: attributes(fields) }
}

const conversation = {
  inputMessages: [
    { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', text: 'Weather in Lisbon?' }] },
  ],
  outputMessages: [
    {
      role: 'assistant',
      finishReason: 'tool_calls',
      parts: [{ type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Lisbon' } }],
    },
  ],
}

const toolCalls =
  '[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Lisbon\\"}"}}]'

describe('the same conversation in every generation', () => {
  test('0: indexed attributes', () => {
    const span = read({
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'Be brief.',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content': 'Weather in Lisbon?',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': '',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.id': 'call_1',
      'gen_ai.completion.0.tool_calls.0.name': 'get_weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Lisbon"}',
    })
    expect(span).toMatchObject({
      kind: 'generation',
      provider: 'openai',
      finishReasons: ['tool_calls'],
      ...conversation,
    })
  })

  test('1: JSON in two attributes', () => {
    const span = read({
      ...chat,
      'gen_ai.prompt': '[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather in Lisbon?"}]',
      'gen_ai.completion': `[{"role":"assistant","content":null,"finish_reason":"tool_calls","tool_calls":${toolCalls}}]`,
    })
    expect(span).toMatchObject(conversation)
  })

  test('1: the same on events', () => {
    const span = read(chat, [
      event('gen_ai.content.prompt', {
        'gen_ai.prompt': '[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather in Lisbon?"}]',
      }),
      event('gen_ai.content.completion', {
        'gen_ai.completion': `[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","tool_calls":${toolCalls}}}]`,
      }),
    ])
    expect(span).toMatchObject(conversation)
  })

  test('2: one event a message', () => {
    const span = read(chat, [
      event('gen_ai.system.message', { 'gen_ai.system': 'openai', content: 'Be brief.' }),
      event('gen_ai.user.message', { 'gen_ai.system': 'openai', content: 'Weather in Lisbon?' }),
      event('gen_ai.choice', {
        index: 0,
        finish_reason: 'tool_calls',
        message: `{"role":"assistant","tool_calls":${toolCalls}}`,
      }),
    ])
    expect(span).toMatchObject({ ...conversation, finishReasons: ['tool_calls'] })
  })

  test('2: very old, tool calls beside the message', () => {
    const span = read(chat, [
      event('gen_ai.choice', {
        index: 0,
        finish_reason: 'tool_calls',
        message: '{"role":"assistant"}',
        tool_calls: toolCalls,
      }),
    ])
    expect(span.outputMessages).toMatchObject(conversation.outputMessages)
  })

  const parts = {
    input: '[{"role":"user","parts":[{"type":"text","content":"Weather in Lisbon?"}]}]',
    output:
      '[{"role":"assistant","finish_reason":"tool_calls","parts":[{"type":"tool_call","id":"call_1","name":"get_weather","arguments":{"city":"Lisbon"}}]}]',
  }

  test.each([
    ['a list of parts', '[{"type":"text","content":"Be brief."}]'],
    ['a plain string', 'Be brief.'],
    ['a message', '[{"parts":[{"type":"text","content":"Be brief."}]}]'],
  ])('3: attributes, instructions as %s', (_what, instructions) => {
    const span = read({
      ...chat,
      'gen_ai.system_instructions': instructions,
      'gen_ai.input.messages': parts.input,
      'gen_ai.output.messages': parts.output,
    })
    expect(span).toMatchObject(conversation)
  })

  test('3: structured on one event', () => {
    const span = read(chat, [
      event('gen_ai.client.inference.operation.details', {
        'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief.' }],
        'gen_ai.input.messages': JSON.parse(parts.input) as object,
        'gen_ai.output.messages': JSON.parse(parts.output) as object,
      }),
    ])
    expect(span).toMatchObject(conversation)
  })
})

test('every part type', () => {
  const parts = [
    { type: 'text', content: 'a' },
    { type: 'reasoning', content: 'because' },
    { type: 'tool_call', id: '1', name: 'f', arguments: '{"x":1}' },
    { type: 'tool_call_response', id: '1', response: '{"y":2}' },
    { type: 'tool_call_response', id: '2', result: 'plain' },
    { type: 'server_tool_call', id: '3', name: 'search', server_tool_call: { type: 'web', q: 'a' } },
    { type: 'server_tool_call_response', id: '3', server_tool_call_response: { n: 1 } },
    { type: 'blob', mime_type: 'image/png', modality: 'image', content: 'aGk=' },
    { type: 'file', file_id: 'f_1', modality: 'image' },
    { type: 'uri', uri: 'https://example.org/a.png', modality: 'image' },
    { type: 'refusal', content: 'no' },
    { type: 'hologram', depth: 3 },
  ]
  const span = read({ ...chat, 'gen_ai.input.messages': JSON.stringify([{ role: 'user', name: 'Ann', parts }]) })
  expect(span.inputMessages).toEqual([
    {
      role: 'user',
      name: 'Ann',
      parts: [
        { type: 'text', text: 'a' },
        { type: 'reasoning', text: 'because' },
        { type: 'tool_call', id: '1', name: 'f', arguments: { x: 1 } },
        { type: 'tool_result', id: '1', result: { y: 2 } },
        { type: 'tool_result', id: '2', result: 'plain' },
        { type: 'tool_call', id: '3', name: 'search', arguments: { type: 'web', q: 'a' } },
        { type: 'tool_result', id: '3', result: { n: 1 } },
        { type: 'media', mimeType: 'image/png', modality: 'image', data: 'aGk=' },
        { type: 'media', modality: 'image', fileId: 'f_1' },
        { type: 'media', modality: 'image', uri: 'https://example.org/a.png' },
        { type: 'refusal', text: 'no' },
        { type: 'other', value: { type: 'hologram', depth: 3 } },
      ],
    },
  ])
})

test.each([
  ['chat', 'generation'],
  ['text_completion', 'generation'],
  ['generate_content', 'generation'],
  ['embeddings', 'embedding'],
  ['retrieval', 'retrieval'],
  ['execute_tool', 'tool'],
  ['create_agent', 'agent'],
  ['invoke_agent', 'agent'],
  ['plan', 'agent'],
  ['invoke_workflow', 'workflow'],
  ['search_memory', 'memory'],
  ['delete_memory_store', 'memory'],
  ['agent_step', 'chain'],
  ['model_chunk', 'other'],
])('operation %s is a %s', (operation, kind) => {
  expect(readFacts(rawSpan({ attributes: { 'gen_ai.operation.name': operation } })).facts.kind).toBe(kind)
})

test.each([
  ['az.ai.openai', 'azure.ai.openai'],
  ['xai', 'x_ai'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['gemini', 'gcp.gemini'],
  ['OpenAI', 'openai'],
  ['openai.chat', 'openai'],
  ['openai.responses', 'openai'],
  ['gcp.vertex.agent', 'gcp.vertex.agent'],
])('provider %s folds to %s', (written, folded) => {
  expect(readFacts(rawSpan({ attributes: { 'gen_ai.system': written } })).facts.provider).toBe(folded)
})

test('facts of a call', () => {
  const { facts, conventions: bits } = readFacts(
    rawSpan({
      attributes: {
        ...chat,
        'gen_ai.provider.name': 'openai',
        'gen_ai.response.model': 'gpt-4.1-2025-04-14',
        'gen_ai.response.id': 'chatcmpl-1',
        'gen_ai.response.time_to_first_chunk': 0.25,
        'gen_ai.request.stream': true,
        'gen_ai.usage.input_tokens': '120',
        'gen_ai.usage.output_tokens': 30,
        'gen_ai.usage.cache_read_input_tokens': 100,
        'gen_ai.usage.cost': 3.705e-5,
        'gen_ai.conversation.id': 'conv_1',
        'gen_ai.agent.name': 'helper',
        'gen_ai.prompt.name': 'reply',
      },
    }),
  )
  expect(facts).toMatchObject({
    kind: 'generation',
    model: 'gpt-4.1-2025-04-14',
    requestModel: 'gpt-4.1',
    provider: 'openai',
    responseId: 'chatcmpl-1',
    timeToFirstToken: 250_000_000n,
    streamed: true,
    usage: { input: 120, output: 30, cacheRead: 100 },
    recordedCost: '0.00003705',
    session: 'conv_1',
    agent: 'helper',
    promptName: 'reply',
  })
  const spoken: string[] = []
  forEachBit(bits, place => spoken.push(conventions[place]!.id))
  expect(spoken).toEqual(['otel-genai'])
})

test('a zero cost beside tokens was never priced', () => {
  const usage = { ...chat, 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 1 }
  expect(readFacts(rawSpan({ attributes: { ...usage, 'operation.cost': 0 } })).facts.recordedCost).toBeUndefined()
  expect(readFacts(rawSpan({ attributes: { ...usage, 'operation.cost': '0.10' } })).facts.recordedCost).toBe('0.10')
})

test('retrieval, memory and tools', () => {
  expect(
    read({
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.retrieval.query.text': 'refunds',
      'gen_ai.retrieval.documents': '[{"id":"doc_1","score":0.9},{"id":"doc_2","score":0.7,"content":"b"}]',
      'gen_ai.retrieval.top_k': 2,
      'gen_ai.data_source.id': 'kb',
    }),
  ).toMatchObject({
    kind: 'retrieval',
    query: 'refunds',
    documents: [
      { id: 'doc_1', rank: 1, score: 0.9 },
      { id: 'doc_2', rank: 2, score: 0.7, content: 'b' },
    ],
    parameters: { top_k: 2, data_source: 'kb' },
  })
  expect(
    read({
      'gen_ai.operation.name': 'search_memory',
      'gen_ai.memory.store.id': 'm1',
      'gen_ai.memory.query.text': 'who',
      'gen_ai.memory.records': '[{"id":"r1"}]',
    }),
  ).toMatchObject({ kind: 'memory', query: 'who', output: [{ id: 'r1' }], parameters: { memory_store: 'm1' } })
  expect(
    read({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'f',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.call.arguments': '{"x":1}',
      'gen_ai.tool.call.result': 'done',
    }),
  ).toMatchObject({ kind: 'tool', tool: { name: 'f', callId: 'call_1', arguments: { x: 1 }, result: 'done' } })
})

test('tool definitions in both spellings', () => {
  const span = read({
    ...chat,
    'gen_ai.tool.definitions':
      '[{"type":"function","function":{"name":"f","description":"F","parameters":{"type":"object"}}},{"type":"function","name":"g","inputSchema":{"type":"object"}},"h"]',
  })
  expect(span.toolsOffered).toEqual([
    { name: 'f', type: 'function', description: 'F', parameters: { type: 'object' } },
    { name: 'g', type: 'function', parameters: { type: 'object' } },
    { name: 'h' },
  ])
})

test('an evaluation event is a score of its span', () => {
  const span = read(chat, [
    event('gen_ai.evaluation.result', {
      'gen_ai.evaluation.name': 'relevance',
      'gen_ai.evaluation.score.value': 0.4,
      'gen_ai.evaluation.score.label': 'fail',
      'gen_ai.evaluation.explanation': 'off topic',
    }),
    event('gen_ai.evaluation.result', { 'gen_ai.evaluation.name': 'safe', 'gen_ai.evaluation.score.label': 'pass' }),
  ])
  expect(span.scores).toEqual([
    { name: 'relevance', value: 0.4, label: 'fail', explanation: 'off topic' },
    { name: 'safe', label: 'pass' },
  ])
})

test('the reading with most parts is shown', () => {
  const span = read(
    { ...chat, 'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Look"}]}]' },
    [
      event('gen_ai.user.message', {
        content: '[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]',
      }),
    ],
  )
  expect(span.inputMessages?.[0]?.parts).toHaveLength(2)
  expect(span.readBy?.['inputMessages']).toBe('gen_ai.*.message events')
})

test('generation 0 quirks: "null" contents, blocks as JSON text, functions offered', () => {
  const span = read({
    'llm.request.type': 'chat',
    'gen_ai.prompt.0.role': 'assistant',
    'gen_ai.prompt.0.content': 'null',
    'gen_ai.prompt.1.role': 'tool',
    'gen_ai.prompt.1.content': '{"plan":"annual"}',
    'gen_ai.prompt.10.role': 'user',
    'gen_ai.prompt.10.content': 'last',
    'gen_ai.prompt.2.role': 'user',
    'gen_ai.prompt.2.content': 'first',
    'gen_ai.completion.0.content': '[{"type":"text","text":"Hello"}]',
    'llm.request.functions.0.name': 'f',
    'llm.request.functions.0.arguments': '{"type":"object"}',
    'llm.top_k': 4,
  })
  expect(span).toMatchObject({
    inputMessages: [
      { role: 'assistant', parts: [] },
      { role: 'tool', parts: [{ type: 'tool_result', result: { plan: 'annual' } }] },
      { role: 'user', parts: [{ type: 'text', text: 'first' }] },
      { role: 'user', parts: [{ type: 'text', text: 'last' }] },
    ],
    outputMessages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }],
    toolsOffered: [{ name: 'f', parameters: { type: 'object' } }],
    parameters: { top_k: 4 },
  })
})

test('attributes stay under their own names and types', () => {
  const span = read({
    ...chat,
    big: 18446744073709551615n,
    nothing: null,
    list: [1, 'a'],
    long: { deferred: true, read: () => 'text' },
  })
  expect(span.attributes).toMatchObject({ big: '18446744073709551615', nothing: null, list: [1, 'a'], long: 'text' })
})

test('digits past 2^53 inside JSON text survive', () => {
  const span = read({
    ...chat,
    'gen_ai.output.messages':
      '[{"role":"assistant","parts":[{"type":"tool_call","id":"1","name":"f","arguments":"{\\"id\\":12345678901234567890}"}]}]',
  })
  expect(span.outputMessages?.[0]?.parts[0]).toMatchObject({ arguments: { id: '12345678901234567890' } })
})
