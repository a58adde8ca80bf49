import { expect, test } from 'vitest'
import { type DialectId, dialectIds } from '../../shared/replay/types.ts'
import { bodies } from './bodies.ts'
import { type Asked, refusalOf } from './contract.ts'
import { bodyOf, missing, recorded, requestOf } from './span-of.ts'

// Conversations as they are logged, put together for every other provider: it takes them, or the receipt says why not.

const version = { 'anthropic-version': '2023-06-01' }
const to = (body: object, dialect: DialectId) =>
  requestOf(recorded(JSON.stringify(body)), {
    model: 'm',
    profile: { name: 'Mine', origin: 'https://mine.test', dialect },
  })
const call = (id: string, args = '{"a":1}') => ({ id, type: 'function', function: { name: 'f', arguments: args } })
const result = (id: string, content: unknown = 'ok') => ({ role: 'tool', tool_call_id: id, content })
const user = (content: unknown = 'x') => ({ role: 'user', content })
const calls = (...tool_calls: readonly object[]) => ({ role: 'assistant', content: null, tool_calls })
const chat = (...messages: readonly object[]) => ({ model: 'gpt-4.1', max_tokens: 9, messages })
const toolUse = (id: string) => ({ type: 'tool_use', id, name: 'f', input: {} })
const toolResult = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'ok' })
const claude = (...messages: readonly object[]) => ({ model: 'claude', max_tokens: 9, system: 'Be brief.', messages })

