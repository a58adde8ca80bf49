import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complete, type ValueProvider } from '../../shared/query/complete.ts'
import { queryText } from './generate.ts'

const provider: ValueProvider = {
  values: async ({ id }, prefix) =>
    [
      { value: 'gpt-4o', count: 12 },
      { value: 'my model', count: 3 },
    ].filter(({ value }) => id === 'model' && value.startsWith(prefix)),
  names: async (id, prefix) =>
    [{ value: id === '@' ? 'http.status' : 'helpfulness', count: 5 }].filter(({ value }) => value.startsWith(prefix)),
}

/** `|` is the cursor; the text after the first offer was taken. */
async function offered(written: string): Promise<{ labels: string[]; taken: string }> {
  const cursor = written.indexOf('|')
  const text = written.replace('|', '')
  const { from, to, items } = await complete(text, cursor, provider)
  return {
    labels: items.map(item => item.label),
    taken: text.slice(0, from) + (items[0]?.insert ?? '') + text.slice(to),
  }
}

describe('offers', () => {
  test.each([
    ['dur|', 'duration:', 'duration:'],
    ['kind:tool mod|', 'model:', 'kind:tool model:'],
    ['(-tok|)', 'tokens:', '(-tokens:)'],
    ['lat|', 'duration:', 'duration:'],
    ['kind:to|', 'tool', 'kind:tool'],
    ['-is:orp|', 'orphan', '-is:orphan'],
    ['model:|', 'gpt-4o', 'model:gpt-4o'],
    ['model:my|', 'my model', 'model:"my model"'],
    ['model:[gpt-4o,my|]', 'my model', 'model:[gpt-4o,"my model"]'],
    ['score.h|', 'score.helpfulness:', 'score.helpfulness:'],
    ['@ht|', '@http.status:', '@http.status:'],
    ['cost:|', '>', 'cost:>'],
    ['started:tod|', 'today', 'started:today'],
    ['anc|', 'ancestor:(…)', 'ancestor:('],
    ['has:outp|', 'output', 'has:output'],
    ['du|ra is:error', 'duration:', 'duration: is:error'],
  ])('%s', async (written, first, taken) => {
    expect(await offered(written)).toMatchObject({ labels: expect.arrayContaining([first]), taken })
  })

  test('counts come with values', async () => {
    const { items } = await complete('model:', 6, provider)
    expect(items[0]).toEqual({ insert: 'gpt-4o', label: 'gpt-4o', count: 12 })
  })
})

test('whatever is typed, wherever the cursor is', async () => {
  await fc.assert(
    fc.asyncProperty(queryText, fc.nat(), async (text, n) => {
      const cursor = n % (text.length + 1)
      const { from, to } = await complete(text, cursor, provider)
      expect(from).toBeLessThanOrEqual(cursor)
      expect(to).toBeGreaterThanOrEqual(cursor)
    }),
    { numRuns: 500 },
  )
})
