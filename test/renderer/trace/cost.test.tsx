// Both ledgers of a call, and what the computed one is made of.

import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { SpanCost } from '../../../shared/contract/prices.ts'
import { fakeClient } from '../fake-client.ts'
import { freshWindows, openWindow } from '../render.tsx'
import { treeOf } from './forest.ts'

freshWindows()

const list = { source: 'a list', version: '0.1.8', date: '2026-09-23', rules: 0 }
const known: SpanCost = {
  list,
  cost: {
    dollars: '0.0125',
    provider: 'openai',
    model: 'gpt-4o',
    kind: 'prefix',
    hints: ['longer-name'],
    factors: [{ says: 'tier', value: 'batch', factor: '0.5', source: 'https://example.org/prices' }],
    asWhole: [],
    lines: [
      { unit: 'input_tokens', count: 2000, price: '2.5', per: 1e6, factor: '0.5', amount: '0.0025' },
      { unit: 'cache_read_tokens', count: 16_000, price: '1.25', per: 1e6, factor: '0.5', amount: '0.01' },
    ],
  },
}

async function usageOf(found: SpanCost) {
  const tree = treeOf([{ name: 'ask', kind: 'generation', counted: 1, offset: 0, duration: 10 }])
  const client = fakeClient({
    'traces.tree': () => tree,
    'spans.read': () => ({
      id: 's',
      kind: 'generation',
      name: 'ask',
      status: 'ok',
      usage: { input: 18_000, output: 0, cacheRead: 16_000 },
      recordedCost: '0.02',
      attributes: {},
    }),
    'spans.cost': () => ({ cost: found }),
  })
  await openWindow(client, `/trace/${tree.trace.traceId}?tab=usage`)
  const computed = await screen.findByText('computed cost', {}, { timeout: 10_000 })
  const usage = computed.closest('[role="tabpanel"]')!
  const pairs = [...usage.querySelectorAll('dt')].map(
    term => `${term.textContent}: ${term.nextElementSibling?.textContent}`,
  )
  return { usage, pairs }
}

test('recorded and computed stand side by side, their difference and each line of the sum below', async () => {
  const { usage, pairs } = await usageOf(known)
  expect(pairs).toContain('recorded cost: $0.02')
  expect(pairs).toContain('computed cost: $0.0125openai/gpt-4o')
  expect(pairs).toContain('read from cache: 0.0116,000 × $1.25 a million × 0.5')
  expect(pairs).toContain('computed less recorded: −$0.0075often because of: read from cache, batch')
  expect(usage.querySelector('[title*="2000 × 2.5 × 0.5 / 1000000 = 0.0025"]')).not.toBeNull()
  expect(usage.textContent).toContain('× 0.5 for tier “batch”: a rule of Spanwise, after https://example.org/prices.')
  expect(usage.textContent).toContain('Look twice: priced by the beginning of its name')
  expect(usage.textContent).toContain('Prices of a list 0.1.8, 2026-09-23.')
})

test('an unknown cost is a dash with its reason', async () => {
  const { pairs } = await usageOf({ list, unknown: 'no-price' })
  expect(pairs).toContain('computed cost: —no price for this model; add a rule')
  expect(pairs).toContain('recorded cost: $0.02')
})
