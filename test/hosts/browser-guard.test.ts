import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { decodeBody } from '../../shared/contract/wire.ts'
import { type PageServer, servePage } from '../../electron/hosts/browser/server.ts'
import { Session, tokenLife } from '../../electron/hosts/browser/session.ts'
import { contentSecurityPolicy } from '../../electron/hosts/page.ts'

// Raw sockets: a client library would repair exactly what is to be refused.

const folder = mkdtempSync(path.join(tmpdir(), 'page-'))
const uploads: string[] = []
const cancelled = vi.fn<(name: string) => void>()
let server: PageServer
let cookie = ''

vi.spyOn(console, 'error').mockImplementation(() => {})

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), '<title>page</title>')
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'assets/a.js'), 'export {}')
  symlinkSync('/etc/passwd', path.join(folder, 'assets/link.js'))
  server = await servePage({
    folder,
    port: 0,
    inspector: {
      ask: async (name, input, signal) => {
        if (name === 'slow') await new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()))
        if (name === 'slow') cancelled('slow')
        if (name === 'arrays') return { ok: true, value: { id: new Float64Array([1, Number.NaN]) } }
        return { ok: true, value: { name, input } }
      },
      upload: async (key, chunks) => {
        let size = 0
        for await (const chunk of chunks) size += chunk.length
        uploads.push(`${key} ${size}`)
      },
    },
  })
  const first = await send(`GET ${tokenPath()} HTTP/1.1\r\nHost: ${host()}\r\n\r\n`)
  cookie = /set-cookie: ([^;]*)/i.exec(first.head)?.[1] ?? ''
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})
afterEach(() => cancelled.mockClear())

const host = () => `127.0.0.1:${server.port}`
const own = () => `http://${host()}`
const tokenPath = () => server.newAddress().slice(own().length)

/** Writes bytes, and reads until the other side closes or has answered in full. */
function send(request: string, waitFor = /\r\n\r\n/): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    const done = (): void => {
      socket.destroy()
      const [head = '', ...rest] = text.split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') })
    }
    socket.setTimeout(10_000, done)
    socket.on('data', data => {
      text += data.toString('latin1')
      if (waitFor.test(text)) setTimeout(done, 30)
    })
    socket.on('close', done)
    socket.on('error', error => (text === '' ? reject(error) : done()))
    socket.write(request)
  })
}

interface Post {
  readonly path?: string
  readonly headers?: Record<string, string | undefined>
  readonly body?: string
}

function post({ path: where = '/ask/app.info', headers = {}, body = '{}' }: Post = {}) {
  const all: Record<string, string | undefined> = {
    host: host(),
    origin: own(),
    cookie,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return send(`POST ${where} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

function get(where: string, headers: readonly string[] = []) {
  return send(`GET ${where} HTTP/1.1\r\n${[`Host: ${host()}`, `Cookie: ${cookie}`, ...headers].join('\r\n')}\r\n\r\n`)
}

describe('the session', () => {
  test('our page is answered', async () => {
    const answer = await post({ path: '/ask/traces.find', body: '{"traceId":"a"}' })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { name: 'traces.find', input: { traceId: 'a' } } })
  })

  test('an address lets one in once, and hands out a cookie no script can read', async () => {
    const where = tokenPath()
    const request = `GET ${where} HTTP/1.1\r\nHost: ${host()}\r\n\r\n`
    const first = await send(request)
    expect(first.status).toBe(303)
    expect(first.head).toMatch(
      new RegExp(`set-cookie: spanwise-${server.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/`, 'i'),
    )
    expect(first.head).toMatch(/location: \/\r?\n/i)
    expect((await send(request)).status).toBe(403)
  })

  test('an address is void after a minute, and when a newer one was printed', () => {
    let now = 0
    const session = new Session(() => now)
    const old = session.newToken()
    const token = session.newToken()
    expect(session.swap(old, 1)).toBeUndefined()
    now = tokenLife + 1
    expect(session.swap(token, 1)).toBeUndefined()
    expect(session.swap(session.newToken(), 1)).toBeDefined()
  })

  test.each([
    ['no cookie', { cookie: undefined }],
    ['a wrong cookie', { cookie: 'spanwise-1=x' }],
    ['a wrong secret', { cookie: `spanwise-0=${'x'.repeat(43)}` }],
  ])('%s: 403', async (_, headers) => expect((await post({ headers })).status).toBe(403))

  test('a wrong token: 403', async () => {
    const answer = await send(`GET /?token=${'x'.repeat(43)} HTTP/1.1\r\nHost: ${host()}\r\n\r\n`, /again\./)
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('Press Enter in the terminal')
  })
})

describe('the address must be ours, spelled as we printed it', () => {
  test.each([
    ['another name', () => `Host: evil.test:${server.port}`, 403],
    ['localhost', () => `Host: localhost:${server.port}`, 403],
    ['no port', () => 'Host: 127.0.0.1', 403],
    ['a decimal address', () => `Host: 2130706433:${server.port}`, 403],
    ['two hosts', () => `Host: ${host()}\r\nHost: evil.test`, /400|403/],
    ['two equal hosts', () => `Host: ${host()}\r\nHost: ${host()}`, /400|403/],
    ['none', () => 'X-Nothing: 1', /400|403/],
  ])('%s', async (_, line, status) => {
    const answer = await send(`GET / HTTP/1.1\r\n${line()}\r\nCookie: ${cookie}\r\n\r\n`)
    expect(String(answer.status)).toMatch(new RegExp(`^${status instanceof RegExp ? status.source : status}$`))
  })

  test('an absolute address in the request line', async () => {
    expect((await get('http://evil.test/')).status).toBe(400)
    expect((await get(`http://${host()}/`)).status).toBe(400)
    expect((await get('//evil.test/')).status).toBe(400)
  })

  test('HTTP/1.0 without Host', async () => {
    expect((await send(`GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`)).status).toBe(403)
  })
})

