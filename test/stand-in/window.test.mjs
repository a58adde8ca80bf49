// Rows 1 to 14 and 18 of Electron's security checklist: what the window is, and what it cannot be led to.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { app, ask, contents, seen } from './app.mjs'

test('2, 3, 4, 6, 8 to 11: web preferences are exactly these, and no other', () => {
  const { preload, ...rest } = seen.windows[0].webPreferences
  assert.deepEqual(rest, {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
  })
  assert.match(preload, /out[\\/]preload[\\/]preload\.cjs$/)
  assert.ok(readFileSync(preload, 'utf8').length > 0)
  assert.ok(Object.isFrozen(seen.windows[0].webPreferences))
})

test('4: the sandbox is on for everything before the app is ready, the scheme too', () => {
  const [sandbox, scheme, ready] = ['enableSandbox', 'registerSchemes', 'ready'].map(name => seen.order.indexOf(name))
  assert.ok(sandbox >= 0 && scheme >= 0 && sandbox < ready && scheme < ready, seen.order.join())
})

test('1, 18: the page comes from our own scheme, never from a file or the network', () => {
  assert.deepEqual(seen.loaded, ['app://bundle/index.html'])
  assert.deepEqual(seen.schemes, [
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
})

test('1: no request leaves for a network', () => {
  const allows = url => {
    let cancel
    seen.session.network({ url }, answer => (cancel = answer.cancel))
    return !cancel
  }
  for (const url of ['app://bundle/assets/a.js', 'blob:app://bundle/1', 'data:text/plain,x'])
    assert.ok(allows(url), url)
  const outside = [
    'https://evil.test/',
    'http://127.0.0.1/',
    'ws://evil.test/',
    'file:///etc/passwd',
    'app://evil/x',
    'ftp://x/',
  ]
  for (const url of outside) assert.ok(!allows(url), url)
})

test('5: no permission is granted to anybody, but our page may copy text', () => {
  const permissions = [
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'keyboardLock',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'unknown',
    'usb',
    'window-management',
    'fileSystem',
    'deprecated-sync-clipboard-read',
  ]
  const origins = [
    'app://bundle',
    'app://bundle/index.html',
    'https://evil.test',
    'file:///',
    'app://evil',
    'null',
    '',
    undefined,
  ]
  for (const permission of permissions) {
    for (const origin of origins) {
      const granted = permission === 'clipboard-sanitized-write' && String(origin).startsWith('app://bundle')
      let answer
      seen.session.request({}, permission, value => (answer = value), { requestingUrl: origin })
      assert.equal(answer, granted, `request ${permission} ${origin}`)
      assert.equal(seen.session.check({}, permission, origin), granted, `check ${permission} ${origin}`)
    }
  }
  assert.equal(seen.session.device({ deviceType: 'usb', origin: 'app://bundle' }), false)
  let streams = 'unanswered'
  seen.session.display({}, value => (streams = value))
  assert.equal(streams, null)
})

test('11, 12: no webview can be attached', () => {
  let prevented = false
  contents.emit('will-attach-webview', { preventDefault: () => (prevented = true) }, {}, {})
  assert.ok(prevented)
})

test('13: nothing leads away from the page', () => {
  const away = [
    'https://evil.test/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://evil.test/1',
    'about:blank',
    'app://evil/index.html',
    'app://bundle.evil/',
    'app://bundle@evil/',
    'app://user@bundle/',
    'chrome://gpu',
    'not a url',
  ]
  const prevents = (name, url) => {
    let prevented = false
    contents.emit(name, { url, preventDefault: () => (prevented = true) })
    return prevented
  }
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    for (const url of away) assert.ok(prevents(name, url), `${name} ${url}`)
    assert.ok(!prevents(name, 'app://bundle/index.html'), name)
  }
})

test('14: no window opens another', () => {
  for (const url of ['https://example.com/', 'app://bundle/index.html', 'file:///etc/passwd', 'about:blank']) {
    assert.deepEqual(contents.openHandler({ url }), { action: 'deny' })
  }
  assert.deepEqual(seen.opened, [])
})

test('only what the page itself made is saved, and where the person says', () => {
  const offer = url => {
    const said = { prevented: false, dialog: undefined }
    const item = {
      getURL: () => url,
      getFilename: () => '../../store.spanwise.jsonl',
      setSaveDialogOptions: options => (said.dialog = options),
      setSavePath: () => assert.fail('the page must not choose the place'),
    }
    seen.session['will-download']({ preventDefault: () => (said.prevented = true) }, item)
    return said
  }
  for (const url of [
    'https://example.com/x',
    'data:text/plain,x',
    'blob:https://example.com/1',
    'app://bundle/x',
    'blob:app://other/1',
  ])
    assert.ok(offer(url).prevented, url)
  const own = offer('blob:app://bundle/5f0c')
  assert.equal(own.prevented, false)
  assert.equal(own.dialog.defaultPath, 'store.spanwise.jsonl')
})

test('a packaged menu has no developer tools and no reload', () => {
  const text = JSON.stringify(seen.menus[0])
  assert.doesNotMatch(text, /toggleDevTools|reload|forceReload/i)
})

test('the menu bar is the page’s commands, and tells which of them was chosen', async () => {
  const commands = [
    { id: 'import.open', title: 'Open file…', group: 'Import', keys: 'Mod+O' },
    { id: 'edit.undo', title: 'Undo', group: 'Window', keys: 'Mod+Z' },
    { id: 'tree.nextError', title: 'Next error & more\u202e', group: 'Trace', keys: 'e' },
    { id: 'help.shortcuts', title: 'Keyboard shortcuts', group: 'Help', keys: '?' },
  ]
  assert.equal((await ask('shell.menu', { commands })).ok, true)
  const menu = seen.menus.at(-1)
  const [file, , view, trace] = menu.filter(one => one.label !== undefined || one.role === 'editMenu')
  assert.deepEqual([file.label, view.label, trace.label, menu.at(-1).label], ['File', 'View', 'Trace', 'Help'])
  const [open] = file.submenu
  assert.deepEqual([open.label, open.accelerator, open.registerAccelerator], ['Open file…', 'CmdOrCtrl+O', false])
  // Of text fields, and what no menu can show.
  assert.equal(view.submenu[0].accelerator, undefined)
  assert.equal(menu.at(-1).submenu[0].accelerator, undefined)
  assert.equal(trace.submenu[0].label.includes('&&'), true)
  assert.doesNotMatch(trace.submenu[0].label, /\u202e/)
  open.click()
  assert.deepEqual(seen.sent.at(-1), ['event', 'command.chosen', { id: 'import.open' }])
})

test('a menu that is none, or too large, is refused', async context => {
  context.mock.method(console, 'error', () => {})
  const menus = seen.menus.length
  const one = { id: 'a', title: 'b', group: 'c' }
  for (const commands of [
    'x',
    [{ ...one, click: 'x' }],
    [{ ...one, role: 'toggleDevTools' }],
    [{ ...one, title: 'x'.repeat(1000) }],
    Array.from({ length: 501 }, () => one),
  ])
    assert.equal((await ask('shell.menu', { commands })).ok, false)
  assert.equal(seen.menus.length, menus)
})

test('a page that crashed is drawn again, but not for ever', async context => {
  context.mock.method(console, 'error', () => {})
  const reloads = () => seen.order.filter(call => call === 'reload').length
  contents.emit('render-process-gone', {}, { reason: 'crashed' })
  await setTimeout(150)
  assert.equal(reloads(), 1)
  for (let i = 0; i < 5; i++) contents.emit('render-process-gone', {}, { reason: 'oom' })
  await setTimeout(150)
  assert.equal(reloads(), 3)
})

test('a process that runs out of memory brings up no message box', context => {
  const log = context.mock.method(console, 'error', () => {})
  for (const child of seen.children) child.emit('error', 'FatalError', 'V8', '{}')
  assert.equal(log.mock.callCount(), 5)
})

test('the five processes are forked with a heap cap that Electron understands', () => {
  assert.deepEqual(seen.forks.map(({ file }) => path.basename(file)).toSorted(), [
    'engine.js',
    'import.js',
    'indexer.js',
    'prompts.js',
    'reader.js',
  ])
  for (const { options } of seen.forks) {
    assert.equal(options.execArgv.length, 1)
    // Flags of V8 alone, a blank between two: that is how Chromium takes them apart.
    assert.match(
      options.execArgv[0],
      /^--js-flags=--max-old-space-size=\d+(?: --(?:max-semi|initial-old)-space-size=\d+)*$/,
    )
    assert.equal(options.env.NODE_OPTIONS, undefined)
  }
})

test('Ctrl-C in a terminal reaches all, and only the app decides who ends', async () => {
  const ended = []
  // Nobody waits for the indexer while the app starts.
  await setTimeout(1000)
  for (const child of seen.children) child.once('exit', () => ended.push(child.pid))
  for (const child of seen.children) child.kill('SIGINT')
  await setTimeout(300)
  assert.deepEqual(ended, [])
})

test('no process that touches a file has an accessor __proto__', () => {
  for (const name of ['engine', 'import', 'reader', 'indexer', 'prompts', 'parser']) {
    const script = `await import('./out/main/${name}.js').catch(() => {}); console.log('__proto__' in {})`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
    assert.equal(stdout.trim(), 'false', name)
  }
})

test('16: Electron is pinned exactly', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  assert.match(devDependencies.electron, /^\d+\.\d+\.\d+$/)
})

