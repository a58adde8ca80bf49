import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { forgetStore, recentStores, rememberStore } from '../../electron/hosts/recent-stores.ts'
import { settingsFile } from '../../electron/hosts/settings-file.ts'
import { fileName } from '../../electron/hosts/store-desk.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

test('what one host writes another reads, and taking out is for good', () => {
  using folder = temporaryFolder()
  const file = folder.file('deep/settings.json')
  settingsFile(file).write('spanwise.theme', 'dark')
  settingsFile(file).write('spanwise.density', 'compact')
  settingsFile(file).write('spanwise.theme', undefined)
  expect([...settingsFile(file).read()]).toEqual([['spanwise.density', 'compact']])
  expect(readdirSync(path.dirname(file))).toEqual(['settings.json'])
})

test('a broken file is as good as none, and is put aside rather than lost', () => {
  using folder = temporaryFolder()
  const file = folder.file('settings.json')
  for (const text of ['{"spanwise.theme": "da', '[]', 'null', '7']) {
    writeFileSync(file, text)
    expect(settingsFile(file).read().size).toBe(0)
  }
  settingsFile(file).write('spanwise.theme', 'dark')
  expect(readFileSync(`${file}.broken`, 'utf8')).toBe('7')
  expect(settingsFile(file).read().get('spanwise.theme')).toBe('dark')
})

test('names of JavaScript and values that are no texts are left out', () => {
  using folder = temporaryFolder()
  const file = folder.file('settings.json')
  writeFileSync(file, '{"__proto__": "x", "constructor": "y", "spanwise.a": 7, "spanwise.b": "kept"}')
  expect([...settingsFile(file).read()]).toEqual([['spanwise.b', 'kept']])
})

test('a file that cannot hold more refuses, and keeps what it has', () => {
  using folder = temporaryFolder()
  const settings = settingsFile(folder.file('settings.json'))
  settings.write('spanwise.a', 'kept')
  expect(() => settings.write('spanwise.b', 'x'.repeat(5 << 20))).toThrow(/no room/)
  expect([...settings.read().keys()]).toEqual(['spanwise.a'])
})

test('stores are listed newest first, each once, twenty at most', () => {
  using folder = temporaryFolder()
  const settings = settingsFile(folder.file('settings.json'))
  for (let i = 0; i < 30; i++) rememberStore(settings, `/stores/${i % 25}.spanwise`, i)
  const list = recentStores(settings)
  expect(list.length).toBe(20)
  expect(list[0]).toEqual({ path: '/stores/4.spanwise', opened: 29 })
  expect(new Set(list.map(one => one.path)).size).toBe(20)
  forgetStore(settings, '/stores/4.spanwise')
  expect(recentStores(settings)[0]?.path).toBe('/stores/3.spanwise')
  settings.write('spanwise.stores', '[{"path": "relative", "opened": 1}, 7, {"path": "/a"}]')
  expect(recentStores(settings)).toEqual([])
})

test('that the list cannot be kept stops nobody', () => {
  using folder = temporaryFolder()
  mkdirSync(folder.file('settings.json'))
  writeFileSync(folder.file('settings.json.broken'), '')
  rememberStore(settingsFile(folder.file('settings.json')), '/a.spanwise')
  expect(existsSync(folder.file('settings.json'))).toBe(true)
})

test.each([
  ['june', 'june.spanwise'],
  ['june.spanwise', 'june.spanwise'],
  ['../../etc/passwd', '-..-etc-passwd.spanwise'],
  ['C:\\x', 'C--x.spanwise'],
  ['a\u0000b', 'a-b.spanwise'],
  ['今月', '今月.spanwise'],
])('a new store called %j is the file %j', (name, file) => expect(fileName(name)).toBe(file))

test.each(['', '  ', '...', '.spanwise'])('%j names no store', name => expect(() => fileName(name)).toThrow(/no file/))
