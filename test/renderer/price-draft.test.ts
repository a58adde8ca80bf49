import { expect, test } from 'vitest'
import { draftOf, newDraft, readDraft, type RuleDraft } from '../../renderer/components/price-rule/draft.ts'
import type { PriceRule } from '../../shared/money/book.ts'
import { matchName } from '../../shared/money/match.ts'
import { printMatchText, readMatchText } from '../../shared/money/match-text.ts'

const draft = (over: Partial<RuleDraft>): RuleDraft => ({
  ...newDraft('my-model'),
  prices: { input_mtok: '1' },
  ...over,
})
const said = (over: Partial<RuleDraft>) => {
  const read = readDraft(draft(over), [])
  return 'wrong' in read ? read.wrong : read.rule
}

test.each([
  ['gpt-4o', { equals: 'gpt-4o' }, ['GPT-4o'], ['gpt-4o-mini']],
  ['gpt-4o*', { starts_with: 'gpt-4o' }, ['gpt-4o-mini'], ['a gpt-4o']],
  ['*-mini', { ends_with: '-mini' }, ['gpt-mini'], ['mini-gpt']],
  ['*haiku*', { contains: 'haiku' }, ['claude-haiku-4'], ['claude']],
  ['ft:*:acme', { and: [{ starts_with: 'ft:' }, { ends_with: ':acme' }] }, ['ft:gpt:acme'], ['ft:gpt:other']],
  ['*', { starts_with: '' }, ['anything'], []],
])('%s means models by their names, and is written so again', (text, match, those, others) => {
  expect(readMatchText(text)).toEqual(match)
  expect(printMatchText(readMatchText(text)!)).toBe(text)
  const holds = (name: string) => matchName(readMatchText(text)!, name, () => false) !== undefined
  expect([those.every(holds), others.some(holds)]).toEqual([true, false])
})

test('what stars cannot say is not written with stars', () => {
  expect(printMatchText({ regex: '^a' })).toBeUndefined()
  expect(printMatchText({ or: [{ equals: 'a' }] })).toBeUndefined()
  expect(printMatchText({ equals: 'a*b' })).toBeUndefined()
  expect(readMatchText('  ')).toBeUndefined()
})

test('a rule comes back as it was, with what the form does not ask for', () => {
  const rule: PriceRule = {
    id: 'mine',
    provider: 'openai',
    match: { starts_with: 'gpt' },
    prices: {
      input_mtok: { base: 2.5, tiers: [{ start: 200_000, price: 5 }] },
      output_mtok: 0.1,
      web_searches_kcount: 10,
    },
    valid_from: '2026-11-01',
    note: 'as agreed',
  }
  expect(readDraft(draftOf(rule), ['mine'])).toEqual({ rule })
  const odd: PriceRule = { id: 'odd', match: { regex: '^a' }, prices: { input_mtok: 1 } }
  expect(readDraft(draftOf(odd), [])).toEqual({ rule: odd })
  const free: PriceRule = { id: 'free', match: { equals: 'llama' }, prices: {}, local: true }
  expect(readDraft(draftOf(free), [])).toEqual({ rule: free })
})

test.each([
  [{ model: ' ' }, 'Say which model'],
  [{ prices: {} }, 'Give a price; 0 is one.'],
  [{ prices: { input_mtok: 'cheap' } }, '"cheap" is no price'],
  [{ prices: { input_mtok: '-1' } }, '"-1" is no price'],
  [{ prices: { input_mtok: '1e3' } }, '"1e3" is no price'],
  [{ prices: { input_mtok: '0.1234567890123456789' } }, 'more digits than can be kept exactly'],
  [{ prices: { input_mtok: '9999999999' } }, 'more than a price may be'],
  [{ prices: { cache_read_mtok: '1' } }, 'A price of read from cache needs one of input beside it.'],
  [{ prices: { input_mtok: '1', cache_read_mtok: '1', input_audio_mtok: '9' } }, 'audio read from cache'],
  [{ from: '2026-02-30' }, '2026-11-01'],
  [{ currency: '€' }, 'three letters'],
  [{ tiers: [{ start: 'many', prices: {} }] }, 'whole number of tokens'],
  [{ tiers: [1, 1].map(() => ({ start: '5', prices: { input_mtok: '1' } })) }, 'Two columns'],
  [{ tiers: [{ start: '5', prices: { output_mtok: '1' } }] }, 'a short one none'],
] as const)('%j is refused with words', (over, words) => {
  expect(said(over)).toContain(words)
})

test('prices are kept to the digit, zero too; a name that is taken gets a number', () => {
  expect(said({ prices: { input_mtok: '0', output_mtok: '00.150', cache_read_mtok: '$.075' } })).toMatchObject({
    prices: { input_mtok: 0, output_mtok: 0.15, cache_read_mtok: 0.075 },
  })
  expect(said({ tiers: [{ start: '200,000', prices: { input_mtok: '2' } }] })).toMatchObject({
    prices: { input_mtok: { base: 1, tiers: [{ start: 200_000, price: 2 }] } },
  })
  expect(readDraft(draft({}), ['my-model'])).toMatchObject({ rule: { id: 'my-model 2' } })
  expect(said({ local: true, prices: {} })).toMatchObject({ local: true, prices: {} })
  expect(said({ currency: 'eur' })).toMatchObject({ currency: 'EUR' })
})
