// What a person finds out about prompts that no file names: versions, the changed sentence, and whether it helped.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { checkout } from '../helpers/product.ts'
import { expect, test } from './app.ts'
import { chooseFile, importPanel } from './flow.ts'

/** Whatever names a prompt, its version, its template or its variables. */
const names = /^(?:llm\.prompt_template\.|gen_ai\.prompt\.|prompt\.id$)/

interface Line {
  readonly resourceSpans: { scopeSpans: { spans: { attributes: { key: string }[] }[] }[] }[]
}

/** The sample, as if whoever recorded it had known nothing of prompts. */
function sampleWithoutNames(): string {
  const lines = gunzipSync(readFileSync(path.join(checkout, 'resources/sample/traces.jsonl.gz')))
    .toString()
    .split('\n')
  return lines
    .filter(line => line !== '')
    .map(line => {
      const written = JSON.parse(line) as Line
      for (const { scopeSpans } of written.resourceSpans) {
        for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
          span.attributes = span.attributes.filter(({ key }) => !names.test(key))
        }
      }
      return JSON.stringify(written)
    })
    .join('\n')
}

test('without names the two versions are found, with the changed sentence and what came of it', async ({ app }) => {
  const { page, folder } = app
  const file = folder.file('without-names.jsonl')
  writeFileSync(file, sampleWithoutNames())
  await chooseFile(page, file)
  await expect(importPanel(page).getByRole('button', { name: 'Open traces' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+3')

  const registry = page.getByRole('treegrid', { name: 'Prompts' })
  const found = registry.getByRole('row', { name: /recovered, 2 versions, 154 calls/ })
  await found.dblclick()
  const versions = page.getByRole('treegrid', { name: 'Versions' })
  await expect(versions.getByRole('row', { name: /^A: .*recovered, sure, 76 calls/ })).toBeVisible()
  await expect(versions.getByRole('row', { name: /^B: .*recovered, sure, 78 calls/ })).toBeVisible()

  const difference = page.getByRole('region', { name: /what differs$/ })
  await expect(difference.getByText('1 change', { exact: true })).toBeVisible()
  await expect(difference.locator('.editor.original .view-lines')).toContainText(/one.friendly.sentence/)
  await expect(difference.locator('.editor.modified .view-lines')).toContainText(/Name.the.help.article/)

  await page.getByRole('tab', { name: 'Comparison' }).click()
  const verdict = page.getByRole('table', { name: 'Measures of A and B' }).getByRole('row', { name: /^helpfulness/ })
  await expect(verdict).toContainText(/▲ Better0\.620\.81\+0\.19 \(\+0\.1\d to \+0\.2\d\)34 \/ 34/)

  // A version from a folder of git, kept by the mouse.
  mkdirSync(folder.file('library'))
  writeFileSync(folder.file('library/a.md'), '---\nname: greeting\nversion: spring\n---\nHello {{name}}\n')
  await page.keyboard.press('ControlOrMeta+3')
  await page.getByLabel('Folder of prompts').setInputFiles(folder.file('library'))
  await page.getByRole('dialog', { name: '1 version would change' }).getByRole('button', { name: 'Keep them' }).click()
  await expect(registry.getByRole('row', { name: /^greeting/ })).toBeVisible()
})
