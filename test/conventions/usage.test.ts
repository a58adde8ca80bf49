import { expect, test } from 'vitest'
import { canonicalUsage, type WrittenUsage } from '../../shared/conventions/usage.ts'

function read(written: Omit<WrittenUsage, 'from'>) {
  return canonicalUsage({ from: 'x', ...written })
}

const netOfCache = { inputHasCache: false, outputHasReasoning: true }

test.each<[string, Omit<WrittenUsage, 'from'>, object, string | undefined]>([
  ['no parts, nothing to decide', { input: 10, output: 5, total: 15 }, { input: 10, output: 5 }, undefined],
  [
    'more cached than sent: cache is beside the input, whatever the total says (OpenLLMetry JS 0.27)',
    { input: 47, output: 36, total: 83, cacheWrite: 1024, cacheRead: 0 },
    { input: 1071, output: 36, cacheRead: 0, cacheWrite: 1024 },
    'arithmetic',
  ],
  [
    'the total holds input, cache and output',
    { input: 100, output: 10, total: 160, cacheRead: 50 },
    { input: 150, output: 10, cacheRead: 50 },
    'arithmetic',
  ],
  [
    'the total is input and output, though the producer is known to differ',
    { input: 100, output: 10, total: 110, cacheRead: 50, producer: netOfCache },
    { input: 100, output: 10, cacheRead: 50 },
    'arithmetic',
  ],
  [
    'no total: the producer',
    { input: 100, output: 10, cacheRead: 50, producer: netOfCache },
    { input: 150, output: 10, cacheRead: 50 },
    'producer',
  ],
  [
    'no total, no producer: the rule',
    { input: 100, output: 10, cacheRead: 50 },
    { input: 100, output: 10, cacheRead: 50 },
    'convention',
  ],
  [
    'Gemini: thoughts are beside the candidates (29 + 15 + 1801 = 1845)',
    { input: 29, output: 15, total: 1845, reasoning: 1801 },
    { input: 29, output: 1816, reasoning: 1801 },
    'arithmetic',
  ],
  [
    'both beside: the total has all four',
    { input: 10, output: 20, total: 100, cacheRead: 30, reasoning: 40 },
    { input: 40, output: 60, cacheRead: 30, reasoning: 40 },
    'arithmetic',
  ],
  ['text counts', { input: '12', output: ' 3 ' }, { input: 12, output: 3 }, undefined],
])('%s', (_what, written, usage, decidedBy) => {
  expect(read(written)).toEqual({ usage, doubtful: false, decidedBy })
})

test.each([-1, 0.5, NaN, Infinity, 'twelve', '1.5', true, 2n ** 60n, [1], 1e12, '4294967295'])(
  'not a count: %s',
  input => {
    expect(read({ input, output: 1 })).toMatchObject({ usage: { output: 1 }, doubtful: true })
  },
)

test.each([
  ['openai', 'gpt-4o', undefined, true],
  ['azure.ai.openai', undefined, 60, true],
  ['anthropic', 'claude-sonnet-4-5', undefined, false],
  ['openai', 'claude-sonnet-4-5', undefined, false],
  // The total says what the gateway did.
  ['openai', 'gpt-4o', 160, false],
  [undefined, undefined, undefined, false],
])('more cached than sent by %s, %s, total %s', (provider, model, total, doubtful) => {
  const found = canonicalUsage({ from: 'x', input: 50, output: 10, cacheRead: 100, total }, { provider, model })
  expect(found).toMatchObject({ doubtful, usage: { input: doubtful ? 50 : 150, cacheRead: 100 } })
})
