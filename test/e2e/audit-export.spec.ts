// What logs lack, what leaves the store, and what newer rules would change.

import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { fixture } from '../helpers/fixtures.ts'
import { expect, test } from './app.ts'
import { chooseFile, importPanel, importSheet, offerFile, openSample, traceList } from './flow.ts'

test.use({ holds: 'sample' })

test('the audit says what calls lack, of the store and of one import', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await chooseFile(page, fixture('flat/support-ticket.jsonl'))
  await importPanel(page).getByRole('button', { name: 'All imports' }).click()
  await page.keyboard.press('ControlOrMeta+8')
  const main = page.getByRole('main')
  const whole = main.getByRole('heading', { level: 1 })
  await expect(whole).toContainText(/^[\d,]+ calls in [\d,]+ traces$/)
  await expect(main.getByRole('region', { name: 'Whole traces' })).toBeVisible()
  await page.setViewportSize({ width: 620, height: 600 })
  expect((await page.getByRole('banner').first().boundingBox())!.width, 'the table scrolls, not the window').toBe(620)
  await page.keyboard.press('ControlOrMeta+7')
  await main.getByRole('button', { name: 'Audit' }).first().click()
  await expect(whole).toContainText('of import 2')
  await main.getByRole('button', { name: 'Audit the whole store' }).click()
  await expect(whole).not.toContainText('of import')
})

test('the whole store leaves as a bundle, and opened again it brings nothing new', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await traceList(page).focus()
  await page.keyboard.press('ControlOrMeta+Shift+e')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await expect(dialog.getByRole('radio', { name: /Spanwise bundle/ })).toBeChecked()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const saved = await download
  await expect(dialog).toBeHidden()
  await expect(traceList(page)).toBeFocused()
  expect(saved.suggestedFilename()).toBe('store.spanwise.jsonl')
  const file = app.folder.file('out.jsonl')
  await saved.saveAs(file)
  expect(readFileSync(file, 'utf8').length).toBeGreaterThan(10_000)

  await offerFile(page, file)
  await expect(importSheet(page)).toContainText('the store has all of it already')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(importPanel(page)).toContainText('Nothing new')
})

test('a dialog opened over a view without controls leaves the focus in the view', async ({ app }) => {
  const { page } = app
  await openSample(page)
  await page.keyboard.press('ControlOrMeta+8')
  await expect(page.getByRole('main')).toContainText('What calls lack')
  await page.keyboard.press('ControlOrMeta+Shift+e')
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Export' })).toBeHidden()
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
})

test('newer rules are offered only where older ones read: what would change, the change, and back', async ({ app }) => {
  const { page } = app
  await openSample(page)
  const banner = page.getByRole('region', { name: 'Newer rules' })
  await expect(banner).toBeHidden()

  await app.whileClosed(store => {
    const db = new Database(store)
    db.prepare(`UPDATE import SET rules = 'older'`).run()
    // As rules would have left it that did not know providers.
    db.exec('UPDATE call SET provider = 0')
    db.close()
  })
  await expect(banner).toContainText('read by older rules')
  await banner.getByRole('button', { name: 'See what would change' }).click()
  await expect(banner).toContainText('Newer ones change ')
  await expect(banner.getByRole('table')).toContainText('provider')
  await banner.getByRole('button', { name: 'Read again' }).click()
  await expect(banner).toContainText(/Read again: [1-9][\d,]* spans changed/)
  await banner.getByRole('button', { name: 'Undo' }).click()
  await expect(banner).toContainText('read by older rules')
})
