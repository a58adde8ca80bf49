import { describe, expect, test } from 'vitest'
import { countExchange, readAnswered, readAsked } from '../../shared/conventions/exchange.ts'

describe('what a call was asked', () => {
  const user = [{ role: 'user', parts: [{ type: 'text', text: 'hi' }] }]
  const constructor = { lc: 1, type: 'constructor', id: ['langchain', 'HumanMessage'], kwargs: { content: 'hi' } }
  test.for([
    ['a text', 'hi'],
    ['messages', [{ role: 'user', content: 'hi' }]],
    ['a request', { model: 'm', messages: [{ role: 'user', content: 'hi' }] }],
    ['a request among arguments', { args: [{ messages: [{ role: 'user', content: 'hi' }] }, {}] }],
    ['keyword arguments', { args: [], kwargs: { messages: [{ role: 'user', content: 'hi' }] } }],
    ['LangChain, dumped', { messages: [[constructor]] }],
    ['LangChain, as a dictionary', [{ type: 'human', data: { content: 'hi' } }]],
    ['LangChain, as a model', [{ type: 'human', content: 'hi', additional_kwargs: {}, response_metadata: {} }]],
    ['Responses', { input: 'hi' }],
    ['Gemini, settings apart', { contents: 'hi', model: 'm', generationConfig: { topK: 1 } }],
    ['Converse', { modelId: 'm', messages: [{ role: 'user', content: [{ text: 'hi' }] }] }],
    ['Gemini', { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }],
  ] as const)('%s', ([, value]) => expect(readAsked(value as never).messages).toEqual(user))

  test('tools may be named by their keys', () => {
    const { tools } = readAsked({
      messages: [{ role: 'user', content: 'hi' }],
      tools: { search: { description: 's' } },
    })
    expect(tools).toEqual([{ name: 'search', description: 's' }])
  })

  test('system, tools and settings find their places', () => {
    const asked = readAsked({
      model: 'm',
      system: 'be kind',
      temperature: 0.2,
      messages: [{ role: 'user', content: 'hi' }],
      tools: [{ name: 'search', input_schema: {} }],
    })
    expect(asked.messages?.map(message => message.role)).toEqual(['system', 'user'])
    expect(asked.tools).toMatchObject([{ name: 'search' }])
    expect(asked.parameters).toEqual({ temperature: 0.2 })
  })
})

describe('how many messages', () => {
  const asked = {
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'user', content: 'ho' },
    ],
  }
  const answered = { choices: [{ message: { role: 'assistant', content: 'yes' } }] }
  test.for([
    ['bodies', asked, answered],
    ['bodies as JSON', JSON.stringify(asked), JSON.stringify(answered)],
    ['a body among arguments', { args: [asked] }, answered],
    ['lists', asked.messages, 'yes'],
    ['prompts', { messages: [asked.messages] }, { text: 'yes' }],
  ] as const)('%s', ([, input, output]) => expect(countExchange(input as never, output as never)).toBe(3))
})

describe('what a call answered', () => {
  const text = { type: 'text', text: 'yes' }
  test.for([
    ['a text', 'yes', 'assistant', [text]],
    ['a message', { role: 'assistant', content: 'yes' }, 'assistant', [text]],
    [
      'choices',
      { choices: [{ message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }] },
      'assistant',
      [text],
    ],
    ['completions', { choices: [{ text: 'yes', finish_reason: 'stop' }] }, 'assistant', [text]],
    [
      'generations',
      { generations: [[{ text: 'yes', generation_info: { finish_reason: 'stop' } }]] },
      'assistant',
      [text],
    ],
    ['candidates', { candidates: [{ content: { role: 'model', parts: [{ text: 'yes' }] } }] }, 'model', [text]],
    [
      'Responses',
      {
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'yes' }] },
        ],
      },
      'assistant',
      [{ type: 'reasoning', text: 'hm' }, text],
    ],
  ] as const)('%s', ([, value, role, parts]) => {
    expect(readAnswered(value as never).messages).toMatchObject([{ role, parts }])
  })

  test('older LangChain keeps tool calls in additional_kwargs', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'search', arguments: '{"q":1}' } }
    const message = { content: '', additional_kwargs: { tool_calls: [call] } }
    const { messages } = readAnswered({
      generations: [[{ message: { lc: 1, type: 'constructor', id: ['x', 'AIMessageChunk'], kwargs: message } }]],
    })
    expect(messages?.[0]?.parts).toContainEqual({ type: 'tool_call', id: 'c1', name: 'search', arguments: { q: 1 } })
  })

  test('nothing else is made up', () => {
    expect(readAnswered(null)).toEqual({})
    expect(readAnswered(7)).toEqual({})
    expect(readAnswered({ plan: 'annual' }).messages).toBeUndefined()
  })
})
