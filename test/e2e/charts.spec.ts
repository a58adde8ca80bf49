// The costs of the sample as a chart, from a bar to the calls behind it, by keyboard, by pointer and as a picture; and where
// its time goes.

import { readFileSync } from 'node:fs'
import { expect, test } from './app.ts'
import { openSample } from './flow.ts'

test.use({ holds: 'sample' })

test('from a bar to the calls behind it, and the chart as a picture', async ({ app: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Costs' }).click()
  await page.getByRole('button', { name: 'Chart', exact: true }).click()
  const chart = page.getByRole('group', { name: 'Cost by model, per day' })
  await expect(chart.locator('canvas')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Parts of the chart' })).toContainText('gpt-4.1-mini-2025-04-14')
  await expect(page.getByRole('list', { name: 'About this chart' })).toContainText('38 calls of 207 say no cost')

  // Calls rather than money, by the keyboard: the sixth day, and what stands on the lowest part.
  await page.getByRole('button', { name: 'Cost', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Calls', exact: true }).click()
  const calls = page.getByRole('group', { name: 'Calls by model, per day' })
  await calls.focus()
  for (let day = 1; day <= 6; day++) await page.keyboard.press('ArrowRight')
  const told = page.getByRole('status').filter({ hasText: '2026-11-10, gpt-4.1-mini-2025-04-14: 19' })
  await expect(told).toHaveText('2026-11-10, gpt-4.1-mini-2025-04-14: 19, 76% of 25, 19 calls')
  await page.keyboard.press('Enter')
  const query = page.getByRole('combobox', { name: 'Query', exact: true })
  await expect(query).toHaveValue('model:gpt-4.1-mini-2025-04-14 started:2026-11-10')
  await expect(page.getByRole('grid', { name: 'Calls' })).toHaveAttribute('aria-rowcount', '20')

  // Back to the same chart, which is drawn anew as its numbers and its size come; a press on the last bar leads to its day.
  await page.goBack()
  const over = calls.locator('.u-over')
  await expect(async () => {
    const box = await over.boundingBox({ timeout: 1000 })
    await over.click({ position: { x: box!.width - 12, y: box!.height - 4 }, timeout: 1000 })
    await expect(query).toHaveValue('model:gpt-4.1-mini-2025-04-14 started:2026-11-18', { timeout: 2000 })
  }).toPass()
  await page.goBack()

  // The numbers, and the picture.
  await page.getByRole('button', { name: 'Show the numbers as a table' }).click()
  const row = page.getByRole('region', { name: 'Calls by model, per day' }).getByRole('row', { name: /2026-11-10/ })
  await expect(row.getByRole('cell').last()).toHaveText('25')
  await page.getByRole('button', { name: 'Picture' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save as PNG, on white' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('calls-by-model-per-day.png')
  expect(
    readFileSync(await download.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('where time goes: from an operation, a failure and a slow call to what is behind them', async ({
  app: { page },
}) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Costs' }).click()
  await page.getByRole('button', { name: 'Latency', exact: true }).click()
  const query = page.getByRole('combobox', { name: 'Query', exact: true })
  const operations = page.getByRole('region', { name: 'Operations' })
  const refunds = operations.getByRole('row', { name: /execute_tool issue_refund/ })
  await expect(refunds.getByRole('cell').nth(2)).toHaveText('14')
  await refunds.getByRole('button', { name: '6', exact: true }).click()
  await expect(query).toHaveValue('name:"execute_tool issue_refund" kind:tool -has:model is:error')
  await expect(page.getByRole('grid', { name: 'Spans' })).toHaveAttribute('aria-rowcount', '7')
  await page.goBack()

  await operations.getByRole('button', { name: 'Errors' }).click()
  await expect(operations.getByRole('columnheader', { name: 'Errors' })).toHaveAttribute('aria-sort', 'descending')
  await expect(operations.getByRole('row').nth(1)).toContainText('issue_refund')

  const failures = page.getByRole('region', { name: 'Failures' })
  await expect(failures).toContainText('10 spans failed')
  await failures.getByRole('row').nth(1).getByRole('button').click()
  await expect(query).toHaveValue(/is:error error:/)
  await expect(page.getByRole('grid', { name: 'Spans' }).getByRole('row').nth(1)).toBeVisible()
  await page.goBack()

  await page.getByRole('region', { name: 'Slowest calls' }).getByRole('row').nth(1).getByRole('button').click()
  await expect(page.getByRole('treegrid').getByRole('row', { selected: true })).toContainText('northwind-refund-7b')
})
