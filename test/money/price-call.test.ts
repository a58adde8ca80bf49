import { expect, test } from 'vitest'
import type { Usage } from '../../shared/domain/span.ts'
import type { PriceRule } from '../../shared/money/book.ts'
import type { CallTerms } from '../../shared/money/factors.ts'
import { priceCall, type CallToPrice } from '../../shared/money/price-call.ts'
import { Pricer } from '../../shared/money/pricer.ts'
import { nanoToDecimal } from '../../shared/domain/numbers.ts'
import { bundledText } from '../../electron/prices/bundled.ts'
import { bundled, bundledPricer, trusted } from './bundled.ts'

const pricer = bundledPricer()
const day = (text: string) => Date.parse(`${text}T12:00:00Z`) * 1000

function call(provider: string, model: string, usage: Usage, date = '2026-11-20', terms: CallTerms = {}): CallToPrice {
  return { provider, model, usage, time: day(date), terms }
}

function costOf(asked: CallToPrice, by = pricer): string {
  const cost = priceCall(by, asked)
  return 'unknown' in cost ? cost.unknown : nanoToDecimal(cost.nano)
}

// What the price lists of November 2026 say; input holds what is cached.
test.each<[string, string, Usage, string, string?]>([
  ['openai', 'gpt-4o', { input: 10_000, output: 1000 }, '0.035'],
  ['openai', 'gpt-4o', { input: 10_000, output: 1000, cacheRead: 8000 }, '0.025'],
  ['openai', 'gpt-5', { input: 10_000, output: 2000, cacheRead: 4000 }, '0.028'],
  ['openai', 'o3', { input: 10_000, output: 1000 }, '0.028'],
  ['openai', 'o3', { input: 10_000, output: 1000 }, '0.14', '2025-05-01'],
  ['openai', 'gpt-5.6', { input: 10_000, output: 1000, cacheRead: 2000 }, '0.0528'],
  ['openai', 'gpt-4o-audio-preview', { input: 2000, output: 500, audioInput: 1500, audioOutput: 400 }, '0.01'],
  ['anthropic', 'claude-sonnet-4-5', { input: 10_000, output: 1000, cacheRead: 6000, cacheWrite: 2000 }, '0.0303'],
  ['anthropic', 'claude-sonnet-4-5', { input: 250_000, output: 1000 }, '1.5225'],
  [
    'anthropic',
    'claude-opus-4-7',
    { input: 10_000, output: 1000, cacheRead: 5000, cacheWrite: 2000, cacheWrite1h: 2000 },
    '0.0625',
  ],
  ['gcp.gemini', 'gemini-2.5-pro', { input: 150_000, output: 2000 }, '0.2075'],
  ['gcp.gemini', 'gemini-2.5-pro', { input: 250_000, output: 2000, cacheRead: 50_000 }, '0.5425'],
  ['gcp.vertex_ai', 'gemini-2.5-flash', { input: 10_000, output: 2000, audioInput: 5000 }, '0.0115'],
  ['mistral_ai', 'mistral-large-latest', { input: 10_000, output: 1000 }, '0.026'],
  ['deepseek', 'deepseek-chat', { input: 10_000, output: 1000, cacheRead: 5000 }, '0.0028'],
  ['aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', { input: 10_000, output: 1000 }, '0.0495'],
  ['x_ai', 'grok-4', { input: 10_000, output: 1000 }, '0.045'],
  ['groq', 'llama-3.3-70b-versatile', { input: 10_000, output: 1000 }, '0.00669'],
])('%s %s %o costs %s', (provider, model, usage, cost, date) => {
  expect(costOf(call(provider, model, usage, date))).toBe(cost)
})

test('the bundled list is a text without white space: what a store keeps of it is told to be it by comparing', () => {
  expect(bundledText() === JSON.stringify(bundled)).toBe(true)
})

