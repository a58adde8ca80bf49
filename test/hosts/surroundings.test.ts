import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hasDisplay, windowArguments } from '../../electron/hosts/browser/window.ts'
import { dataFolder } from '../../electron/hosts/data-folder.ts'
import { findBrowser } from '../../electron/hosts/find-browser.mjs'
import { findElectron } from '../../electron/hosts/launch/electron-binary.mjs'
import { atMost } from '../../electron/processes/at-most.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

function program(name: string): string {
  const file = folder.file(name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '')
  chmodSync(file, 0o755)
  return file
}

test('the window’s Chromium has its own profile and calls nobody', () => {
  const words = windowArguments('http://127.0.0.1:1/?token=x', '/profile', false)
  for (const word of [
    '--app=http://127.0.0.1:1/?token=x',
    '--user-data-dir=/profile',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-extensions',
  ]) {
    expect(words).toContain(word)
  }
  expect(words).not.toContain('--no-sandbox')
  expect(windowArguments('x', 'y', true)).toContain('--no-sandbox')
})

test('a window needs a display, where displays can be missing', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'darwin')).toBe(true)
})

test('stores live where the system keeps data', () => {
  expect(dataFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/spanwise')
  expect(dataFolder({ XDG_DATA_HOME: 'relative is ignored' }, 'linux')).toMatch(/\.local\/share\/spanwise$/)
  expect(dataFolder({}, 'darwin')).toMatch(/Library\/Application Support\/Spanwise$/)
  expect(dataFolder({ APPDATA: 'C:/Users/ada/AppData/Roaming' }, 'win32')).toMatch(/Roaming.Spanwise$/)
})

test('a browser is found: the named one first, then the path, then Playwright’s newest', () => {
  const named = program('named/chrome')
  const onPath = program('bin/google-chrome')
  const cache = { PLAYWRIGHT_BROWSERS_PATH: folder.file('ms-playwright'), PATH: folder.file('empty') }
  program('ms-playwright/chromium-999/chrome-linux/chrome')
  const newest = program('ms-playwright/chromium-1200/chrome-linux/chrome')
  expect(findBrowser({ CHROMIUM_PATH: named, PATH: folder.file('bin') }, 'linux')).toBe(named)
  // A name that is wrong is not quietly replaced by another browser.
  expect(findBrowser({ CHROMIUM_PATH: folder.file('missing'), PATH: folder.file('bin') }, 'linux')).toBeUndefined()
  // What is installed on this machine comes before Playwright's, so look at a system that this is not.
  expect(findBrowser({ ...cache, PATH: folder.file('bin') }, 'linux')).toSatisfy(
    (found: string) => found === onPath || found.endsWith('/chromium') || found.endsWith('/chromium-browser'),
  )
  expect(findBrowser(cache, 'win32')).toBe(newest)
})

test('Electron’s binary is where its package says, or nowhere', () => {
  expect(findElectron(folder.path, {})).toBeUndefined()
  mkdirSync(folder.file('node_modules/electron'), { recursive: true })
  writeFileSync(folder.file('node_modules/electron/path.txt'), 'electron\n')
  expect(findElectron(folder.path, {})).toBeUndefined()
  const binary = program('dist/electron')
  expect(findElectron(folder.path, { ELECTRON_OVERRIDE_DIST_PATH: folder.file('dist') })).toBe(binary)
})

test('events are thinned: the first at once, then the latest', async () => {
  const told: number[] = []
  const { tell, flush } = atMost<number>(50, value => told.push(value))
  for (let i = 0; i < 10; i++) tell(i)
  expect(told).toEqual([0])
  await new Promise(resolve => setTimeout(resolve, 80))
  expect(told).toEqual([0, 9])
  tell(10)
  tell(11)
  flush()
  expect(told.at(-1)).toBe(11)
})
