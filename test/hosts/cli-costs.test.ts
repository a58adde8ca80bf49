import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { acting, at, prepareStore, store } from './cli-store.ts'

prepareStore()

const rows = [
  { model_name: '=cmd|calc', prompt_version: 6, input_tokens: 10, output_tokens: 2, cost_usd: 0.1 },
  { model_name: '=cmd|calc', prompt_version: 7, input_tokens: 20, cost_usd: 0.2 },
  { model_name: 'tool \u001b]52;c;aGk=\u0007', prompt_version: 7, output_tokens: 5 },
  { name: 'no call at all' },
].map((row, i) => ({ trace_id: 't', span_id: `s${i}`, timestamp: `2026-11-0${i + 1}T12:00:00Z`, ...row }))

async function costs(...words: string[]) {
  const file = at('priced.spanwise')
  writeFileSync(at('priced.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  await spanwise(['import', at('priced.jsonl'), '--store', file])
  return spanwise(['costs', '--store', file, ...words])
}

test('--json: rows, their total, exact sums, null for what nobody knows', async () => {
  const { code, stdout } = await costs('--by', 'model,prompt.version', '--per', 'day', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    by: ['model', 'prompt.version', 'day'],
    rows: [
      {
        key: ['=cmd|calc', '6', '2026-11-01'],
        calls: 1,
        inputTokens: 10,
        outputTokens: 2,
        cacheReadTokens: null,
        recorded: '0.1',
        computed: null,
        unpricedCalls: 0,
      },
      expect.objectContaining({ key: ['=cmd|calc', '7', '2026-11-02'], outputTokens: null, recorded: '0.2' }),
      expect.objectContaining({ calls: 1, inputTokens: null, outputTokens: 5, recorded: null, unpricedCalls: 1 }),
    ],
    total: {
      calls: 3,
      inputTokens: 30,
      outputTokens: 7,
      cacheReadTokens: null,
      recorded: '0.3',
      computed: null,
      unpricedCalls: 1,
    },
  })
  expect(stdout).not.toMatch(acting)
})

test('what is no name is written in the units of the query language', async () => {
  const { stdout } = await costs('--by', 'cost,started', '--json')
  const { rows } = JSON.parse(stdout) as { rows: { key: unknown[] }[] }
  expect(rows.map(({ key }) => key)).toEqual([
    ['0.2', '2026-11-02T12:00:00.000Z'],
    ['0.1', '2026-11-01T12:00:00.000Z'],
    [null, '2026-11-03T12:00:00.000Z'],
  ])
})

test('--csv: a name that a spreadsheet would run begins with an apostrophe; unknown is empty', async () => {
  const { code, stdout } = await costs('--by', 'model', '--csv', '-q', 'prompt.version:6')
  expect([code, stdout]).toEqual([
    0,
    '"model","calls","input_tokens","output_tokens","cache_read_tokens","recorded_usd","computed_usd","unpriced_calls"\r\n' +
      `"'=cmd|calc",1,10,2,,0.1,,0\r\n`,
  ])
})

test('the table is safe for a terminal and ends with the total; mistakes are one line', async () => {
  const { stdout } = await costs()
  expect(stdout).toMatch(/^MODEL +CALLS/)
  expect(stdout).toMatch(/\ntotal +3 +30 /)
  expect(stdout).not.toMatch(acting)
  expect((await spanwise(['costs', '--store', store, '-q', 'model:none'])).stdout).toBe('No call matches.\n')
  for (const [words, why] of [
    [['--per', 'year'], '--per takes hour, day, week, month.'],
    [['--by', 'model,model'], '--by takes each field once.'],
    [['--by', 'modle'], 'There is no column modle.'],
    [['--json', '--csv'], 'costs prints --json or --csv, not both.'],
  ] as const) {
    const { code, stderr } = await spanwise(['costs', '--store', store, ...words])
    expect([code, stderr]).toEqual([1, `spanwise: ${why}\n`])
  }
})

test('what a dump says wrong of tokens and costs is priced as nothing, and counted with its reason', async () => {
  const call = { model_name: 'gpt-4o', model_provider: 'openai', input_tokens: 1000, output_tokens: 100 }
  const bad = [
    call,
    { ...call, input_tokens: -5 },
    { ...call, input_tokens: 1.5, cost_usd: 0.25 },
    { ...call, cached_tokens: 2000 },
    { ...call, cost: 0.5, currency: 'EUR' },
    { ...call, cost_usd: -0.5 },
    { ...call, cost_usd: 1e308 },
    { ...call, model_name: 'no-such-model' },
  ].map((row, i) => ({ trace_id: `t${i}`, span_id: `s${i}`, timestamp: '2026-11-01T12:00:00Z', ...row }))
  writeFileSync(at('bad.jsonl'), bad.map(row => `${JSON.stringify(row)}\n`).join(''))
  const words = ['--store', at('bad.spanwise')]
  await spanwise(['import', at('bad.jsonl'), ...words])
  const { stdout } = await spanwise(['costs', ...words])
  expect(stdout).toContain(
    'Without a cost: 2 calls (its token counts contradict themselves), 1 call (no price for this model; add a rule).',
  )
  expect(stdout).toMatch(/3 calls with token counts .* \(is:doubtful-usage\)/)
  expect(stdout).toMatch(/2 calls with a recorded cost that is no amount .* \(is:doubtful-cost\)/)
  expect(stdout).toMatch(/1 call with a recorded cost that is not in dollars: .* \(is:other-currency\)/)
  const { total } = JSON.parse((await spanwise(['costs', '--json', ...words])).stdout) as { total: object }
  // Four calls of $0.0035: the plain one, and those whose recorded cost is none.
  expect(total).toMatchObject({ calls: 8, recorded: '0.25', computed: '0.014', unpricedCalls: 3 })
})