test('the lines of a sum say what, how many, at what price and by which rule', () => {
  const usage = { input: 300_000, output: 1000, cacheRead: 100_000, cacheWrite: 20_000, cacheWrite1h: 5000 }
  const cost = priceCall(pricer, call('anthropic', 'claude-sonnet-4-5', usage, '2026-11-20', { tier: 'batch' }))
  if ('unknown' in cost) throw new Error(cost.unknown)
  const { lines, price } = cost
  const source = 'https://platform.claude.com/docs/en/about-claude/pricing'
  expect(price.factors).toEqual([{ says: 'tier', value: 'batch', factor: '0.5', source }])
  expect(Object.fromEntries(lines.map(line => [line.unit, [line.count, line.price, line.amount]]))).toEqual({
    input_tokens: [180_000, '6', '0.54'],
    cache_read_tokens: [100_000, '0.6', '0.03'],
    cache_write_tokens: [15_000, '7.5', '0.05625'],
    cache_write_1h_tokens: [5000, '12', '0.03'],
    output_tokens: [1000, '22.5', '0.01125'],
  })
  expect(lines.every(line => line.over === 200_000 && line.factor === '0.5')).toBe(true)
  expect(nanoToDecimal(cost.nano)).toBe('0.6675')
})

test('a call is summed exactly and rounded once, half to even', () => {
  const prices = { input_mtok: 0.0005, output_mtok: 0.0005, cache_read_mtok: 0.00025 }
  const own = new Pricer({ ...bundled, rules: [{ id: 'half', match: { equals: 'half' }, prices }] }, trusted)
  // 1.5, 2.5 and 0.25 + 0.25 nano-dollars: each part rounded for itself would be 2, 2 and 0.
  expect(costOf(call('', 'half', { input: 3, output: 0 }), own)).toBe('0.000000002')
  expect(costOf(call('', 'half', { input: 5, output: 0 }), own)).toBe('0.000000002')
  expect(costOf(call('', 'half', { input: 2, output: 1, cacheRead: 2 }), own)).toBe('0.000000001')
  // Digits past those of a double: 999,999,999 of 10^-18 dollars is 10^21 of them.
  const fine = { id: 'fine', match: { equals: 'fine' }, prices: { input_mtok: 1.234567890123 } }
  const digits = new Pricer({ ...bundled, rules: [fine] }, trusted)
  expect(costOf(call('', 'fine', { input: 999_999_999, output: 0 }), digits)).toBe('1234.567888888')
})

test.each<[string, CallToPrice]>([
  ['no-model', { ...call('openai', '', {}) }],
  ['no-provider', call('ollama', 'llama3', { input: 1, output: 1 })],
  ['no-price', call('openai', 'my-finetune-3', { input: 1, output: 1 })],
  ['no-usage', call('openai', 'gpt-4o', {})],
  ['no-output', call('openai', 'gpt-4o', { input: 5 })],
  ['no-input', call('openai', 'gpt-4o', { output: 5 })],
  ['inconsistent', call('openai', 'gpt-4o', { input: 5, output: 5, cacheRead: 6 })],
  ['inconsistent', call('openai', 'gpt-4o', { input: -5, output: 5 })],
  ['inconsistent', call('openai', 'gpt-4o', { input: 1.5, output: 5 })],
  ['inconsistent', call('openai', 'gpt-4o', { input: 1e12, output: 5 })],
  ['inconsistent', call('openai', 'gpt-4o', { input: 5, output: 4_294_967_295 })],
  ['inconsistent', call('openai', 'gpt-4o', { input: 5, output: 5, reasoning: 6 })],
  ['inconsistent', { ...call('openai', 'gpt-4o', { input: 5, output: 5 }), isDoubtful: true }],
  ['no-tier', call('x-ai', 'grok-4', { input: 5, output: 5 }, '2026-11-20', { tier: 'batch' })],
  ['no-tier', call('openai', 'gpt-4', { input: 5, output: 5 }, '2026-11-20', { tier: 'priority' })],
])('%s is why a call has no cost', (why, asked) => {
  expect(priceCall(pricer, asked)).toEqual({ unknown: why })
})

