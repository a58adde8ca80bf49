// One call, told by whoever recorded it. What OpenAI was sent is at the top; each recorder gives it back, or says what it lost.

import { describe, expect, test } from 'vitest'
import { rawSpan } from '../conventions/read-dump.ts'
import { bodyOf, missing, requestOf } from './span-of.ts'

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const picture = 'data:image/png;base64,iVBORw0KGgo='
const sent = {
  model: 'gpt-4.1',
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Weather here?' },
        { type: 'image_url', image_url: { url: picture } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Lisbon"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '{"sky":"rain"}' },
  ],
  tools: [{ type: 'function', function: { name: 'get_weather', description: 'Weather', parameters: schema } }],
  temperature: 0.2,
  max_tokens: 300,
}

/** OpenInference without the body: messages taken apart into names. */
const openInference = {
  'openinference.span.kind': 'LLM',
  'llm.system': 'openai',
  'llm.model_name': 'gpt-4.1-2025-04-14',
  'llm.invocation_parameters': JSON.stringify({ model: 'gpt-4.1', temperature: 0.2, max_tokens: 300 }),
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.0.message.content': 'Be brief.',
  'llm.input_messages.1.message.role': 'user',
  'llm.input_messages.1.message.contents.0.message_content.type': 'text',
  'llm.input_messages.1.message.contents.0.message_content.text': 'Weather here?',
  'llm.input_messages.1.message.contents.1.message_content.type': 'image',
  'llm.input_messages.1.message.contents.1.message_content.image.image.url': picture,
  'llm.input_messages.2.message.role': 'assistant',
  'llm.input_messages.2.message.tool_calls.0.tool_call.id': 'call_1',
  'llm.input_messages.2.message.tool_calls.0.tool_call.function.name': 'get_weather',
  'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': '{"city":"Lisbon"}',
  'llm.input_messages.3.message.role': 'tool',
  'llm.input_messages.3.message.tool_call_id': 'call_1',
  'llm.input_messages.3.message.content': '{"sky":"rain"}',
  'llm.tools.0.tool.json_schema': JSON.stringify(sent.tools[0]),
}

const otelGenAi = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.request.temperature': 0.2,
  'gen_ai.request.max_tokens': 300,
  'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be brief.' }]),
  'gen_ai.input.messages': JSON.stringify([
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'Weather here?' },
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBORw0KGgo=' },
      ],
    },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Lisbon' } }],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: '{"sky":"rain"}' }] },
  ]),
  'gen_ai.tool.definitions': JSON.stringify([
    { type: 'function', name: 'get_weather', description: 'Weather', parameters: schema },
  ]),
}

const aiSdk = {
  'ai.operationId': 'ai.generateText.doGenerate',
  'ai.model.id': 'gpt-4.1',
  'ai.model.provider': 'openai.chat',
  'ai.settings.maxRetries': 2,
  'ai.settings.temperature': 0.2,
  'ai.settings.maxOutputTokens': 300,
  'ai.prompt.messages': JSON.stringify([
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Weather here?' },
        { type: 'file', mediaType: 'image/png', data: 'iVBORw0KGgo=' },
      ],
    },
    {
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: 'call_1', toolName: 'get_weather', input: { city: 'Lisbon' } }],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'call_1',
          toolName: 'get_weather',
          output: { type: 'json', value: { sky: 'rain' } },
        },
      ],
    },
  ]),
  'ai.prompt.tools': [
    JSON.stringify({ type: 'function', name: 'get_weather', description: 'Weather', inputSchema: schema }),
  ],
}

const langfuse = {
  'langfuse.observation.type': 'generation',
  'langfuse.observation.model.name': 'gpt-4.1',
  'langfuse.observation.model.parameters': JSON.stringify({ temperature: 0.2, max_tokens: 300 }),
  'langfuse.observation.input': JSON.stringify({ messages: sent.messages, tools: sent.tools }),
}

const recorders = {
  OpenInference: openInference,
  'OpenTelemetry GenAI': otelGenAi,
  'AI SDK': aiSdk,
  Langfuse: langfuse,
}

describe.each(Object.entries(recorders))('a call that %s recorded', (recorder, attributes) => {
  const request = requestOf(
    rawSpan({
      name: 'call',
      attributes,
      scope: { name: recorder === 'AI SDK' ? 'ai' : 'x', attributes: rawSpan().attributes },
    }),
  )

  test('is put together as it was sent', () => {
    expect(bodyOf(request)).toEqual(sent)
    expect(request).toMatchObject({ grade: 'B', dialect: 'openai-chat' })
  })

  test('says of each field where it is from, and makes none up', () => {
    const told = new Set(
      request.receipt.flatMap(({ field, from }) => (from === 'log' || from === 'rebuilt' ? [field] : [])),
    )
    for (const name of Object.keys(bodyOf(request))) expect(told).toContain(name)
    expect(request.receipt.filter(({ from }) => from === 'default').map(({ field }) => field)).toEqual(
      expect.arrayContaining(['top_p', 'stream', 'tool_choice']),
    )
  })
})

