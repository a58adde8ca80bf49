import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { settingsFile } from '../../electron/hosts/settings-file.ts'
import { chosenTheme, themedPage } from '../../electron/hosts/themed-page.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'spanwise-theme-'))
afterAll(() => rmSync(folder, { recursive: true }))
const page = path.join(import.meta.dirname, '../../renderer/index.html')

test('the page comes in the theme that was chosen, and follows the system where none was', () => {
  const settings = settingsFile(path.join(folder, 'settings.json'))
  expect(chosenTheme(settings)).toBeUndefined()
  expect(themedPage(page, chosenTheme(settings))).toContain('<meta name="color-scheme" content="light dark"')
  settings.write('spanwise.theme', 'dark')
  const dark = themedPage(page, chosenTheme(settings))
  expect(dark).toContain('<html data-theme="dark" lang="en">')
  expect(dark).toContain('<meta name="color-scheme" content="dark"')
  settings.write('spanwise.theme', '"><script>')
  expect(chosenTheme(settings)).toBeUndefined()
})

test('settings that cannot be read follow the system', () => {
  const file = path.join(folder, 'broken.json')
  writeFileSync(file, '{"spanwise.theme": "da')
  expect(chosenTheme(settingsFile(file))).toBeUndefined()
})