test.each<[string, string, CallTerms, string]>([
  ['openai', 'gpt-4o', { tier: 'default' }, '0.035'],
  ['openai', 'gpt-4o', { tier: 'flex' }, '0.0175'],
  ['openai', 'gpt-4o-2024-08-06', { tier: 'priority' }, '0.0595'],
  ['openai', 'gpt-5', { tier: 'priority' }, '0.045'],
  ['openai', 'gpt-5-mini', { tier: 'priority' }, '0.0081'],
  ['openai', 'gpt-5.5', { tier: 'priority' }, '0.2'],
  ['anthropic', 'claude-opus-4-7', { speed: 'fast' }, '0.45'],
  ['anthropic', 'claude-opus-4-8', { speed: 'fast' }, '0.15'],
  ['anthropic', 'claude-opus-4-7', { geo: 'us', tier: 'batch' }, '0.04125'],
  ['anthropic', 'claude-opus-4-7', { geo: 'global' }, '0.075'],
])('%s %s called as %o costs %s', (provider, model, terms, cost) => {
  expect(costOf(call(provider, model, { input: 10_000, output: 1000 }, '2026-11-20', terms))).toBe(cost)
})

test('how a model was matched is told, with what to look at twice', () => {
  const matchOf = (provider: string | undefined, model: string) => {
    const price = pricer.at(provider, model, day('2026-11-20'), {})
    return typeof price === 'string'
      ? price
      : [price.match.provider, price.match.model, price.match.kind, ...price.match.hints]
  }
  expect(matchOf('openai', 'gpt-4o')).toEqual(['openai', 'gpt-4o', 'exact'])
  expect(matchOf('anthropic', 'claude-sonnet-5-5')).toEqual(['anthropic', 'claude-sonnet-5', 'prefix', 'longer-name'])
  expect(matchOf('anthropic', 'claude-sonnet-4-5-20250929')?.slice(0, 3)).toEqual([
    'anthropic',
    'claude-sonnet-4-5',
    'prefix',
  ])
  expect(matchOf('mistral_ai', 'mistral-large-latest')).toContain('moving-alias')
  expect(matchOf('azure.ai.openai', 'grok-4')).toContain('other-list')
  expect(matchOf(undefined, 'openai/gpt-4o')).toEqual(['openai', 'gpt-4o', 'exact', 'provider-from-model'])
  expect(matchOf('litellm', 'anthropic/claude-opus-4-7')).toContain('provider-from-model')
  // A model of that name that somebody else runs is not theirs.
  expect(matchOf('ollama', 'gpt-oss:20b')).toBe('no-provider')
})

test('parts that have no price of their own are named', () => {
  const usage = { input: 2000, output: 500, audioInput: 1500 }
  expect(priceCall(pricer, call('openai', 'gpt-4o-audio-preview', usage))).toMatchObject({ asWhole: ['audioInput'] })
})

test('what a person says a model costs wins, from its day on', () => {
  const rule = (id: string, more: Partial<PriceRule>): PriceRule => ({
    id,
    match: { equals: 'gpt-4o' },
    prices: { input_mtok: 1, output_mtok: 2 },
    ...more,
  })
  const usage = { input: 1_000_000, output: 1_000_000 }
  const withRules = (...rules: PriceRule[]) => new Pricer({ ...bundled, rules }, trusted)
  const dated = withRules(
    rule('old', {}),
    rule('new', { valid_from: '2026-11-01', prices: { input_mtok: 5, output_mtok: 5 } }),
  )
  expect(costOf(call('openai', 'gpt-4o', usage, '2026-10-31'), dated)).toBe('3')
  expect(costOf(call('openai', 'gpt-4o', usage, '2026-11-01'), dated)).toBe('10')
  expect(costOf(call('openai', 'gpt-4o', usage, '2026-11-02', { tier: 'batch' }), dated)).toBe('10')
  const euros = withRules(rule('euro', { currency: 'EUR' }))
  expect(costOf(call('openai', 'gpt-4o', usage), euros)).toBe('other-currency')
  const later = withRules(rule('later', { match: { starts_with: 'own-' }, valid_from: '2027-01-01' }))
  expect(costOf(call('openai', 'own-1', usage), later)).toBe('not-yet')
  const free = withRules(rule('local', { provider: 'ollama', match: { contains: '' }, local: true, prices: {} }))
  expect(costOf(call('ollama', 'llama3', {}), free)).toBe('0')
  expect(costOf(call('openai', 'my-finetune-3', usage), free)).toBe('no-price')
})

test('a call without a date is priced as of the day of the list', () => {
  expect(costOf({ ...call('openai', 'o3', { input: 10_000, output: 1000 }), time: Number.NaN })).toBe('0.028')
})
