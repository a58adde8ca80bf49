import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPriceFile, readRules } from '../../electron/prices/read-book.ts'
import { spanwise } from '../helpers/product.ts'
import { at, prepareStore } from './cli-store.ts'

prepareStore()

const rows = [
  { model_name: 'gpt-4o', provider: 'openai', input_tokens: 1_000_000, output_tokens: 0 },
  { model_name: 'my-own', provider: 'openai', input_tokens: 10, output_tokens: 2 },
  { model_name: 'text-embedding-3-small', provider: 'openai', span_kind: 'embedding', input_tokens: 5, cost_usd: 1 },
].map((row, i) => ({ trace_id: 't', span_id: `s${i}`, timestamp: `2026-11-0${i + 1}T12:00:00Z`, ...row }))

test('prices says what each model is priced as; reprice changes nothing by the prices that are used already', async () => {
  const file = at('prices.spanwise')
  writeFileSync(at('prices.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  await spanwise(['import', at('prices.jsonl'), '--store', file])
  const { code, stdout } = await spanwise(['prices', '--store', file, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    differs: false,
    canUndo: false,
    wrong: [],
    models: [
      { provider: 'openai', model: 'my-own', calls: 1, aside: 0, unpriced: 1, why: 'no-price' },
      { provider: 'openai', model: 'gpt-4o', calls: 1, unpriced: 0, computed: '2.5', price: 'openai/gpt-4o' },
      { model: 'text-embedding-3-small', calls: 1, aside: 1 },
    ],
  })
  expect((await spanwise(['prices', '--store', file])).stdout).toMatch(/Own rules: .*prices\.json \(none yet/)
  expect(JSON.parse(stdout).models[0]).not.toHaveProperty('computed')
  expect((await spanwise(['prices', '--store', file])).stdout).toContain('1 no call of cost tables')
  expect((await spanwise(['prices', '--store', file])).stdout).toMatch(/my-own +1 +1 +— +- /)
  const dry = await spanwise(['reprice', '--dry-run', '--store', file, '--json'])
  expect(JSON.parse(dry.stdout)).toMatchObject({
    dryRun: true,
    calls: 3,
    changed: 0,
    before: '2.5000001',
    after: '2.5000001',
  })
  expect((await spanwise(['reprice', '--undo', '--store', file])).stdout).toContain('no prices before')
})

test.each([
  ['{', 'no JSON'],
  ['[]', 'As a whole: expected object, received array.'],
  ['{"rules":[{"id":"a","match":{"equals":"m"},"prices":{"input_mtok":-1}}]}', 'prices'],
  ['{"rules":[{"id":"a","match":{"equals":"m"},"prices":{"input_mtok":"1.5"}}]}', 'such as 1.5, without quotes'],
  ['{"rules":[{"id":"a","match":{},"prices":{"input_mtok":1}}]}', 'rules.0.match: wants one of equals,'],
  ['{"rules":[{"id":"a","match":{"equals":"m"}}]}', 'there is none'],
  ['{"rules":[{"id":"a","match":{"equals":"m"},"prices":{"cache_read_mtok":1}}]}', 'cannot be summed'],
  ['{"rules":[{"id":"a","match":{"equals":"m"},"prices":{"input_mtok":1},"valid_from":"2026-02-30"}]}', 'valid_from'],
  ['{"rules":[{"id":"a","match":{"equals":"m"},"prices":{"input_mtok":1},"currency":"€"}]}', 'currency'],
  [
    '{"rules":[{"id":"a","match":{"or":[{"regex":"(?=x)"}]},"prices":{"input_mtok":1}}]}',
    'regex of "a" matches nothing',
  ],
])('rules that are none are refused with a sentence: %s', (text, why) => {
  const found = readRules(text)
  expect('wrong' in found && found.wrong).toContain(why)
})

test('a local model needs no prices', () => {
  const local = { id: 'a', match: { equals: 'm' }, local: true }
  expect(readRules(JSON.stringify({ rules: [local] }))).toEqual({ rules: [{ ...local, prices: {} }] })
})

test('a published list is read as it is, and a price under the name __proto__ changes nothing', () => {
  const provider = { id: 'p', name: 'P', models: [{ id: 'm', match: { equals: 'm' }, prices: { input_mtok: 1 } }] }
  expect(readPriceFile(JSON.stringify([provider]), { source: 'imported', date: '2026-12-01' })).toMatchObject({
    book: { date: '2026-12-01', providers: [{ id: 'p' }] },
  })
  readRules('{"rules":[{"id":"a","match":{"equals":"m"},"prices":{"__proto__":{"polluted":1}}}]}')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})
