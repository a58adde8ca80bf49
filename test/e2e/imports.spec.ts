import { readFileSync } from 'node:fs'
import { generateDump } from '../bench/generate.ts'
import { fixture } from '../helpers/fixtures.ts'
import { traceFromText } from '../helpers/draw-trace.ts'
import { expect, test } from './app.ts'
import { chooseFile, dropFile, importPanel, traceList } from './flow.ts'

const drawn = traceFromText(`
  agent        answer   20..900
    generation gpt-4o    0..400  in:120 out:30
    tool       search  410..700  error
`)

test('a chosen file is read, and its receipt says what came of it', async ({ app }) => {
  const { page } = app
  await chooseFile(page, fixture('malformed/broken-line.jsonl'))
  const panel = importPanel(page)
  await expect(panel.getByRole('button', { name: 'Open traces' })).toBeVisible()
  await expect(panel.getByRole('heading', { name: /broken-line\.jsonl/ })).toBeVisible()
  await expect(panel).toContainText('1 unreadable record')
  await expect(panel).toContainText('line 2')
  await panel.getByText('show bytes').click()
  await expect(panel.locator('pre').first()).toBeVisible()
  await expect(panel.getByRole('definition').first()).toHaveText('1')

  await panel.getByRole('button', { name: 'Open traces' }).click()
  await expect(traceList(page).getByRole('row', { name: /answer/ })).toBeVisible()
})

test('a dropped file is read; dropped again it adds nothing', async ({ app }) => {
  const { page } = app
  const panel = importPanel(page)
  await dropFile(page, 'drawn.json', drawn.line())
  await expect(panel.getByRole('button', { name: 'Open traces' })).toBeVisible()
  await expect(panel.locator('dl')).toContainText(/new\s*3/)
  await dropFile(page, 'renamed.txt', drawn.line())
  await expect(panel.getByRole('heading', { name: /renamed\.txt/ })).toBeVisible()
  await expect(panel.locator('dl')).toContainText(/new\s*0\s*already known\s*3/)
})

test('what is no dump says so, and what to do', async ({ app }) => {
  const { page } = app
  const panel = importPanel(page)
  await dropFile(page, 'notes.txt', 'Buy milk.\nAnd bread.\n')
  await expect(panel.getByRole('button', { name: 'Open another file…' })).toBeVisible()
  await expect(panel).toContainText('Nothing could be imported')
  await expect(panel).toContainText('What can be opened')
  await dropFile(page, 'empty.json', '')
  await expect(panel.getByRole('heading', { name: /empty\.json/ })).toBeVisible()
  await expect(panel).toContainText(/empty|no records/i)
})

test('a running import shows how far it is, can be cancelled, and keeps what it read', async ({ app }) => {
  const { page } = app
  const dump = app.folder.file('large.jsonl')
  generateDump(dump, { bytes: 400e6, seed: 7, kind: 'small', giants: [] })
  await chooseFile(page, dump)
  const panel = importPanel(page)
  const progress = panel.getByRole('progressbar')
  await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/)
  await expect(panel).toContainText(/spans\/s/)
  // The window answers meanwhile.
  await expect(traceList(page).getByRole('row').nth(1)).toBeVisible()

  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(progress).toBeHidden()
  await expect(panel).toContainText(/partial|cancelled|stopped/i)
  await expect(panel.locator('dl')).toContainText(/new\s*[1-9]/)
})

test('when the import process dies the window lives, says so, and keeps what was committed', async ({ app }) => {
  const { page } = app
  const dump = app.folder.file('large.jsonl')
  generateDump(dump, { bytes: 200e6, seed: 7, kind: 'small', giants: [] })
  app.allow(/Failed to load resource|ERR_/)
  await chooseFile(page, dump)
  const panel = importPanel(page)
  await expect(panel.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/)
  app.kill('import.js')
  await expect(page.getByText(/import (process (ended|stopped)|was interrupted|stopped)/i).first()).toBeVisible()
  await page.getByRole('link', { name: 'Imports' }).click()
  await expect(page.getByRole('main')).toContainText('large.jsonl')

  // The next import works as if nothing had happened.
  await dropFile(page, 'drawn.json', drawn.line())
  await expect(page.getByRole('main').getByRole('button', { name: 'complete drawn.json' })).toBeVisible()
})

test('an import is removed whole', async ({ app }) => {
  const { page } = app
  await dropFile(page, 'first.jsonl', readFileSync(fixture('flat/support-ticket.jsonl'), 'utf8'))
  await expect(importPanel(page).getByRole('heading', { name: /first\.jsonl/ })).toBeVisible()
  await dropFile(page, 'second.json', drawn.line())
  await expect(importPanel(page).getByRole('heading', { name: /second\.json/ })).toBeVisible()
  await importPanel(page).getByRole('button', { name: 'All imports' }).click()

  const removals = page.getByRole('main').getByRole('button', { name: /^Remove / })
  await expect(removals).toHaveCount(2)
  await page.getByRole('button', { name: 'Remove second.json' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove import' }).click()
  await expect(removals).toHaveCount(1)

  await page.getByRole('link', { name: 'Traces' }).first().click()
  await expect(traceList(page).getByRole('row', { name: /answer/ })).toHaveCount(0)
  await expect(traceList(page).getByRole('row')).toHaveCount(2)
})
