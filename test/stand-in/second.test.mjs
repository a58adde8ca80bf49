// An app that finds another of its kind hands over what it was given, says so, and ends without a window.
import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import './register.mjs'
import { app, seen } from './electron.ts'

test('a second instance hands over what stands before a link, and the link, and ends', async context => {
  const log = context.mock.method(console, 'log', () => {})
  const file = path.resolve('test/stand-in/three-spans.jsonl')
  const injected = ['--store=/evil.spanwise', '--sample', path.resolve('package.json')]
  process.argv.splice(
    1,
    process.argv.length,
    process.cwd(),
    '--store=a.spanwise',
    file,
    'spanwise://traces?q=x',
    ...injected,
  )
  seen.isFirst = false
  await import('../../out/main/main.js')
  assert.deepEqual(app.lockData, {
    files: [file],
    sample: false,
    store: path.resolve('a.spanwise'),
    link: 'spanwise://traces?v=1&q=x',
  })
  assert.deepEqual(seen.order.slice(-1), ['quit'])
  assert.deepEqual(seen.windows, [])
  assert.match(String(log.mock.calls[0]?.arguments[0]), /open already/)
})
