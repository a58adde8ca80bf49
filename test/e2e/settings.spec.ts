import { readFileSync } from 'node:fs'
import { expect, test } from './app.ts'
import { openSample, statusOf, traceList } from './flow.ts'

test.use({ holds: 'sample' })

test('settings outlive the page and the host, outside of any store', async ({ app }) => {
  const { page, folder } = app
  await openSample(page)
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('radio', { name: 'Compact' }).check()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(() => readFileSync(folder.file('spanwise/settings.json'), 'utf8')).toContain('"compact"')
  await app.whileClosed(() => {})
  await expect(traceList(page)).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const row = traceList(page).getByRole('row').nth(1)
  expect(await row.evaluate(element => element.getBoundingClientRect().height)).toBe(22)
})

test('another store is made, opened, and left again, with nothing of the last one in sight', async ({ app }) => {
  const { page } = app
  app.allow(/ERR_|Failed to load resource/)
  await openSample(page)
  const full = await statusOf(page)
  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('textbox', { name: 'Name of a new store' }).fill('june')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Drop a trace dump here' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'june.spanwise' })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+,')
  await page.getByRole('textbox', { name: 'Path of another store' }).fill('/etc/hostname')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('this one stays')

  await page.getByRole('link', { name: 'Spanwise, start' }).click()
  await page.getByRole('list', { name: 'Stores that were open lately' }).getByRole('button').first().click()
  await expect(traceList(page)).toBeVisible()
  expect(await statusOf(page)).toBe(full)
})
