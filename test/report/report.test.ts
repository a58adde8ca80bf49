import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openStore as makeStore } from '../../electron/store/open.ts'
import { gatherReport, type ReportWish } from '../../shared/report/gather.ts'
import type { MonthReport } from '../../shared/report/month-report.ts'
import { isMonth, monthAt, monthBefore, namesOfDays } from '../../shared/report/month.ts'
import { printCsv } from '../../shared/report/print-csv.ts'
import { printHtml } from '../../shared/report/print-html.ts'
import { importHere } from '../helpers/import-here.ts'
import { openStore } from '../helpers/open-store.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

type Row = Readonly<Record<string, unknown>>

const call = (n: number, timestamp: string, more: Row = {}): Row => ({
  trace_id: `t${n}`,
  span_id: `s${n}`,
  timestamp,
  model_name: 'gpt-4o',
  model_provider: 'openai',
  input_tokens: 1000,
  output_tokens: 100,
  latency_ms: 100 * n,
  ...more,
})

interface Made {
  readonly report: MonthReport
  readonly html: string
  readonly csv: string
}

async function reportOf(rows: readonly Row[], wish: Partial<ReportWish> = {}): Promise<Made> {
  using folder = temporaryFolder()
  const [file, path] = [folder.file('calls.jsonl'), folder.file('report.spanwise')]
  writeFileSync(file, rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  makeStore(path, { create: true }).close()
  await importHere(path, file)
  await using store = openStore(path)
  await store.ask('success.save', { success: { name: 'quick', query: 'duration:<150ms' } })
  const steps: number[] = []
  const now = Date.UTC(2026, 10, 22)
  const wished = { month: '2026-11', zone: 'UTC', now, withPrompts: false, ...wish }
  const report = await gatherReport(store.ask, wished, (done, all) => steps.push(done / all))
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  expect(steps.at(-1)).toBe(1)
  return { report, html: printHtml(report), csv: printCsv(report) }
}

describe('months', () => {
  test('are written as a year and a month, and follow one another', () => {
    expect(['2026-11', '2026-1', '2026-13', '0000-01', '2026-11-01'].map(isMonth)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
    expect(['2026-01', '2026-12'].map(monthBefore)).toEqual(['2025-12', '2026-11'])
    expect(namesOfDays('2024-02')).toHaveLength(29)
    expect(monthAt(Date.UTC(2026, 10, 1, 3), 'America/New_York')).toBe('2026-10')
  })

  test('begin and end by the clock of the zone, across its changes', async () => {
    // Berlin is two hours ahead until 25 October, one hour after; New York four hours behind until 1 November, then five.
    const rows = [
      call(1, '2026-09-30T21:59:59Z'),
      call(2, '2026-09-30T22:00:00Z'),
      call(3, '2026-10-31T22:59:59Z'),
      call(4, '2026-10-31T23:00:00Z'),
      call(5, '2026-11-01T03:59:59Z'),
      call(6, '2026-11-01T04:00:00Z'),
      call(7, '2026-12-01T04:59:59Z'),
      call(8, '2026-12-01T05:00:00Z'),
    ]
    const berlin = (await reportOf(rows, { month: '2026-10', zone: 'Europe/Berlin' })).report
    expect([berlin.total.now.calls, berlin.total.before.calls]).toEqual([2, 1])
    expect(berlin.days.filter(day => day.calls > 0).map(({ day, calls }) => [day, calls])).toEqual([
      ['2026-10-01', 1],
      ['2026-10-31', 1],
    ])
    const york = (await reportOf(rows, { month: '2026-11', zone: 'America/New_York' })).report
    expect([york.total.now.calls, york.total.before.calls]).toEqual([2, 3])
    expect(york.days).toHaveLength(30)
  })
})

describe('a report', () => {
  test('says costs, changes, successes, unpriced calls and what is not said', async () => {
    const { report, html } = await reportOf([
      call(1, '2026-10-10T00:00:00Z', { cost_usd: 0.5, feature: 'chat' }),
      call(2, '2026-11-10T00:00:00Z', {
        cost_usd: 1,
        feature: 'chat',
        team: 'blue',
        prompt_name: 'p',
        prompt_version: 2,
      }),
      call(1, '2026-11-11T00:00:00Z', { trace_id: 'u', feature: 'search' }),
      call(4, '2026-11-12T00:00:00Z', { model_name: 'home-made', eval_scores: { good: 0.5 } }),
      { ...call(5, ''), timestamp: undefined },
    ])
    const { total } = report
    expect([total.now.calls, total.now.cost, total.now.unpriced, report.filled]).toEqual([3, 1_003_500_000, 1, 1])
    expect([total.before.calls, total.before.cost, total.recorded, total.computed]).toEqual([1, 5e8, '1', '0.007'])
    expect(report.sections.map(({ id, by }) => [id, by])).toEqual([
      ['team', ['team']],
      ['feature', ['feature']],
      ['model', ['provider', 'model']],
      ['prompt', ['prompt', 'prompt.version']],
    ])
    const [chat] = report.sections[1]!.rows
    expect([chat!.key, chat!.now.cost, chat!.before.cost]).toEqual([['chat'], 1e9, 5e8])
    expect(report.successes).toEqual([
      expect.objectContaining({ name: 'quick', successes: 1, costPerSuccess: 1_003_500_000, successesBefore: 1 }),
    ])
    expect(report.unpriced).toEqual([
      { provider: 'openai', model: 'home-made', calls: 1, why: 'no price for this model; add a rule' },
    ])
    expect([report.scoreNames, total.scores, total.scored]).toEqual([['good'], [0.5], [1]])
    expect(report.lacks).toEqual([
      'November 2026 is not over: as much of it as there is stands beside all of October 2026.',
      '1 call of the store says no time and stands in no month.',
      'No team is logged in 67% of calls (2 of 3).',
      'No feature is logged in 33% of calls (1 of 3).',
      'No prompt is logged in 67% of calls (2 of 3).',
      'No user is logged in 100% of calls.',
      'No session is logged in 100% of calls.',
      'No time to the first token is logged in 100% of calls.',
      'No score of one name covers more than 33% of the traces.',
    ])
    expect(html.replaceAll(/\s+/g, ' ')).toContain('1 call says what it costs: $1.')
    expect(html).toContain('+101% on the month before')
  })

  test('says why calls of the month have no price, each reason with its calls', async () => {
    const { report, html } = await reportOf([
      call(1, '2026-11-10T00:00:00Z', { output_tokens: -3 }),
      call(2, '2026-11-11T00:00:00Z', { output_tokens: undefined, input_tokens: undefined }),
      call(3, '2026-11-12T00:00:00Z', { output_tokens: undefined, input_tokens: undefined }),
      call(4, '2026-10-12T00:00:00Z', { output_tokens: 0.5 }),
    ])
    const [only, ...more] = report.unpriced
    expect([only?.calls, more]).toEqual([3, []])
    expect(only?.why).toMatch(/^\S.* \(2 calls\); \S.* \(1 call\)$/)
    expect(html).toContain(only?.why)
  })

  test('of a month without calls says so', async () => {
    const { report, html } = await reportOf([call(1, '2026-10-10T00:00:00Z')])
    expect(report.lacks.slice(1)).toEqual(['No call started in November 2026 by the clock of UTC.'])
    expect(html).toContain('No call started in November 2026')
  })

  test('counts what it leaves out', async () => {
    const rows = Array.from({ length: 30 }, (_, n) =>
      call(n, '2026-11-10T00:00:00Z', { feature: `f${n}`, cost_usd: 1 }),
    )
    const { html, csv } = await reportOf(rows)
    expect(html).toContain('and 5 more rows: $5.00 (17%), 5 calls')
    expect(csv.match(/"feature","f\d+"/g)).toHaveLength(30)
  })
})

describe('a page for others', () => {
  const evil = '<script>alert(1)</script>"\' onload=x \u202egnp'
  const rows = [
    call(1, '2026-11-10T00:00:00Z', {
      feature: evil,
      team: '=HYPERLINK("http://x")',
      model_name: '__proto__',
      prompt_name: evil,
      messages: [{ role: 'system', content: `the secret recipe ${evil}` }],
    }),
  ]

  test('runs nothing, fetches nothing, and escapes all that a trace says', async () => {
    const { html, csv } = await reportOf(rows)
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;`)
    expect(html).not.toMatch(/<script|<img|<link|<iframe|javascript:|https?:\/\/(?!x)|url\(/i)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x ⟦U+202E⟧gnp')
    expect(html).toContain('__proto__')
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
  })

  test('quotes no prompt unless somebody asks', async () => {
    const without = await reportOf(rows)
    expect(without.html + without.csv).not.toContain('secret recipe')
    const { html, csv } = await reportOf(rows, { withPrompts: true })
    expect(html).toMatch(/<pre>the secret recipe &lt;script&gt;/)
    expect(csv).not.toContain('secret recipe')
  })
})

test('whoever gave up is told, not answered', async () => {
  using folder = temporaryFolder()
  const path = folder.file('report.spanwise')
  makeStore(path, { create: true }).close()
  await using store = openStore(path)
  const abort = new AbortController()
  const wish = { month: '2026-11', zone: 'UTC', now: 0, withPrompts: false }
  const made = gatherReport(store.ask, wish, () => abort.abort(), abort.signal)
  await expect(made).rejects.toThrow('costs.table')
})

test('means are written without the noise of their sum; costs that are not used are counted', async () => {
  const { csv, report } = await reportOf([
    call(1, '2026-11-10T00:00:00Z', { eval_scores: { good: 0.1 }, cost_usd: -0.19 }),
    call(2, '2026-11-10T00:00:00Z', { eval_scores: { good: 0.2 }, cost: 1, currency: 'EUR' }),
    call(3, '2026-11-10T00:00:00Z', { eval_scores: { good: 0.3 } }),
  ])
  // (0.1 + 0.2 + 0.3) / 3 is 0.20000000000000004 in doubles.
  expect(report.total.scores[0]).not.toBe(0.2)
  expect(csv.split('\r\n')[1]).toMatch(/,0\.2,3$/)
  expect(report.lacks.filter(one => one.includes('is:'))).toHaveLength(2)
})