describe('other sites', () => {
  test.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['a null origin', { origin: 'null' }],
    ['our port on another name', { origin: 'http://localhost:1' }],
    ['no origin', { origin: undefined }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('%s: 403', async (_, headers) => {
    const answer = await post({ headers })
    expect(answer.status).toBe(403)
    expect(answer.head).not.toMatch(/access-control/i)
  })

  test('a link from another site does not open even the page', async () => {
    expect((await get('/', ['Sec-Fetch-Site: cross-site'])).status).toBe(403)
    expect((await get('/', ['Sec-Fetch-Site: none'])).status).toBe(200)
  })

  test('a preflight is refused and names no origin', async () => {
    const answer = await send(
      `OPTIONS /ask/app.info HTTP/1.1\r\nHost: ${host()}\r\nOrigin: https://evil.test\r\nAccess-Control-Request-Method: POST\r\n\r\n`,
    )
    expect(answer.status).toBe(403)
    expect(answer.head).not.toMatch(/access-control/i)
  })

  test.each(['PUT', 'DELETE', 'HEAD', 'PATCH'])('%s: 405', async method => {
    const answer = await send(`${method} / HTTP/1.1\r\nHost: ${host()}\r\nCookie: ${cookie}\r\n\r\n`)
    expect(answer.status).toBe(405)
  })
})

describe('content types', () => {
  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    [undefined, 415],
    ['application/json, text/plain', 415],
    ['application/octet-stream', 415],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
  ])('%s: %i', async (type, status) => {
    expect((await post({ headers: { 'content-type': type } })).status).toBe(status)
  })

  test('an upload takes bytes only', async () => {
    expect((await post({ path: '/upload/k' })).status).toBe(415)
    const headers = { 'content-type': 'application/octet-stream' }
    expect((await post({ path: '/upload/k', headers, body: 'x'.repeat(1000) })).status).toBe(200)
    expect(uploads).toEqual(['k 1000'])
  })
})

describe('bodies and paths', () => {
  test('nine megabytes are no question', async () => {
    expect((await post({ body: JSON.stringify('x'.repeat(9 << 20)) })).status).toBe(413)
  })

  test('broken JSON: 400', async () => expect((await post({ body: '{' })).status).toBe(400))

  test('a header of 40 KB: 431; CL and TE together: 400', async () => {
    expect((await get('/', [`X: ${'x'.repeat(40_000)}`])).status).toBe(431)
    expect((await post({ headers: { 'transfer-encoding': 'chunked' } })).status).toBe(400)
  })

  test('typed arrays come as bytes', async () => {
    const answer = await post({ path: '/ask/arrays' })
    expect(answer.head).toMatch(/content-type: application\/octet-stream/i)
    const bytes = Uint8Array.from(Buffer.from(answer.body, 'latin1'))
    expect(decodeBody(bytes.buffer, part => new TextDecoder().decode(part))).toEqual({
      id: new Float64Array([1, Number.NaN]),
    })
  })

  test.each([
    '/../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%252e%252e/x',
    '/assets%5c..%5c..%5cx',
    '/assets/link.js',
    '/assets/a.js%00.html',
    '/assets/',
    '/missing',
    '/%',
  ])('%s: 404', async where => expect((await get(where)).status).toBe(404))

  test('every answer carries the policy', async () => {
    for (const answer of [
      await get('/'),
      await get('/missing'),
      await post(),
      await get('/', ['Sec-Fetch-Site: cross-site']),
    ]) {
      expect(answer.head).toContain(`content-security-policy: ${contentSecurityPolicy}`)
      expect(answer.head).toMatch(/x-content-type-options: nosniff/)
      expect(answer.head).toMatch(/cross-origin-opener-policy: same-origin/)
      expect(answer.head).toMatch(/cross-origin-resource-policy: same-origin/)
      expect(answer.head).not.toMatch(/access-control/i)
    }
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/)
  })
})

test('events reach a page that listens', async () => {
  const heard = send(`GET /events HTTP/1.1\r\nHost: ${host()}\r\nCookie: ${cookie}\r\n\r\n`, /store\.changed/)
  const timer = setInterval(() => server.emit('store.changed', { import: 3 }), 20)
  const { body } = await heard
  clearInterval(timer)
  expect(body).toContain('event: store.changed\ndata: {"import":3}\n\n')
})

test('a page that hangs up cancels what it asked', async () => {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(
    `POST /ask/slow HTTP/1.1\r\nHost: ${host()}\r\nOrigin: ${own()}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
  )
  setTimeout(() => socket.destroy(), 100)
  await vi.waitFor(() => expect(cancelled).toHaveBeenCalledWith('slow'), 3000)
})

test('headers that never end are cut off after five seconds', { timeout: 15_000 }, async () => {
  const started = performance.now()
  const answer = await send(`GET / HTTP/1.1\r\nHost: ${host()}\r\n`)
  expect(answer.status).toBe(408)
  expect(performance.now() - started).toBeLessThan(8000)
})
