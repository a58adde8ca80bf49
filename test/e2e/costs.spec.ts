// Which feature made Tuesday dear, and why: asked of the sample, whose services are the features of a shop.

import type { Locator } from '@playwright/test'
import { expect, test } from './app.ts'
import { openSample } from './flow.ts'

test.use({ holds: 'sample' })

test('which feature made Tuesday dear, and why', async ({ app: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Costs' }).click()
  const table = page.getByRole('treegrid', { name: 'Costs' })
  await expect(table.getByRole('row', { name: /gpt-4\.1-mini-2025-04-14/ })).toBeVisible()

  // Tuesday beside Monday, by the service that made the call.
  await page.getByRole('combobox').fill('started:2026-11-10')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'then by' }).click()
  await page.getByRole('menuitem', { name: 'Service' }).click()
  await page.getByRole('button', { name: 'Do not split by Model' }).click()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'The period before' }).click()

  // Which: nearly all of the money, and of what the day cost more than the one before.
  const costOf = (row: Locator) => row.getByRole('gridcell').nth(4)
  const dearest = table.getByRole('row').nth(1)
  await expect(dearest).toContainText('order-support')
  await expect(costOf(dearest)).toHaveText('$0.007096%+72%')
  await expect(dearest.getByRole('gridcell').nth(0)).toHaveText('18+64%')
  await expect(table.getByRole('row', { name: /Total/ }).getByRole('gridcell').nth(0)).toHaveText('25+79%')

  // Why: one level down, by the keyboard.
  await page.getByRole('button', { name: 'then by' }).click()
  await page.getByRole('menuitem', { name: 'Prompt version' }).click()
  await expect(dearest).toHaveAttribute('aria-expanded', 'false')
  await table.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(dearest).toHaveAttribute('aria-expanded', 'true')
  const versions = table.getByRole('row', { level: 2 })
  // Version 6 cost what it cost on Monday and little more; 7 is new, and most of the difference.
  await expect(versions.first().getByRole('rowheader')).toHaveText('6')
  await expect(costOf(versions.nth(0))).toHaveText('$0.004664%+15%')
  await expect(versions.nth(1).getByRole('rowheader')).toHaveText('7')
  await expect(costOf(versions.nth(1))).toHaveText('$0.002332%new')
  await page.keyboard.press('ArrowDown')
  const version = await versions.first().getByRole('rowheader').textContent()
  const calls = await versions.first().getByRole('gridcell').nth(0).textContent()
  await page.keyboard.press('Enter')

  // The calls behind the cell, as a query anyone can read and change.
  await expect(page.getByRole('combobox')).toHaveValue(
    `started:2026-11-10 service:order-support prompt.version:${version}`,
  )
  await expect(page.getByRole('grid', { name: 'Calls' })).toHaveAttribute(
    'aria-rowcount',
    String(Number(calls?.replace(/[+−±].*/, '')) + 1),
  )

  // Back leads to the same table: what is asked stands in the address.
  await page.goBack()
  await expect(dearest).toContainText('order-support')
  await expect(page.getByRole('list', { name: 'About this table' })).toContainText('Compared with')
})

test('a price for a model that has none: looked at, used, and taken back', async ({ app: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Costs' }).click()
  const table = page.getByRole('treegrid', { name: 'Costs' })
  const refunds = table.getByRole('row', { name: /northwind-refund-7b/ })
  const total = table.getByRole('row', { name: /Total/ })
  await expect(refunds).toContainText('add price')
  const before = await total.textContent()

  // No price ends the want of a count: it is said before one is looked up.
  const counts = table.getByRole('row', { name: /^gpt-4\.1-mini no |^gpt-4\.1-mini 4/ })
  await counts.getByRole('button', { name: 'add price' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a price' })).toContainText('No price changes that.')
  await page.keyboard.press('Escape')

  await refunds.getByRole('button', { name: 'add price' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a price' })
  await expect(dialog.getByLabel('Model; * stands for anything')).toHaveValue('northwind-refund-7b')
  await dialog.getByLabel('Input', { exact: true }).fill('0.25')
  await dialog.getByLabel('Output', { exact: true }).fill('cheap')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('"cheap" is no price such as 2.50')
  await dialog.getByLabel('Output', { exact: true }).fill('1.50')
  await page.keyboard.press('Enter')
  // Said to the digit, before anything changes.
  await expect(dialog.getByRole('status')).toContainText('northwind-refund-7b: 34 calls, — → $0.0045535')
  await dialog.getByRole('button', { name: 'Save and use it' }).click()
  await expect(dialog).toBeHidden()
  await expect(refunds).not.toContainText('add price')
  await expect(total).not.toHaveText(before!)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(refunds).toContainText('add price')
  await expect(total).toHaveText(before!)
})

test('a total opens the calls it counts', async ({ app: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Costs' }).click()
  const total = page.getByRole('treegrid', { name: 'Costs' }).getByRole('row', { name: /Total/ })
  await total.getByRole('button', { name: '38', exact: true }).click()
  await expect(page.getByRole('combobox')).toHaveValue('is:unpriced')
  await expect(page.getByRole('grid', { name: 'Calls' })).toHaveAttribute('aria-rowcount', '39')
})

test('columns and how cells show their size are chosen, and are there after a reload', async ({ app: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Costs' }).click()
  const heads = page.getByRole('treegrid', { name: 'Costs' }).getByRole('columnheader')
  await page.getByRole('button', { name: 'Bars' }).click()
  await page.getByRole('menuitemradio', { name: 'Heat' }).click()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Keep Cost on the left' }).click()
  await page.getByRole('button', { name: 'Traces', exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(heads.nth(1)).toContainText('Cost')
  await expect(heads.last()).toHaveText('Traces')
  await page.reload()
  await expect(heads.nth(1)).toContainText('Cost')
  await expect(heads.last()).toHaveText('Traces')
  await expect(page.getByRole('button', { name: 'Heat' })).toBeVisible()
})
