// Row 17: who may speak to the main process, and what it listens to. Row 20: what the page gets to speak with.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import vm from 'node:vm'
import { ask, event, seen } from './app.mjs'

function nested(levels) {
  let value = 1
  for (let i = 0; i < levels; i++) value = { a: value }
  return value
}

const code = answer => (answer.ok ? 'ok' : answer.error.code)

test('only these channels exist', () => assert.deepEqual([...seen.ipc.keys()], ['ask', 'cancel']))

test('our page is answered, from the store and back', async () => {
  const info = await ask('app.info', {})
  assert.equal(info.ok, true)
  assert.equal(info.value.host, 'electron')
  assert.equal(info.value.nativeDialog, true)
  const list = await ask('traces.list', { sort: 'start', descending: true, offset: 0, limit: 5 })
  assert.deepEqual(list, { ok: true, value: { total: 0, rows: [] } })
  const summary = await ask('store.summary', {})
  assert.equal(summary.value.traces, 0)
})

test('17: nobody else is', async () => {
  const strangers = {
    'another site': event({ url: 'https://evil.test/', origin: 'https://evil.test' }),
    'a name that begins like ours': event({ url: 'app://bundle.evil/', origin: 'app://bundle.evil' }),
    'our scheme, another host': event({ url: 'app://evil/index.html', origin: 'app://evil' }),
    'a frame of our page': event({ parent: {} }),
    'a frame that is gone': { senderFrame: null, sender: { id: 1 } },
    'our address, another origin': event({ origin: 'null' }),
    'our origin, another address': event({ url: 'about:blank' }),
    'a development server': event({ url: 'http://localhost:5173/', origin: 'http://localhost:5173' }),
    'a file': event({ url: 'file:///index.html', origin: 'file://' }),
  }
  for (const [who, from] of Object.entries(strangers)) {
    assert.equal(code(await ask('app.info', {}, from)), 'rpc/untrusted-sender', who)
    assert.equal(code(await seen.ipc.get('cancel')(from, { ticket: 1 })), 'rpc/untrusted-sender', who)
  }
})

test('17: a hostile payload never reaches a handler', async () => {
  const hostile = [
    ['an unknown name', 'traces.drop', {}, 'rpc/unknown-name'],
    ['a name of every object', 'toString', {}, 'rpc/unknown-name'],
    ['an extra key', 'traces.find', { traceId: 'a', more: 1 }, 'rpc/bad-input'],
    ['__proto__', 'traces.find', JSON.parse('{"traceId":"a","__proto__":{"polluted":1}}'), 'rpc/bad-input'],
    ['300 levels', 'traces.find', nested(300), 'rpc/too-large'],
    ['100 MB', 'traces.find', { traceId: 'x'.repeat(100 << 20) }, 'rpc/too-large'],
    ['a wrong type', 'traces.tree', { id: '1' }, 'rpc/bad-input'],
    ['a negative id', 'traces.tree', { id: -1 }, 'rpc/bad-input'],
    [
      'an infinite limit',
      'traces.list',
      { sort: 'start', descending: true, offset: 0, limit: Infinity },
      'rpc/bad-input',
    ],
    [
      'SQL for a column',
      'traces.list',
      { sort: 'start; drop table span', descending: true, offset: 0, limit: 1 },
      'rpc/bad-input',
    ],
    ['a buffer', 'traces.find', { traceId: new Uint8Array(8) }, 'rpc/too-large'],
  ]
  for (const [what, name, input, expected] of hostile) assert.equal(code(await ask(name, input)), expected, what)
  assert.equal({}.polluted, undefined)
})

test('17: the envelope is checked like what is in it', async () => {
  const channel = seen.ipc.get('ask')
  for (const payload of [
    undefined,
    null,
    'app.info',
    [],
    { name: 'app.info', input: {} },
    { name: 'app.info', input: {}, ticket: 1, more: 1 },
    { name: 'x'.repeat(65), input: {}, ticket: 1 },
  ]) {
    assert.equal(code(await channel(event(), payload)), 'rpc/bad-input', JSON.stringify(payload))
  }
  assert.equal(code(await channel(event(), { name: 'app.info', input: {}, ticket: 1 }, 'more')), 'rpc/too-large')
  assert.equal(code(await channel(event())), 'rpc/too-large')
  const deep = { name: 'app.info', input: {}, ticket: 1, more: nested(300) }
  assert.equal(code(await channel(event(), deep)), 'rpc/too-large')
})