describe('what a recorder cannot say is listed', () => {
  const without = (attributes: object, ...names: string[]) =>
    Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)))
  const of = (attributes: object) => requestOf(rawSpan({ name: 'call', attributes }))

  test('OpenTelemetry GenAI: that JSON was asked for, and not by which schema', () => {
    const request = of({ ...otelGenAi, 'gen_ai.output.type': 'json' })
    expect(request.grade).toBe('C')
    expect(missing(request).join()).toContain('by which schema the log does not say')
  })

  test('content that was switched off', () => {
    const request = of(without(otelGenAi, 'gen_ai.input.messages', 'gen_ai.system_instructions'))
    expect(request.grade).toBe('C')
    expect(missing(request)).toContain('messages: the log holds no messages')
  })

  test('AI SDK: an object whose schema is on the span around', () => {
    const request = of({ ...aiSdk, 'ai.operationId': 'ai.generateObject.doGenerate' })
    expect(missing(request).join()).toContain('by which schema only the span around')
    expect(request.grade).toBe('C')
  })

  test('AI SDK: its schema, where the log has it', () => {
    const request = of({
      ...aiSdk,
      'ai.operationId': 'ai.generateObject.doGenerate',
      'ai.schema': JSON.stringify(schema),
      'ai.schema.name': 'answer',
    })
    expect(bodyOf(request)['response_format']).toEqual({ type: 'json_schema', json_schema: { name: 'answer', schema } })
  })

  test('texts that were taken out, or cut off', () => {
    const hidden = of({ ...openInference, 'llm.input_messages.0.message.content': '__REDACTED__' })
    expect(hidden.grade).toBe('C')
    expect(missing(hidden)).toContain('messages[0].content: a text that its recorder took out')
    const cut = of({ ...otelGenAi, 'gen_ai.input.messages': otelGenAi['gen_ai.input.messages'].slice(0, 200) })
    expect(cut.grade).toBe('C')
    expect(missing(cut).join()).toContain('gen_ai.input.messages: begins like JSON')
    const marked = of({ ...openInference, 'llm.input_messages.0.message.content': 'Be… [truncated]' })
    expect(missing(marked).join()).toContain('cut off')
  })

  test('a model that only answered', () => {
    const request = of(without({ ...openInference, 'llm.invocation_parameters': '{"temperature":0.2}' }, 'none'))
    expect(request.receipt).toContainEqual(expect.objectContaining({ field: 'model', from: 'rebuilt' }))
  })
})

test('a whole answer among the parameters says by which interface was asked, and is not sent back', () => {
  const ofAnswer = { id: 'resp_1', created_at: 1, completed_at: 2, billing: { payer: 'developer' }, tool_usage: {} }
  const ofRequest = { truncation: 'disabled', temperature: 0.2, text: { verbosity: 'low' } }
  const said = JSON.stringify({ ...ofAnswer, ...ofRequest })
  const attributes = { ...openInference, 'llm.invocation_parameters': said }
  const request = requestOf(rawSpan({ attributes }))
  expect(request.dialect).toBe('openai-responses')
  expect(bodyOf(request)).toMatchObject(ofRequest)
  for (const name of Object.keys(ofAnswer)) {
    expect(bodyOf(request)).not.toHaveProperty(name)
    expect(missing(request).join()).toContain(`${name}: of the answer`)
  }
})

test('arguments that were logged as a text are that text, to the digit', () => {
  const written = '{ "days": 1.0, "city":"Lis\\u0062on" }'
  const attributes = {
    ...openInference,
    'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': written,
  }
  const messages = bodyOf(requestOf(rawSpan({ attributes })))['messages'] as typeof sent.messages
  expect(messages[2]?.tool_calls?.[0]?.function.arguments).toBe(written)
})

test('Anthropic by OpenInference: thoughts keep their signatures, results join the turn of the user', () => {
  const at = 'llm.input_messages'
  const request = requestOf(
    rawSpan({
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.system': 'anthropic',
        'llm.model_name': 'claude-sonnet-4-5',
        'llm.invocation_parameters': JSON.stringify({
          model: 'claude-sonnet-4-5',
          max_tokens: 500,
          thinking: { type: 'enabled', budget_tokens: 1024 },
        }),
        [`${at}.0.message.role`]: 'system',
        [`${at}.0.message.content`]: 'Be brief.',
        [`${at}.1.message.role`]: 'user',
        [`${at}.1.message.content`]: 'Weather?',
        [`${at}.2.message.role`]: 'assistant',
        [`${at}.2.message.contents.0.message_content.type`]: 'reasoning',
        [`${at}.2.message.contents.0.message_content.text`]: 'I ask.',
        [`${at}.2.message.contents.0.message_content.signature`]: 'EqQB==',
        [`${at}.2.message.tool_calls.0.tool_call.id`]: 'toolu_1',
        [`${at}.2.message.tool_calls.0.tool_call.function.name`]: 'get_weather',
        [`${at}.2.message.tool_calls.0.tool_call.function.arguments`]: '{"city": "Lisbon"}',
        [`${at}.3.message.role`]: 'tool',
        [`${at}.3.message.tool_call_id`]: 'toolu_1',
        [`${at}.3.message.content`]: 'rain',
      },
    }),
  )
  expect(bodyOf(request)).toEqual({
    model: 'claude-sonnet-4-5',
    system: 'Be brief.',
    messages: [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'I ask.', signature: 'EqQB==' },
          { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Lisbon' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'rain' }] },
    ],
    max_tokens: 500,
    thinking: { type: 'enabled', budget_tokens: 1024 },
  })
  expect(request.grade).toBe('B')
})
