import { expect, test } from 'vitest'
import type { DialectId } from '../../shared/replay/types.ts'
import { bodyOf, missing, recorded, requestOf } from './span-of.ts'

const messages = [{ role: 'user', content: 'x' }]
const parameters = { type: 'object', properties: {} }
const chat = (more: object) => ({ model: 'gpt-5', max_completion_tokens: 9, messages, ...more })
const responses = (more: object) => ({ model: 'gpt-5', input: 'x', ...more })
const claude = (more: object) => ({ model: 'claude-opus-4-7', max_tokens: 9, messages, ...more })
const gemini = (more: object) => ({ contents: [{ role: 'user', parts: [{ text: 'x' }] }], ...more })
const chatTools = { tools: [{ type: 'function', function: { name: 'f', parameters } }] }
const claudeTools = { tools: [{ name: 'f', input_schema: parameters }] }

test.each<[object, DialectId, object]>([
  [
    chat({ reasoning_effort: 'none', verbosity: 'low' }),
    'openai-responses',
    { reasoning: { effort: 'none' }, text: { verbosity: 'low' } },
  ],
  [
    responses({ reasoning: { effort: 'xhigh' }, text: { verbosity: 'high', format: { type: 'json_object' } } }),
    'openai-chat',
    { reasoning_effort: 'xhigh', verbosity: 'high', response_format: { type: 'json_object' } },
  ],
  [chat({ reasoning_effort: 'high' }), 'anthropic', { output_config: { effort: 'high' } }],
  [claude({ output_config: { effort: 'max' } }), 'openai-chat', { reasoning_effort: 'max' }],
  [
    gemini({ generationConfig: { thinkingConfig: { thinkingLevel: 'LOW' } } }),
    'openai-chat',
    { reasoning_effort: 'low' },
  ],
  [
    chat({ reasoning_effort: 'medium', temperature: 1 }),
    'gemini',
    { generationConfig: { temperature: 1, thinkingConfig: { thinkingLevel: 'MEDIUM' } } },
  ],
  [chat({ reasoning_effort: 'low' }), 'ollama-chat', { think: 'low' }],
  [
    chat({ ...chatTools, parallel_tool_calls: false }),
    'anthropic',
    { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
  ],
  [
    claude({ ...claudeTools, tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true } }),
    'openai-responses',
    { parallel_tool_calls: false, tool_choice: { type: 'function', name: 'f' } },
  ],
])('%j is said to %s in its words', (body, dialect, said) => {
  const profile = { name: 'Mine', origin: 'https://mine.test', dialect }
  const request = requestOf(recorded(JSON.stringify(body)), { model: 'other', profile })
  expect(bodyOf(request)).toMatchObject(said)
  expect(missing(request)).toEqual([])
})

test.each<[object, DialectId, string]>([
  [chat({ reasoning_effort: 'minimal' }), 'anthropic', 'reasoning_effort'],
  [chat({ verbosity: 'low' }), 'gemini', 'verbosity'],
  [chat({ ...chatTools, parallel_tool_calls: false }), 'gemini', 'parallel_tool_calls'],
])('%j has no word in %s, and is listed', (body, dialect, field) => {
  const profile = { name: 'Mine', origin: 'https://mine.test', dialect }
  const request = requestOf(recorded(JSON.stringify(body)), { model: 'other', profile })
  expect(missing(request).map(line => line.split(':')[0])).toEqual([field])
  expect(request.body).not.toMatch(/minimal|verbosity|parallel/)
})

test('that tools may be called at once, as they may everywhere, is no loss', () => {
  const profile = { name: 'Mine', origin: 'https://mine.test', dialect: 'gemini' } as const
  const request = requestOf(recorded(JSON.stringify(chat({ ...chatTools, parallel_tool_calls: true }))), {
    model: 'other',
    profile,
  })
  expect(missing(request)).toEqual([])
})
