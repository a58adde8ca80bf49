import { afterEach, expect, test, vi } from 'vitest'
import { encodeBody } from '../../shared/contract/wire.ts'
import { bridgeTransport } from '../../renderer/state/bridge-transport.ts'
import { createClient } from '../../renderer/state/client.ts'
import { httpTransport } from '../../renderer/state/http-transport.ts'
import { RequestCancelled } from '../../renderer/state/request-error.ts'
import { traceRow } from './fake-client.ts'

const page = new EventTarget()
afterEach(() => vi.unstubAllGlobals())

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })

test('asks over HTTP by name and hands out what the schema lets through', async () => {
  const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>()
  fetched.mockResolvedValue(json({ ok: true, value: { id: 4 } }))
  vi.stubGlobal('fetch', fetched)
  const client = createClient(httpTransport(page))
  expect(await client.ask('traces.find', { traceId: 'a' })).toEqual({ id: 4 })
  expect(fetched.mock.calls[0]?.[0]).toBe('/ask/traces.find')
  expect(fetched.mock.calls[0]?.[1].body).toBe('{"traceId":"a"}')
})

test('what is cancelled while its answer arrives is cancelled, and no error', async () => {
  const abort = new AbortController()
  vi.stubGlobal('fetch', () => {
    const broken = new ReadableStream({
      pull: () => {
        abort.abort()
        throw new DOMException('signal is aborted without reason', 'AbortError')
      },
    })
    return Promise.resolve(new Response(broken, { headers: { 'content-type': 'application/octet-stream' } }))
  })
  const asked = createClient(httpTransport(page)).ask('traces.tree', { id: 1 }, abort.signal)
  await expect(asked).rejects.toBeInstanceOf(RequestCancelled)
})

test('typed arrays come out of a binary body', async () => {
  const tree = {
    trace: traceRow(1),
    id: Float64Array.of(1, 2),
    last: Uint32Array.of(1, 1),
    depth: Uint16Array.of(0, 1),
    kind: Uint8Array.of(5, 0),
    status: Uint8Array.of(0, 2),
    name: Uint32Array.of(1, 2),
    model: Uint32Array.of(0, 0),
    offset: Float64Array.of(0, 12.5),
    duration: Float64Array.of(100, Number.NaN),
    input: Float64Array.of(0, 1),
    output: Float64Array.of(0, 1),
    cached: Float64Array.of(0, 1),
    cost: Float64Array.of(0, 1),
    recorded: Float64Array.of(0, Number.NaN),
    computed: Float64Array.of(Number.NaN, 1),
    firstToken: Float64Array.of(0, 1),
    criticalRow: Uint32Array.of(0),
    criticalFrom: Float64Array.of(0),
    criticalTo: Float64Array.of(100),
    counted: Uint8Array.of(0, 1),
    marks: Uint32Array.of(0, 1),
    strings: ['', 'agent', 'plan'],
  }
  const body = encodeBody(tree, text => new TextEncoder().encode(text))
  vi.stubGlobal('fetch', () =>
    Promise.resolve(new Response(body.slice().buffer, { headers: { 'content-type': 'application/octet-stream' } })),
  )
  const answer = await createClient(httpTransport(page)).ask('traces.tree', { id: 1 })
  expect(answer).toEqual(tree)
  expect(answer.duration).toBeInstanceOf(Float64Array)
})

test('every failure has a code: of the contract, of the way, of an answer that was not agreed', async () => {
  const answers = [
    () => Promise.resolve(json({ ok: false, error: { code: 'store/damaged', message: 'Page 812.' } })),
    () => Promise.resolve(new Response('', { status: 403 })),
    () => Promise.reject(new TypeError('Failed to fetch')),
    () => Promise.resolve(json({ ok: true, value: { id: 'four' } })),
  ]
  const codes: string[] = []
  for (const answer of answers) {
    vi.stubGlobal('fetch', answer)
    const asked = createClient(httpTransport(page)).ask('traces.find', { traceId: 'a' })
    await asked.catch((error: { code: string }) => codes.push(error.code))
  }
  expect(codes).toEqual(['store/damaged', 'host/session', 'host/unreachable', 'window/unreadable-answer'])
})

test('a cancelled request is cancelled at the host and ends as such', async () => {
  let seen: AbortSignal | undefined
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    seen = init.signal ?? undefined
    return new Promise((_, reject) => seen?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))))
  })
  const abort = new AbortController()
  const asked = createClient(httpTransport(page)).ask('store.summary', {}, abort.signal)
  abort.abort()
  await expect(asked).rejects.toBeInstanceOf(RequestCancelled)
  expect(seen?.aborted).toBe(true)
})

test('what is said while the page is being left is sent to its end, and only that', async () => {
  const kept: (boolean | undefined)[] = []
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    kept.push(init.keepalive)
    return json({ ok: true, value: {} })
  })
  const client = createClient(httpTransport(page))
  for (const event of ['pageshow', 'pagehide', 'pageshow']) {
    page.dispatchEvent(new Event(event))
    await client.ask('settings.write', { name: 'spanwise.theme', value: 'dark' })
  }
  expect(kept).toEqual([false, true, false])
})

test('chosen files are announced and sent as one stream of their bytes', async () => {
  const sent: { path: string; body: Blob }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.startsWith('/upload/')) sent.push({ path, body: init.body as Blob })
    return json(path.startsWith('/upload/') ? {} : { ok: true, value: { import: 3, key: 'k/1' } })
  })
  const started = await createClient(httpTransport(page)).importFrom({
    files: [new File(['ab'], 'a'), new File(['c'], 'b')],
  })
  await started.sent
  expect(started.import).toBe(3)
  expect(sent[0]?.path).toBe('/upload/k/1')
  expect(await sent[0]?.body.text()).toBe('abc')
})

test('the window cancels through the bridge by its ticket', async () => {
  const cancelled: number[] = []
  const client = createClient(
    bridgeTransport({
      ask: (name, _input, ticket) =>
        name === 'store.summary' ? new Promise(() => {}) : Promise.resolve({ ok: true, value: { id: ticket } }),
      cancel: ticket => cancelled.push(ticket),
      on: () => () => {},
      pathsOfFiles: files => files.map(() => ''),
    }),
  )
  expect(await client.ask('traces.find', { traceId: 'a' })).toEqual({ id: 1 })
  const abort = new AbortController()
  const asked = client.ask('store.summary', {}, abort.signal)
  abort.abort()
  await expect(asked).rejects.toBeInstanceOf(RequestCancelled)
  expect(cancelled).toEqual([2])
  await expect(client.importFrom({ files: [new File([], 'x')] })).rejects.toMatchObject({ code: 'window/no-path' })
})
