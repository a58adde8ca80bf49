// Row 4, the exception: on Linux Chromium has no sandbox for root, and taking `--no-sandbox` back would end every process.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seen } from './electron.ts'

seen.switches.add('no-sandbox')
Object.defineProperty(process, 'platform', { value: 'linux' })
process.getuid = () => 0
await import('./app.mjs')

test('4: root who says --no-sandbox is not contradicted, and the page keeps its own sandbox', () => {
  assert.ok(!seen.order.includes('enableSandbox'))
  assert.equal(seen.windows[0].webPreferences.sandbox, true)
})
