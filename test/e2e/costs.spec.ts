// Which feature made Tuesday dear, and why: asked of the sample, whose services are the features of a shop.

import { expect, test } from './app.ts'
import { openSample } from './flow.ts'

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

  // Which: most of the money, and twice as many calls as on Monday would explain.
  const dearest = table.getByRole('row').nth(1)
  await expect(dearest).toContainText('order-support')
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
  await expect(versions.first()).toBeVisible()
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
