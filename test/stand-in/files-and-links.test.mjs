// Row 15: what leaves for the system's browser. And what comes in from a second instance.
import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { app, ask, BrowserWindow, seen } from './app.mjs'

const hostile = [
  'http://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'vscode://file/x',
  'ms-msdt:/id',
  'smb://host/share',
  'ftp://host/',
  'app://bundle/index.html',
  'about:blank',
  'https://user@evil.test/',
  'https://user:secret@evil.test/',
  'https://a.test\\@evil.test/',
  `https://a.test/${'x'.repeat(2048)}`,
  'https://a.test/\u202egnp',
  'https://a.test/ b',
  'https://a.test/\u0000',
  ' https://a.test/',
  'https://a\u200b.test/',
  'https:///evil.test',
  'https:evil.test',
  'mailto:a@b.test?attach=/etc/passwd',
  '//evil.test/',
  'not a url',
  '',
]

test('15: hostile addresses open nothing and ask nothing', async () => {
  seen.clicks = 1
  for (const url of hostile) assert.equal((await ask('links.open', { url })).ok, false, url)
  assert.deepEqual(seen.opened, [])
  assert.deepEqual(seen.asked, [])
})

test('15: a good address is shown whole, and opened only when the person says so', async () => {
  const url = 'https://example.com/a?b=c#d'
  seen.clicks = 0
  assert.equal((await ask('links.open', { url })).ok, true)
  assert.deepEqual(seen.opened, [])
  assert.equal(seen.asked.at(-1).detail, url)
  assert.equal(seen.asked.at(-1).defaultId, 0)
  seen.clicks = 1
  await ask('links.open', { url })
  await ask('links.open', { url: 'mailto:ada@example.com' })
  assert.deepEqual(seen.opened, [url, 'mailto:ada@example.com'])
})

test('15: a look-alike is shown as what it is', async () => {
  await ask('links.open', { url: 'https://ехample.com/' })
  assert.equal(
    seen.asked.at(-1).detail,
    'https://xn--ample-2of5b.com/'.replace('xn--ample-2of5b', new URL('https://ехample.com').hostname.split('.')[0]),
  )
  assert.match(seen.asked.at(-1).detail, /^https:\/\/xn--/)
})

test('the dialog gives paths, or null', async () => {
  assert.deepEqual(await ask('files.choose', {}), { ok: true, value: { paths: null } })
  seen.chosen = { canceled: false, filePaths: ['/a'] }
  assert.deepEqual(await ask('files.choose', {}), { ok: true, value: { paths: ['/a'] } })
})

test('a second instance hands its files to the first; nonsense is nothing', async () => {
  assert.deepEqual(Object.keys(app.lockData).toSorted(), ['files', 'sample'])
  const told = () => seen.sent.filter(([, name]) => name === 'files.opened').length
  for (const data of [
    undefined,
    null,
    'x',
    { files: 'x' },
    { files: ['relative'], sample: false },
    { files: ['/missing'], sample: false },
    { files: [], sample: false, more: 1 },
  ]) {
    app.emit('second-instance', {}, [], '/', data)
  }
  await new Promise(resolve => setTimeout(resolve, 200))
  assert.equal(told(), 0)

  app.emit('second-instance', {}, [], '/', { files: [path.resolve('test/stand-in/three-spans.jsonl')], sample: false })
  for (let i = 0; i < 500 && !seen.sent.some(([, name]) => name === 'imports.ended'); i++) {
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  assert.equal(told(), 1)
  assert.equal(seen.order.at(-1), 'focus')
  const [, , ended] = seen.sent.find(([, name]) => name === 'imports.ended')
  assert.equal(ended.state, 'complete', JSON.stringify(ended))
  assert.equal((await ask('store.summary', {})).value.spans, 3)
})

test('files meant for another store land in none, and the person is told', async () => {
  const { spans } = (await ask('store.summary', {})).value
  const files = [path.resolve('test/stand-in/three-spans.jsonl')]
  app.emit('second-instance', {}, [], '/', { files, store: path.resolve('other.spanwise'), sample: false })
  for (let i = 0; i < 100 && !/another store/.test(seen.asked.at(-1)?.message); i++) {
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  assert.match(seen.asked.at(-1).message, /another store/)
  assert.match(seen.asked.at(-1).detail, /other\.spanwise/)
  assert.equal((await ask('imports.list', {})).value.imports.length, 1)
  assert.equal((await ask('store.summary', {})).value.spans, spans)
})

test('a link from the system shows a place, whichever way it comes; what follows it is not read', async () => {
  const links = () => seen.sent.flatMap(([, name, data]) => (name === 'link.opened' ? [data.link] : []))
  assert.ok(
    seen.order.some(call => /^protocol spanwise .*--$/.test(call)),
    seen.order.join(),
  )
  const opened = seen.opened.length
  const prevented = []
  const event = { preventDefault: () => prevented.push(true) }
  app.emit('open-url', event, 'spanwise://trace/9f2c?spanId=41aa')
  app.emit('open-url', event, 'https://example.com/')
  app.emit('open-url', event, 'spanwise://trace/../../etc')
  app.emit('second-instance', {}, [], '/', { files: [], sample: false, link: 'SPANWISE://Traces?q=kind:tool' })
  app.emit('second-instance', {}, [], '/', { files: [], sample: false, link: 'spanwise://traces?q=a b' })
  app.emit('second-instance', {}, [], '/', {
    files: [],
    sample: false,
    link: `spanwise://traces?q=${'x'.repeat(40_000)}`,
  })
  await new Promise(resolve => setTimeout(resolve, 100))
  assert.deepEqual(links(), ['spanwise://trace/9f2c?v=1&spanId=41aa', 'spanwise://traces?v=1&q=kind:tool'])
  assert.equal(prevented.length, 3)
  assert.equal(seen.opened.length, opened)
})

test('an app without a window opens one for what it is handed', async () => {
  BrowserWindow.all.length = 0
  app.emit('second-instance', {}, [], '/', { files: [], sample: false })
  await new Promise(resolve => setTimeout(resolve, 50))
  assert.equal(BrowserWindow.all.length, 1)
})
