// What an import would bring, before it does: the sheet, and fields of rows nobody knows.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { traceFromText } from '../helpers/draw-trace.ts'
import { fixture } from '../helpers/fixtures.ts'
import { productCommand } from '../helpers/product.ts'
import { expect, test } from './app.ts'
import { chooseFile, importPanel, importSheet, offerFile, offerText, statusOf } from './flow.ts'

const drawn = traceFromText(`
  agent        answer   20..900
    generation gpt-4o    0..400  in:120 out:30
    tool       search  410..700  error
`)

/** Rows of a format that nobody knows, `from` on. */
function rows(from: number): string {
  return Array.from({ length: 8 }, (_, i) => ({
    ts: new Date(1.75e12 + (from + i) * 60_000).toISOString(),
    engine: 'gpt-4o-mini',
    asked: `What is ${from + i}?`,
    answered: `It is ${(from + i) ** 2}.`,
    took_ms: 200 + i,
    who: `person ${i % 2}`,
  }))
    .map(row => `${JSON.stringify(row)}\n`)
    .join('')
}

async function choiceOf(sheet: Locator, meaning: string): Promise<Locator> {
  return sheet.getByRole('table').getByLabel(meaning, { exact: true })
}

test('the sheet says how a file would be read and what the store knows of it; Mod+Enter imports it', async ({
  app,
}) => {
  const { page } = app
  const sheet = importSheet(page)
  await offerText(page, 'drawn.json', drawn.line())
  await expect(sheet).toContainText('Import drawn.json')
  await expect(sheet).toContainText('3 spans in 1 trace')
  await expect(sheet).toContainText('OTLP JSON')
  await expect(sheet.locator('dl')).toContainText(/would be new\s*3\s*already known\s*0/)
  const preview = sheet.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('row')).toHaveCount(4)
  await expect(preview.getByRole('row', { name: /gpt-4o/ })).toContainText('120')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(sheet).toBeHidden()
  await expect(importPanel(page).locator('dl')).toContainText(/new\s*3/)

  await offerText(page, 'again.json', drawn.line())
  await expect(sheet).toContainText('the store has all of it already')
  await expect(sheet.locator('dl')).toContainText(/would be new\s*0\s*already known\s*3/)
})

test('Escape shuts the sheet, writes nothing and gives the focus back', async ({ app }) => {
  const { page } = app
  await chooseFile(page, fixture('malformed/broken-line.jsonl'))
  await importPanel(page).getByRole('button', { name: 'Open traces' }).click()
  const list = page.getByRole('grid', { name: 'Traces' })
  await expect(list).toBeFocused()
  // The status bar follows the store a moment later.
  const before = '2 spans · 1 trace'
  await expect.poll(() => statusOf(page)).toBe(before)
  await offerFile(page, fixture('flat/support-ticket.jsonl'))
  await expect(importSheet(page)).toContainText('Flat rows')
  await page.keyboard.press('Escape')
  await expect(importSheet(page)).toBeHidden()
  await expect(list).toBeFocused()
  expect(await statusOf(page)).toBe(before)
  await page.getByRole('link', { name: 'Imports' }).click()
  await expect(page.getByRole('main')).toContainText('1 import')
})

test('a sheet can be shut while it looks, and what cannot be read says why before anything is written', async ({
  app,
}) => {
  const { page } = app
  await offerText(page, 'notes.txt', 'Buy milk.\nAnd bread.\n')
  const sheet = importSheet(page)
  await expect(sheet.getByText('What can be opened')).toBeVisible()
  await expect(sheet.getByText(/OTLP JSON · /)).toBeHidden()
  await sheet.getByText('What can be opened').click()
  await expect(sheet.getByText(/OTLP JSON · /)).toBeVisible()
  await page.keyboard.press('Escape')
  await offerText(page, 'empty.json', '')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(importPanel(page)).toBeHidden()
})