test('there is one place for each dangerous thing', () => {
  const sources = readdirSync('electron', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => [file.replaceAll('\\', '/'), readFileSync(path.join('electron', file), 'utf8')])
  const using = pattern => sources.filter(([, text]) => pattern.test(text)).map(([file]) => file)
  assert.deepEqual(using(/new BrowserWindow\(/), ['app/window.ts'])
  assert.deepEqual(using(/ipcMain\.(?:handle|on|once)/), ['app/handle.ts'])
  assert.deepEqual(using(/webPreferences\(isPackaged|nodeIntegration/), ['app/security.ts'])
  assert.deepEqual(using(/openExternal/), ['app/links.ts'])
  assert.deepEqual(using(/loadURL\(/), ['app/window.ts'])
  assert.deepEqual(
    using(
      /loadURL\(['"`]http|loadFile\(|crashReporter|webSecurity|allowRunningInsecureContent|enableBlinkFeatures|experimentalFeatures/,
    ),
    [],
  )
  const importers = using(/from 'electron'/).filter(file => !/^(?:main|preload|app\/.*|hosts\/window)\.ts$/.test(file))
  assert.deepEqual(importers, [])
})

test('quitting waits for the store to be closed, once, however often it is asked', async () => {
  let prevented = 0
  for (let i = 0; i < 3; i++) app.emit('before-quit', { preventDefault: () => (prevented += 1) })
  assert.equal(prevented, 3)
  for (let i = 0; i < 500 && !seen.order.includes('quit'); i++) await setTimeout(10)
  await setTimeout(50)
  assert.equal(seen.order.filter(call => call === 'quit').length, 1)
  app.emit('before-quit', { preventDefault: () => (prevented += 1) })
  assert.equal(prevented, 3)
})
