import { expect, test } from 'vitest'
import { ratesIn } from '../../electron/replay/rate-headers.ts'
import { Rates } from '../../electron/replay/rates.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const openai = (more: object) => ({
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': '2',
  'x-ratelimit-reset-requests': '58s',
  ...more,
})

test.each([
  [openai({}), { of: 'requests', remaining: 2, limit: 60, full: now + 58_000 }],
  [
    { 'x-ratelimit-remaining-tokens': '149984', 'x-ratelimit-reset-tokens': '6m0.5s' },
    { of: 'tokens', remaining: 149_984, full: now + 360_500 },
  ],
  [
    {
      'anthropic-ratelimit-input-tokens-limit': '50000',
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-22T12:00:30Z',
    },
    { of: 'input-tokens', remaining: 0, limit: 50_000, full: now + 30_000 },
  ],
  [
    { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 9000) },
    { of: '', remaining: 0, limit: 20, full: now + 9000 },
  ],
])('a provider says what is left: %j', (headers, rate) => {
  expect(ratesIn(headers as unknown as Record<string, string>, now)).toEqual([rate])
})

test('what nobody can read is no limit', () => {
  const headers = {
    'x-ratelimit-remaining-requests': '',
    'x-ratelimit-reset-requests': 'soon',
    'x-ratelimit-limit': '3',
  }
  expect(ratesIn(headers, now)).toEqual([])
})

const answer = { headers: openai({}), httpStatus: 200 }

test('so many go as are left, the next when there is one more, and all when it is full again', () => {
  const rates = new Rates()
  expect(rates.take('a', now)).toBeUndefined()
  rates.heard('a', answer, now)
  expect(rates.take('a', now)).toBeUndefined()
  expect(rates.take('a', now)).toBeUndefined()
  // 58 that are lacking come back in 58 seconds.
  expect(rates.take('a', now)).toBe(now + 1000)
  expect(rates.take('another', now)).toBeUndefined()
  expect(rates.take('a', now + 1000)).toBeUndefined()
  expect(rates.take('a', now + 1000)).toBe(now + 2000)
  expect(rates.take('a', now + 58_000)).toBeUndefined()
})

test('told to come back later, nobody comes back before', () => {
  const rates = new Rates()
  rates.heard('a', { headers: {}, httpStatus: 429, retryAfter: 2000 }, now)
  expect(rates.take('a', now + 1999)).toBe(now + 2000)
  expect(rates.take('a', now + 2000)).toBeUndefined()
  // Too much to do is no limit of ours.
  rates.heard('b', { headers: {}, httpStatus: 503, retryAfter: 2000 }, now)
  expect(rates.take('b', now)).toBeUndefined()
})

test('of tokens only none at all keeps a request waiting', () => {
  const rates = new Rates()
  const tokens = (remaining: string) => ({
    'x-ratelimit-limit-tokens': '1000',
    'x-ratelimit-remaining-tokens': remaining,
    'x-ratelimit-reset-tokens': '10s',
  })
  rates.heard('a', { headers: tokens('1'), httpStatus: 200 }, now)
  expect(rates.take('a', now)).toBeUndefined()
  rates.heard('a', { headers: tokens('0'), httpStatus: 200 }, now)
  expect(rates.take('a', now)).toBe(now + 10)
})
