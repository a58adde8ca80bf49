import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { countTexts } from '../../electron/replay/token-count.ts'
import { inputTokens, mostInput } from '../../shared/replay/input-tokens.ts'
import { mostOutput } from '../../shared/replay/most-output.ts'
import { spokenIn } from '../../shared/replay/spoken-text.ts'
import { seededRandom } from '../helpers/random.ts'

const never = new AbortController().signal
const megabyte = 1 << 20

test('texts are counted as the encoding itself counts them, and what looks like a mark of it is text', async () => {
  const words = 'The quick brown fox says "no" to 12,345 lazy dogs; “voilà”, 你好世界 and 🦊🐕!\n\n'.repeat(200)
  const { tokens, counted } = await countTexts([words], 10_000, never)
  expect(counted).toBe(words.length)
  expect(Math.abs(tokens / countTokens(words) - 1)).toBeLessThan(0.006)
  expect((await countTexts(['<|endoftext|>'], 10_000, never)).tokens).toBeGreaterThan(1)
})

const random = seededRandom(7)
const base64 = Array.from(
  { length: megabyte },
  () => '+/abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789'[random.below(46)],
)
test.each([
  ['one letter', 'a'.repeat(megabyte), 8],
  ['one emoji', '😀'.repeat(megabyte / 2), 2],
  ['base64', base64.join(''), 1.5],
  ['Chinese without an end', '说明书永远没有结尾'.repeat(megabyte / 9), 1.3],
])('1 MB of %s is estimated in its time', async (_, text, charactersAToken) => {
  const began = performance.now()
  const { tokens, counted, characters } = await countTexts([text], 100, never)
  // Whole it would take from half a minute to hours; on a busy machine a slice waits for its turn.
  expect(performance.now() - began).toBeLessThan(1500)
  expect(counted).toBeGreaterThan(1000)
  expect(characters).toBe(text.length)
  expect(text.length / tokens / charactersAToken).toBeGreaterThan(0.8)
  expect(text.length / tokens / charactersAToken).toBeLessThan(1.25)
})

test('where time is short, what was counted is of the whole and not of the beginning', async () => {
  const text = 'word '.repeat(megabyte / 10) + '漢字'.repeat(megabyte / 4)
  const whole = (await countTexts([text], 60_000, never)).tokens
  const { tokens, counted } = await countTexts([text], 30, never)
  expect(counted).toBeLessThan(text.length)
  expect(Math.abs(tokens / whole - 1)).toBeLessThan(0.25)
})

test('what a model reads of a body: texts without escapes, tools, arguments; pictures are counted beside', () => {
  const body = JSON.stringify({
    model: 'gpt-4.1',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'H\u00e9' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
    ],
    tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
  }).replace('é', String.raw`\u00e9`)
  expect(spokenIn({ dialect: 'openai-chat', body })).toEqual({
    texts: ['Hé', 'f', '{"a":1}', 'f', '{"type":"object"}'],
    messages: 2,
    media: 1,
  })
  expect(spokenIn({ dialect: 'openai-chat', body: '[]' })).toBeUndefined()
})

test('the log goes before the encoding, and a picture that it did not count is unknown', () => {
  const was = { tokens: 100, media: 0 }
  expect(inputTokens({ tokens: 110, media: 0 }, was, 130)).toEqual({ tokens: 143, by: 'log', media: 0 })
  expect(inputTokens({ tokens: 110, media: 1 }, { tokens: 100, media: 1 }, 900)).toEqual({
    tokens: 910,
    by: 'log',
    media: 0,
  })
  const added = inputTokens({ tokens: 110, media: 1 }, was, 130)
  expect(added).toEqual({ tokens: 110, by: 'o200k', media: 1 })
  expect(mostInput(added, 'openai-chat')).toBeUndefined()
  const alone = inputTokens({ tokens: 110, media: 0 }, was, undefined)
  expect([mostInput(alone, 'openai-responses'), mostInput(alone, 'anthropic')]).toEqual([110, 165])
})

test.each([
  ['openai-chat', { max_tokens: 100, n: 3 }, 300],
  ['openai-chat', { max_completion_tokens: 7 }, 7],
  ['gemini', { generationConfig: { maxOutputTokens: 9, candidateCount: 2 } }, 18],
  ['ollama-chat', { options: { num_predict: 5 } }, 5],
  ['ollama-chat', { options: { num_predict: -1 } }, undefined],
  ['openai-responses', { input: 'Hi' }, undefined],
] as const)('what %s caps: %j', (dialect, body, most) => {
  expect(mostOutput({ dialect, body: JSON.stringify(body) })).toBe(most)
})