test('fields of unknown rows are guessed, chosen, imported so, and remembered for the next file', async ({ app }) => {
  const { page } = app
  const first = app.folder.file('home.jsonl')
  const second = app.folder.file('home-2.jsonl')
  writeFileSync(first, rows(0))
  writeFileSync(second, rows(100))
  const sheet = importSheet(page)
  await offerFile(page, first)
  await expect(sheet).toContainText('guessed from names and values')
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(sheet.getByRole('cell', { name: /gpt-4o-mini/ }).first(), 'seen beside the fields').toBeInViewport()
  await expect(await choiceOf(sheet, 'model')).toBeInViewport()
  await expect(await choiceOf(sheet, 'start time')).toHaveValue('ts')
  await (await choiceOf(sheet, 'user')).selectOption('who')
  await expect(sheet).toContainText('as you say')
  await (await choiceOf(sheet, 'name')).selectOption('asked')
  await expect(sheet.getByRole('region', { name: 'Preview' })).toContainText('What is 0?')
  await page.keyboard.press('ControlOrMeta+Enter')
  await importPanel(page).getByRole('button', { name: 'Open traces' }).click()
  await expect(page.getByRole('row', { name: /What is 0\?/ })).toBeVisible()

  await offerFile(page, second)
  await expect(sheet).toContainText('as you said the last time')
  await expect(await choiceOf(sheet, 'user')).toHaveValue('who')
  await expect(sheet.getByRole('region', { name: 'Preview' })).toContainText('What is 100?')
})

test('an import by guess says how to assign its fields', async ({ app }) => {
  const { page } = app
  const file = app.folder.file('home.jsonl')
  writeFileSync(file, rows(0))
  await chooseFile(page, file)
  await importPanel(page).getByRole('button', { name: 'All imports' }).click()
  await expect(page.getByRole('main')).toContainText('remove this import and open the file again')
})

test('who imports without asking can have the sheet ask again', async ({ app }) => {
  const { page } = app
  const file = app.folder.file('home.jsonl')
  writeFileSync(file, rows(0))
  await offerFile(page, file)
  await importSheet(page).getByLabel('Next time import without asking').check()
  await page.keyboard.press('ControlOrMeta+Enter')
  await importPanel(page).getByRole('button', { name: 'All imports' }).click()
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'Ask before importing' }).click()
  await expect(main).toContainText('the sheet asks before it imports')
  await offerFile(page, file)
  await expect(importSheet(page)).toBeVisible()
})

test('fields of a file that is still where it was are assigned from its import, and no guess is left', async ({
  app,
}) => {
  const { page } = app
  const file = app.folder.file('home.jsonl')
  writeFileSync(file, rows(0))
  await app.whileClosed(store => {
    const [command, all] = productCommand(['import', file, '--store', store])
    expect(spawnSync(command, all).status, 'imported by a guess').toBe(2)
  })
  const main = page.getByRole('main')
  await page.keyboard.press('ControlOrMeta+7')
  await expect(main).toContainText(/8 spans.*guessed/)
  await main.getByRole('button', { name: 'Assign fields…' }).click()
  const sheet = importSheet(page)
  await expect(sheet).toContainText('guessed from names and values')
  await (await choiceOf(sheet, 'name')).selectOption('asked')
  await expect(sheet.getByRole('region', { name: 'Preview' })).toContainText('What is 0?')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main).toContainText('2 imports')
  expect(await statusOf(page), 'rows that were read again are no further spans').toBe('8 spans · 8 traces')
  await page.keyboard.press('ControlOrMeta+1')
  await page.getByRole('row', { name: /What is 0\?/ }).dblclick()
  await expect(page.getByRole('region', { name: 'Span details' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Span details' })).not.toContainText(/guess/)
})

test('many files are a line each, what could not be read first', async ({ app }) => {
  const { page } = app
  const files = Array.from({ length: 24 }, (_, i) => app.folder.file(`part-${String(i).padStart(2, '0')}.jsonl`))
  for (const [i, file] of files.entries()) writeFileSync(file, rows(i * 10))
  const broken = app.folder.file('z-notes.txt')
  writeFileSync(broken, 'Buy milk.\n')
  await offerFiles(page, [...files, broken])
  const sheet = importSheet(page)
  await expect(sheet).toContainText('192 spans in 192 traces')
  await expect(sheet.locator('summary').first()).toContainText(/z-notes\.txt.*not read/)
  await expect(sheet.locator('summary', { hasText: /part-\d+/ })).toHaveCount(24)
})

async function offerFiles(page: Page, files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('ControlOrMeta+o')
  await (await chooser).setFiles([...files])
}
