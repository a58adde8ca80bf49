import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readTargets } from '../../electron/hosts/cli/targets.ts'
import { electronWords, explainEnd, runElectron } from '../../electron/hosts/start-electron.ts'
import { checkout } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const errand = { storePath: '/s.spanwise', files: ['/a b.jsonl'], withSample: true }

/** A program in Electron's place. */
function run(script: string): Promise<string | undefined> {
  const folder = temporaryFolder()
  const binary = folder.file('electron')
  writeFileSync(binary, `#!/bin/sh\n${script}\n`)
  chmodSync(binary, 0o755)
  return runElectron(binary, errand).finally(() => folder[Symbol.dispose]())
}

test('Electron is told the app, the store and the files, and to do without a sandbox only as root', () => {
  expect(electronWords(errand, false)).toEqual([
    checkout.replace(/[\\/]$/, ''),
    '--store=/s.spanwise',
    '--sample',
    '/a b.jsonl',
  ])
  expect(electronWords(errand, true)[0]).toBe('--no-sandbox')
})

test.skipIf(process.platform === 'win32')('a window that was closed is no failure', async () => {
  expect(await run('exit 0')).toBeUndefined()
  expect(await run('kill -TERM $$')).toBeUndefined()
})

test.skipIf(process.platform !== 'linux')('an Electron that cannot start is explained in one sentence', async () => {
  expect(await run('exit 127')).toMatch(/lacks a library/)
  expect(await run('kill -TRAP $$')).toMatch(/sudo chown root \S+chrome-sandbox && sudo chmod 4755/)
  expect(await run('exit 3')).toBe('Electron could not start (exit code 3).')
  expect(await runElectron('/no/such/binary', errand)).toMatch(/ENOENT/)
})

test('an end that was asked for is none to explain', () => {
  expect(explainEnd('/e', null, 'SIGINT', 'linux')).toBeUndefined()
  expect(explainEnd('/e', null, 'SIGTRAP', 'darwin')).toBe('Electron could not start (SIGTRAP).')
})

test('a link stands last, and goes to whichever store is open', () => {
  const link = 'spanwise://trace/9f2c?v=1'
  const words = electronWords({ storePath: undefined, files: [], withSample: false, link }, false)
  expect(words.slice(1)).toEqual([link])
})

test('a link stands alone: files beside it are not imported', () => {
  expect(readTargets(['a.jsonl'])).toEqual({ files: [path.resolve('a.jsonl')], link: undefined })
  expect(readTargets(['SPANWISE://traces']).link).toBe('spanwise://traces?v=1')
  expect(() => readTargets(['spanwise://traces', 'a.jsonl'])).toThrow(/stands alone/)
  expect(() => readTargets(['spanwise://../x'])).toThrow(/no place/)
})