const conversations: { readonly [name: string]: object } = {
  ...bodies,
  'parallel calls, results in another order, a question behind them': chat(
    user(),
    calls(call('call_1'), call('call_2')),
    result('call_2'),
    result('call_1'),
    user('And?'),
  ),
  'two turns of calls': chat(user(), calls(call('call_1')), result('call_1'), calls(call('call_2')), result('call_2')),
  'instructions in the middle': chat(
    { role: 'system', content: 'A' },
    user(),
    { role: 'developer', content: 'B' },
    user(),
  ),
  'empty texts': chat(user(''), { role: 'assistant', content: '' }, user()),
  'an answer first': chat({ role: 'assistant', content: 'Hi' }, user()),
  'arguments that are no JSON': chat(user(), calls(call('call_1', '{"a":')), result('call_1')),
  'a result that is a list, a number, nothing': chat(
    user(),
    calls(call('call_1'), call('call_2'), call('call_3')),
    result('call_1', '[1,2]'),
    result('call_2', '14'),
    result('call_3', ''),
  ),
  'a picture by its address': chat(user([{ type: 'image_url', image_url: { url: 'https://a.test/b.png' } }])),
  'a text and a call': claude(
    user(),
    { role: 'assistant', content: [{ type: 'text', text: 'So' }, toolUse('toolu_1')] },
    user([toolResult('toolu_1'), { type: 'text', text: 'And?' }]),
  ),
  'a thought without a proof': chat(user(), { role: 'assistant', content: 'Hi', reasoning_content: 'Hm' }, user()),
  'a thought alone': claude(user(), { role: 'assistant', content: [{ type: 'redacted_thinking', data: 'x' }] }, user()),
  'tools that OpenAI ran': {
    model: 'gpt-5',
    max_output_tokens: 99,
    input: [
      user(),
      { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'q' } },
      { type: 'image_generation_call', id: 'ig_1', status: 'completed', result: 'iVBORw0K' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
      user(),
    ],
  },
  'tools that Anthropic ran': claude(
    user(),
    {
      role: 'assistant',
      content: [
        { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
        { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
        { type: 'text', text: 'Hi' },
      ],
    },
    user(),
  ),
  'code that Gemini ran, a picture that it made': {
    contents: [
      { role: 'user', parts: [{ text: 'x' }] },
      {
        role: 'model',
        parts: [
          { executableCode: { language: 'PYTHON', code: '1' } },
          { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
          { inlineData: { mimeType: 'image/png', data: 'iVBORw0K' } },
          { text: 'Hi' },
        ],
      },
      { role: 'user', parts: [{ text: 'y' }] },
    ],
    generationConfig: { maxOutputTokens: 9 },
  },
  'a tool that takes a text': chat(
    user(),
    calls({ id: 'call_1', type: 'custom', custom: { name: 'python', input: 'print(1)' } }),
    result('call_1'),
  ),
  'ids of its own': chat(user(), calls(call('a.b:c/1')), result('a.b:c/1')),
}

test.each(dialectIds)('%s takes what is put together for it', dialect => {
  const refused = Object.entries(conversations).flatMap(([name, logged]) => {
    const request = to(logged, dialect)
    // How much it may write, Anthropic alone must be told: where the log does not say, the receipt does.
    const untold = missing(request).some(line => line.startsWith('max_tokens:')) ? { max_tokens: 9 } : {}
    const why = refusalOf(dialect, { ...untold, ...(bodyOf(request) as Asked) }, version)
    return why === undefined ? [] : [`${name}: ${why}`]
  })
  expect(refused).toEqual([])
})

test('what a provider ran itself is listed as lost, and the answer that came of it stays', () => {
  for (const [name, from] of [
    ['tools that OpenAI ran', 'openai-responses'],
    ['tools that Anthropic ran', 'anthropic'],
    ['code that Gemini ran, a picture that it made', 'gemini'],
  ] as const)
    for (const dialect of dialectIds.filter(id => id !== from)) {
      const request = to(conversations[name]!, dialect)
      expect(request).toMatchObject({ grade: 'C', body: expect.stringContaining('"Hi"') as unknown })
      expect(missing(request).join()).toContain('the provider that was asked ran it itself')
    }
})

test('what providers refuse is refused by the contract', () => {
  const responses = (...input: readonly object[]) => ({ model: 'm', input, store: false })
  const contents = (...items: readonly object[]) => ({ contents: items })
  const model = {
    role: 'model',
    parts: [{ functionCall: { name: 'f', args: {} } }, { functionCall: { name: 'f', args: {} } }],
  }
  const answered = (...names: readonly string[]) => ({
    role: 'user',
    parts: names.map(name => ({ functionResponse: { name, response: {} } })),
  })
  const asks = { role: 'assistant', content: [toolUse('toolu_1')] }
  const cases: readonly (readonly [DialectId, object, RegExp])[] = [
    ['openai-chat', chat(user(), result('call_1')), /must be a response to/],
    ['openai-chat', chat(user(), calls(call('call_1'))), /must be followed by tool messages/],
    ['openai-chat', chat(user(), { role: 'assistant', content: null }), /got null/],
    ['openai-responses', responses({ type: 'function_call_output', call_id: 'c', output: '' }), /^No tool call found/],
    [
      'openai-responses',
      responses({ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }),
      /^No tool output/,
    ],
    ['openai-responses', responses({ id: 'x', role: 'user', content: 'x' }), /begins with 'msg'/],
    ['openai-responses', responses({ type: 'reasoning', id: 'rs_1', summary: [] }), /'rs_1' not found/],
    ['openai-responses', responses({ role: 'user', content: [{ type: 'output_text', text: 'x' }] }), /role user/],
    ['anthropic', { messages: [user()] }, /^max_tokens/],
    ['anthropic', claude(user(''), user()), /must be non-empty/],
    ['anthropic', claude(user(), asks, user()), /without `tool_result`/],
    [
      'anthropic',
      claude(user(), asks, user([{ type: 'text', text: 'x' }, toolResult('toolu_1')])),
      /immediately after/,
    ],
    ['anthropic', claude(user([toolResult('toolu_1')])), /unexpected `tool_use_id`/],
    ['anthropic', claude({ role: 'tool', content: 'x' }), /'user' or 'assistant'/],
    ['gemini', contents({ role: 'user', parts: [] }), /must not be empty/],
    ['gemini', contents(model, answered('f')), /number of function response parts/],
    ['gemini', contents(model, answered('f', '')), /Name cannot be empty/],
    ['gemini', { ...contents({ role: 'user', parts: [{ text: 'x' }] }), systemInstruction: 'x' }, /system_instruction/],
    ['ollama-chat', { messages: [{ role: 'user', content: 'x', images: ['https://a.test/b.png'] }] }, /illegal base64/],
    ['ollama-chat', { messages: [calls(call('call_1'))] }, /tool_calls.function.arguments/],
  ]
  for (const [dialect, body, why] of cases) expect(refusalOf(dialect, body as Asked, version)).toMatch(why)
})
