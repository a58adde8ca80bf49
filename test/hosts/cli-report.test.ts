import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { at, prepareStore, store } from './cli-store.ts'

prepareStore()

const report = (...words: string[]) => spanwise(['report', 'costs', '--store', store, ...words])

test('a month as a page and as a table', async () => {
  const [page, rows] = [at('month.html'), at('month.csv')]
  const { code, stdout } = await report('--month', '2026-05', '--zone', 'UTC', '--out', page)
  expect([code, stdout]).toEqual([0, expect.stringContaining('month.html: May 2026: 1 call, —; ')])
  const text = readFileSync(page, 'utf8')
  expect(text).toMatch(/^<!doctype html>/)
  expect(text).toContain('No team is logged in 100% of calls.')
  await report('--month', '2026-05', '--zone', 'UTC', '--out', rows)
  expect(readFileSync(rows, 'utf8')).toMatch(/^"month","section","name".*\r\n"2026-05","total",,,1,1,12,,3,/)
  expect((await report('--month', '2026-05', '--out', '-')).stdout).toMatch(/^<!doctype html>/)
})

test('mistakes are one line, and no file', async () => {
  for (const [words, why] of [
    [['--month', '2026-13'], '--month takes a year and a month, as 2026-11.'],
    [['--zone', 'Nowhere/Land'], 'There is no time zone Nowhere/Land.'],
    [['--out', at('report.pdf')], '--out takes a name that ends in .html or .csv.'],
    [['--out', at('none/month.html')], expect.stringMatching(/month\.html cannot be written \(ENOENT\)\.$/)],
  ] as const) {
    const { code, stderr } = await report(...words)
    expect([code, stderr.trim().replace('spanwise: ', '')]).toEqual([1, why])
  }
  expect(existsSync(at('report.pdf'))).toBe(false)
  const { stderr } = await spanwise(['report', 'money', '--store', store])
  expect(stderr).toBe('spanwise: report takes the word costs; try spanwise report --help\n')
})
