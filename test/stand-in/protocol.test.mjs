// Rows 7 and 18: what app:// serves, and with which policy.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { seen } from './app.mjs'

const get = (url, init) => seen.protocols.get('app')(new Request(url, init))

/** A request whose URL was not tidied by a URL parser on the way. */
const getRaw = url => seen.protocols.get('app')({ method: 'GET', url })

test('the page and everything it names are served, with the policy', async () => {
  const page = await get('app://bundle/index.html')
  assert.equal(page.status, 200)
  const html = await page.text()
  const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name)
  assert.ok(named.length > 0)
  for (const name of named) {
    const answer = await get(new URL(name, 'app://bundle/index.html').href)
    assert.equal(answer.status, 200, name)
    assert.match(answer.headers.get('content-type'), /^(?:text|image|application)\//)
    assert.ok(answer.headers.get('content-security-policy'), name)
  }
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/, 'no inline script')
})

test('7: the page itself holds the policy too, but for what only a header can say', async () => {
  const page = await get('app://bundle/index.html')
  const header = page.headers.get('content-security-policy')
  const [, meta] = (await page.text()).match(/<meta http-equiv="Content-Security-Policy" content="([^"]+)"/)
  assert.equal(meta.replaceAll('&#39;', "'"), header.replace("frame-ancestors 'none'; ", ''))
})

test('7: the policy is this one', async () => {
  const { headers } = await get('app://bundle/index.html')
  const policy = Object.fromEntries(
    headers
      .get('content-security-policy')
      .split('; ')
      .map(rule => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
  )
  assert.deepEqual(
    { ...policy, 'trusted-types': undefined },
    {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'font-src': "'self' data:",
      'img-src': "'self' data: blob:",
      'media-src': 'data: blob:',
      'connect-src': "'self'",
      'worker-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': undefined,
    },
  )
  assert.match(policy['trusted-types'], /\bapp-worker 'allow-duplicates'$/)
  assert.doesNotMatch(policy['trusted-types'], /\*|\bdefault\b/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
})

test('18: nothing else on the disk answers', async () => {
  const outside = [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/main/main.js',
    '/%2e%2e%2fmain%2fmain.js',
    '/%252e%252e/main/main.js',
    '/..%5c..%5cpackage.json',
    '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/%00',
    '/index.html%00.png',
    '/',
    '/assets',
    '/assets/',
    '/.',
    '/%',
    '/%e0%a4%a',
    '/index.html/',
    '/INDEX.HTML%20',
    '//etc/passwd',
    '/C:/Windows/win.ini',
    '/C%3A%5cWindows%5cwin.ini',
  ]
  for (const where of outside) {
    assert.equal((await get(`app://bundle${where}`)).status, 404, where)
    assert.equal((await getRaw(`app://bundle${where}`)).status, 404, `as written: ${where}`)
  }
})

test('18: another host of our scheme is nobody', async () => {
  for (const url of [
    'app://evil/index.html',
    'app://bundle.evil/index.html',
    'app://user@bundle/index.html',
    'app://bundle:1/index.html',
  ]) {
    assert.equal((await getRaw(url)).status, 404, url)
  }
  assert.equal((await get('app://bundle/index.html', { method: 'POST' })).status, 404)
})

test('18: a link in the folder leads nowhere', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-'))
  const link = path.resolve('out/renderer/assets/stand-in-link.js')
  writeFileSync(path.join(folder, 'secret.js'), 'secret')
  symlinkSync(path.join(folder, 'secret.js'), link)
  try {
    assert.equal((await get('app://bundle/assets/stand-in-link.js')).status, 404)
  } finally {
    rmSync(link)
    rmSync(folder, { recursive: true })
  }
})
