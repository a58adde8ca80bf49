import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkout } from '../helpers/product.ts'

/** A built file and all that it imports before it runs. */
function importedBy(file: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(file)) return found
  const text = readFileSync(file, 'utf8')
  found.set(file, text)
  for (const [, name] of text.matchAll(/^import[^;]*?"(\.[^"]+)";$/gm))
    importedBy(path.resolve(file, '..', name!), found)
  return found
}

test('the engine answers a first page with little code: the time of a start goes by how much is loaded', () => {
  const files = importedBy(path.join(checkout, 'out/main/engine.js'))
  const bytes = [...files.values()].reduce((sum, text) => sum + text.length, 0)
  expect(files.size).toBeLessThan(12)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThan(250_000)
})

test.for(['reader', 'indexer', 'prompts', 'import', 'net'])('%s starts without the contract’s schemas', name => {
  const files = importedBy(path.join(checkout, `out/main/${name}.js`))
  expect(files.size).toBeGreaterThan(10)
  // Questions are looked at where they come in; a process that is told to answer one trusts its host.
  expect([...files].filter(([, text]) => text.includes('jitless: true')).map(([file]) => file)).toEqual([])
})