test('a refusal is logged by its reason, not by what it held', async context => {
  const log = context.mock.method(console, 'error', () => {})
  await ask('traces.find', { traceId: 'a', secret: 'sk-live-123' })
  await ask('app.info', { secret: 'sk-live-123' }, event({ origin: 'null' }))
  assert.ok(log.mock.callCount() >= 2)
  assert.doesNotMatch(JSON.stringify(log.mock.calls.map(call => call.arguments)), /sk-live-123/)
})

test('an error crosses without a stack and without a path', async () => {
  const answer = await ask('traces.tree', { id: 424_242 })
  assert.equal(answer.ok, false)
  assert.match(answer.error.code, /^[a-z]+\/[a-z-]+$/)
  assert.doesNotMatch(JSON.stringify(answer), /\bat .*:\d+|node_modules|\.js/)
})

test('20: the preload needs only electron and exposes only these functions', () => {
  const required = []
  const exposed = {}
  const invoked = []
  const listeners = []
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => (exposed[name] = value) },
    ipcRenderer: {
      invoke: async (...args) => (invoked.push(args), { ok: true, value: {} }),
      on: (_name, listener) => listeners.push(listener),
    },
    webUtils: { getPathForFile: file => file.path },
  }
  const require = name => (required.push(name), electron)
  vm.runInNewContext(readFileSync('out/preload/preload.cjs', 'utf8'), { require, exports: {}, module: { exports: {} } })

  assert.deepEqual([...new Set(required)], ['electron'])
  assert.deepEqual(Object.keys(exposed), ['spanwise'])
  assert.deepEqual(Object.keys(exposed.spanwise).toSorted(), ['ask', 'cancel', 'on', 'pathsOfFiles'])
  assert.ok(Object.isFrozen(exposed.spanwise))

  void exposed.spanwise.ask('app.info', {}, 3)
  assert.deepEqual(JSON.parse(JSON.stringify(invoked)), [['ask', { name: 'app.info', input: {}, ticket: 3 }]])
  const heard = []
  const stop = exposed.spanwise.on('store.changed', (...args) => heard.push(args))
  listeners[0]({ sender: 'an IPC object' }, 'store.changed', { import: 1 })
  listeners[0]({ sender: 'an IPC object' }, 'imports.ended', {})
  assert.deepEqual(heard, [[{ import: 1 }]])
  for (let i = 0; i < 20; i++) exposed.spanwise.on('store.changed', () => {})
  assert.equal(listeners.length, 1)
  stop()
  listeners[0]({}, 'store.changed', { import: 2 })
  assert.equal(heard.length, 1)
  assert.deepEqual([...exposed.spanwise.pathsOfFiles([{ path: '/a' }])], ['/a'])
})

test('a key goes into the system’s storage, and only how it ends comes out; where that is weak it goes nowhere', async () => {
  const key = 'sk-canary-0123456789abcdef-ABCDEF'
  const profile = { name: 'Mine', origin: 'https://api.example.com', dialect: 'openai-chat', keyEnv: 'MY_KEY' }
  assert.equal(code(await ask('replay.saveProfile', profile)), 'ok')
  assert.equal(code(await ask('replay.putKey', { name: 'Mine', key, place: 'system' })), 'ok')
  const told = await ask('replay.profiles', {})
  assert.deepEqual(told.value.profiles, [{ ...profile, key: { place: 'system', last4: 'CDEF' } }])
  assert.equal(JSON.stringify(told).includes(key), false)
  const folder = path.join(process.env.XDG_DATA_HOME, 'spanwise')
  assert.equal(readFileSync(path.join(folder, 'keys.json'), 'utf8').includes(key), false)
  seen.backend = 'basic_text'
  assert.equal((await ask('replay.profiles', {})).value.system, 'weak')
  assert.equal(code(await ask('replay.putKey', { name: 'Mine', key, place: 'system' })), 'replay/weak-storage')
})
