import { Buffer } from 'node:buffer'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { Mask } from '../../electron/replay/mask.ts'
import { guardedLookup } from '../../electron/replay/origin.ts'
import { RawEvents } from '../../electron/replay/raw-events.ts'
import { retryAfter } from '../../electron/replay/retry-after.ts'
import { usualLimits, type SendOptions } from '../../electron/replay/send.ts'
import { StreamedAnswer } from '../../electron/replay/streamed-answer.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import { callPiece, type Piece } from '../../shared/replay/pieces.ts'
import { dialectIds } from '../../shared/replay/types.ts'
import { outgoing, send, textOf } from './outgoing.ts'
import { answerOf, streamOf } from './provider-answers.ts'
import { goodKey, openProvider, type Trouble } from './provider-server.ts'

// Requests over real sockets, to a provider that refuses what the real ones refuse.

const cases = dialectIds.flatMap(dialect => [true, false].map(streams => ({ dialect, streams })))

test.for(cases)(
  '$dialect, streamed: $streams: the body leaves as it is and the answer is read',
  async ({ dialect, streams }) => {
    await using provider = await openProvider(dialect)
    const out = outgoing(provider, dialect, streams)
    const pieces: Piece[] = []
    const answer = await send(out, { told: (_phase, _bytes, more) => void pieces.push(...more) })
    expect(answer).toMatchObject({ outcome: 'ok', httpStatus: 200, streamed: streams, isAnswer: true })
    expect(provider.seen.map(({ body }) => body)).toEqual([out.body])
    const { api } = dialectOf(dialect)
    expect(api.readResponse(JSON.parse(answer.body))).toEqual(
      api.readResponse(JSON.parse(JSON.stringify(answerOf(dialect)))),
    )
    expect(api.responseFacts(JSON.parse(answer.body)).usage).toMatchObject({ input: 9, output: 4 })
    // A whole answer comes at once: there is nothing to show of it before it is read.
    expect(textOf(pieces)).toBe(streams ? 'Let me look.' : '')
    const calls = pieces.flatMap(({ toolCalls }) => toolCalls ?? [])
    const callsTool = streams && dialect !== 'gemini' && dialect !== 'ollama-chat'
    expect(calls.map(call => call.arguments ?? '').join('')).toBe(callsTool ? '{"city":"Lisbon"}' : '')
    expect(answer.bytesOut).toBeGreaterThan(Buffer.byteLength(out.body))
  },
)

test.for(dialectIds)('%s: a stream that broke off is incomplete, and what came of it is kept', async dialect => {
  await using provider = await openProvider(dialect)
  const { events } = streamOf(dialect)
  for (const [how, code] of [
    ['cut', 'replay/broken-off'],
    ['end', 'replay/no-end'],
  ] as const) {
    provider.next({ after: [events.length - 1 - Number(dialect === 'openai-chat'), how] })
    const answer = await send(outgoing(provider, dialect, true))
    expect(answer).toMatchObject({ outcome: 'incomplete', error: { code } })
    expect(answer.body).toContain('Let me')
  }
  expect(provider.seen).toHaveLength(2)
})

test.for(dialectIds)('%s: what the provider refuses is said in its words, with the key masked', async dialect => {
  await using provider = await openProvider(dialect)
  const answer = await send({ ...outgoing(provider, dialect, true), body: '{}' })
  expect(answer).toMatchObject({ outcome: 'refused', httpStatus: 400, isAnswer: false })
  expect(answer.error?.message).toMatch(/^Missing required parameter/)
  if (dialect === 'ollama-chat') return
  const key = { ...outgoing(provider, dialect, true).key!, value: `${goodKey}-wrong` }
  const wrong = await send({ ...outgoing(provider, dialect, true), key })
  expect(wrong.error?.message).toMatch(/^Incorrect API key provided: (?:Bearer )?\(key\)\.$/)
  expect(JSON.stringify(wrong)).not.toContain(goodKey)
})

const chat = async (trouble: Trouble, options: Partial<SendOptions> = {}, streams = true) => {
  await using provider = await openProvider('openai-chat')
  provider.next(trouble)
  return await send(outgoing(provider, 'openai-chat', streams), options)
}
const events = (...data: readonly string[]) => data.map(one => `data: ${one}\n\n`)
const sse = (...chunks: readonly string[]): Trouble => ({ raw: { type: 'text/event-stream', chunks } })

test('what is malformed, failed midway or too long ends the answer there', async () => {
  const hello = '{"choices":[{"index":0,"delta":{"content":"Hello"}}]}'
  const malformed = await chat(sse(...events(hello, '{"choices":[')))
  expect(malformed).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/malformed' } })
  expect(malformed.body).toContain('Hello')
  const failed = await chat(sse(...events(hello, '{"error":{"message":"Overloaded","type":"server_error"}}')))
  expect(failed).toMatchObject({ outcome: 'incomplete', error: { code: 'server_error', message: 'Overloaded' } })
  const limits = { ...usualLimits, line: 1000, answer: 5000 }
  const longLine = await chat(sse('data: ', 'x'.repeat(2000)), { limits })
  expect(longLine).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/too-long' } })
  const endless = await chat(sse(...Array.from({ length: 1000 }, () => ': ping\n\n')), { limits })
  expect(endless).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/too-long' } })
  const page = await chat({ raw: { type: 'text/html', chunks: ['<h1>Sign in</h1>'] } })
  expect(page).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/malformed' }, isAnswer: false })
})

test('429: nothing is sent again by itself; when to come back is told', async () => {
  const answer = await chat({ status: 429, headers: { 'retry-after': '2' }, body: '{"error":{"message":"Slow down"}}' })
  expect(answer).toMatchObject({
    outcome: 'refused',
    httpStatus: 429,
    retryAfter: 2000,
    error: { message: 'Slow down' },
  })
  const now = Date.parse('2026-11-22T10:00:00Z')
  expect(retryAfter({ 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, now)).toBe(30_000)
  expect(retryAfter({ 'retry-after': '86400' }, now)).toBe(3_600_000)
  for (const headers of [{}, { 'retry-after': 'soon' }, { 'retry-after': '-5' }, { 'retry-after': '0' }])
    expect(retryAfter(headers, now)).toBeUndefined()
  expect(retryAfter({ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, now)).toBeUndefined()
  expect(retryAfter({ 'retry-after-ms': '', 'retry-after': '7' }, now)).toBe(7000)
})

test('a place among the calls that is no number of one is the place where it stands', () => {
  expect([1, 1.5, 1e300, null].map(index => callPiece(index, 7, 'f', '{}').index)).toEqual([1, 7, 7, 7])
})

test('what is no answer of the dialect is no success, and says what it is', async () => {
  const json = (chunk: string, headers = {}): Trouble => ({
    headers,
    raw: { type: 'application/json', chunks: [chunk] },
  })
  for (const [trouble, message] of [
    [json('{}'), 'The answer is JSON, but not as openai-chat answers; is it what the server speaks?'],
    [json('[]'), 'The answer is JSON, but not as openai-chat answers; is it what the server speaks?'],
    [json(''), 'The answer is empty.'],
    [
      json('\x1f\x8b', { 'content-encoding': 'gzip' }),
      'The answer is packed (gzip), which it was asked not to be; it was not opened.',
    ],
  ] as const) {
    const answer = await chat(trouble, {}, false)
    expect(answer).toMatchObject({
      outcome: 'incomplete',
      error: { code: 'replay/malformed', message },
      isAnswer: false,
    })
  }
  const unmodified = chat({ raw: { type: 'text/plain', chunks: [] }, status: 304 })
  await expect(unmodified).rejects.toMatchObject({ code: 'replay/no-answer' })
})

test('after its end mark a stream is whole, whatever follows and however its connection ends', async () => {
  const { events: written } = streamOf('openai-chat')
  const limits = { ...usualLimits, afterEnd: 20 }
  expect(await chat({ hangs: written.length }, { limits })).toMatchObject({ outcome: 'ok' })
  expect(await chat(sse(...written, 'data: {"cho\n\n'))).toMatchObject({ outcome: 'ok' })
})

test('a server that changes the protocol is no answer', async () => {
  const server = createServer(socket =>
    socket.on('error', () => {}).end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(send(outgoing({ origin }, 'openai-chat', false))).rejects.toMatchObject({ code: 'replay/no-answer' })
  server.close()
})

test('a key that is repeated in pieces, escaped, or in the address of a redirect is masked', async () => {
  const say = (content: string) => events(JSON.stringify({ choices: [{ index: 0, delta: { content } }] }))
  const pieces: Piece[] = []
  const told: SendOptions['told'] = (_phase, _bytes, more) => void pieces.push(...more)
  const split = sse(...Array.from(`a${goodKey}sk-b sk-`, say).flat(), ...events('[DONE]'))
  expect((await chat(split, { told })).body).toContain('a(key)sk-b sk-')
  expect(textOf(pieces)).toBe('a(key)sk-b sk-')
  const escaped = Array.from(goodKey, one => `\\u00${one.charCodeAt(0).toString(16).toUpperCase()}`).join('')
  const message = `{"choices":[{"message":{"role":"assistant","content":"\\\\${escaped}"}}]}`
  const whole = await chat({ raw: { type: 'application/json', chunks: [message] } }, {}, false)
  expect(JSON.parse(whole.body)).toMatchObject({ choices: [{ message: { content: '\\(key)' } }] })
  const redirect = chat({ status: 302, headers: { location: `https://${goodKey}.test/` } })
  await expect(redirect).rejects.toMatchObject({ message: expect.stringContaining('https://(key).test;') as string })
})

test.for([goodKey, 'sk-~~~???>>>-0123456789'])('a key that is repeated in another spelling is masked: %s', key => {
  const bytes = Buffer.from(key)
  const behind = (before: string) => Buffer.from(`${before}${key}`).toString('base64')
  for (const spelled of [
    bytes.toString('base64'),
    bytes.toString('base64url'),
    behind('u:'),
    behind('user:'),
    behind('user:').replaceAll('/', '\\/'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ]) {
    const mask = new Mask(key)
    const masked = mask.text(`It is ${spelled}.`)
    expect(masked).toMatch(/^It is [\w+/]{0,8}\(key\)[\w+/=%]{0,6}\.$/)
    const pieces = Array.from(`It is ${spelled.replaceAll('\\', '')}.`, text => mask.piece({ text }))
    expect(textOf([...pieces, ...mask.rest()])).toBe(masked)
  }
  const mask = new Mask(key)
  expect(mask.text(encodeURIComponent(bytes.toString('base64')))).toMatch(/^\(key\)[\w%]{0,8}$/)
  const other = Buffer.from(`not ${key.slice(0, 9)}`).toString('base64')
  expect(mask.text(other)).toBe(other)
  expect(textOf([mask.piece({ text: other }), ...mask.rest()])).toBe(other)
})

test('a redirect is an error, and its target hears nothing', async () => {
  await using other = await openProvider('openai-chat')
  const redirected = chat({ status: 307, headers: { location: `${other.origin}/v1/chat/completions` } })
  await expect(redirected).rejects.toMatchObject({ code: 'replay/redirected' })
  expect(other.seen).toEqual([])
})

const hanging = dialectIds.flatMap(dialect => (['before headers', 0, 1] as const).map(hangs => ({ dialect, hangs })))

test.for(hanging)(
  '$dialect, cancelled while it hangs ($hangs): the connection is closed within 100 ms',
  async ({ dialect, hangs }) => {
    await using provider = await openProvider(dialect)
    provider.next({ hangs })
    const stop = new AbortController()
    const { promise: isThere, resolve: arrived } = Promise.withResolvers<void>()
    const told: SendOptions['told'] = (phase, _bytes, pieces) => {
      if (phase !== 'answering' ? phase === 'waiting' && hangs === 'before headers' : hangs === 0 || pieces.length > 0)
        arrived()
    }
    const sent = send(outgoing(provider, dialect, true), { signal: stop.signal, told })
    const outcome = sent.then(
      answer => answer.outcome,
      (error: { code: string }) => `rejected: ${error.code}`,
    )
    await isThere
    const began = performance.now()
    stop.abort()
    expect(await outcome).toBe(hangs === 'before headers' ? 'rejected: cancelled' : 'cancelled')
    await provider.closed()
    expect(performance.now() - began).toBeLessThan(100)
  },
)

test('an answer that lasts as long as its connection is cancelled, or given up, too', async () => {
  const server = createServer(socket =>
    socket.on('error', () => {}).write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"a":'),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const out = outgoing({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, 'anthropic', false)
  const stop = new AbortController()
  const told: SendOptions['told'] = phase => phase === 'answering' && setTimeout(() => stop.abort(), 20)
  expect(await send(out, { signal: stop.signal, told })).toMatchObject({ outcome: 'cancelled', body: '{"a":' })
  const limits = { ...usualLimits, total: 50 }
  expect(await send(out, { limits })).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/timeout' } })
  server.close()
})

test('who hangs is given up', async () => {
  const limits = { ...usualLimits, idle: 50, total: 200 }
  for (const hangs of [0, 3]) {
    const idle = await chat({ hangs }, { limits: { ...limits, total: 10_000 } })
    expect(idle).toMatchObject({ outcome: 'incomplete', error: { code: 'replay/timeout' } })
  }
  await expect(chat({ hangs: 'before headers' }, { limits })).rejects.toMatchObject({ code: 'replay/timeout' })
})

test('nothing goes to another address than the connection’s, nor to a refused one', async () => {
  await using provider = await openProvider('openai-chat')
  const out = outgoing(provider, 'openai-chat', false)
  for (const url of ['http://127.0.0.1:1/v1/chat/completions', out.url.replace('//', '//user:pw@')])
    await expect(send({ ...out, url })).rejects.toMatchObject({ code: 'replay/bad-origin' })
  for (const origin of [
    'http://example.com',
    'http://169.254.169.254',
    'http://[::ffff:a9fe:a9fe]',
    'http://2852039166',
    'https://0xa9.254.0251.254',
    'https://169.254.169.254.',
    'https://[64:ff9b::a9fe:a9fe]',
    'https://[2002:a9fe:a9fe::]',
    'https://100.100.100.200',
    'http://0.1',
    'file:///x',
  ])
    await expect(send({ ...out, origin, url: `${origin}/v1` })).rejects.toMatchObject({ code: 'replay/bad-origin' })
  expect(provider.seen).toEqual([])
  await provider[Symbol.asyncDispose]()
  await expect(send(out)).rejects.toMatchObject({ code: 'replay/no-connection' })
})

test.for([
  [true, '127.0.0.1', undefined],
  [true, '93.184.216.34', 'replay/refused-address'],
  [false, '93.184.216.34', undefined],
  [false, '169.254.169.254', 'replay/refused-address'],
  [false, 'fe80::1', 'replay/refused-address'],
] as const)('unencrypted: %s: a name that is at %s when the connection is made', async ([isOpen, address, code]) => {
  const family = address.includes(':') ? 6 : 4
  const lookup = guardedLookup(isOpen, (_host, answer) =>
    answer(null, [
      { address: '127.0.0.1', family: 4 },
      { address, family },
    ]),
  )
  const error = await new Promise<Error | null>(resolve => lookup('a.test', { all: true }, resolve))
  expect((error as { code?: string } | null)?.code).toBe(code)
})

test('a stream says the same however it is cut, in CRLF, with comments and a BOM', () => {
  const { events: written } = streamOf('anthropic')
  const plain = written.join('')
  const odd = `\ufeff: hello\r\n${plain.replaceAll('\n', '\r\n').replace('data: {"type":"ping"}', 'data: {"type":\r\ndata:"ping"}')}`
  const read = (text: string, at: number) => {
    const answer = new StreamedAnswer(dialectOf('anthropic'), 'events', 10_000, new Mask(undefined), 0)
    const bytes = Buffer.from(text)
    const pieces = [...answer.push(bytes.subarray(0, at)), ...answer.push(bytes.subarray(at)), ...answer.finish()]
    return { body: answer.whole().body, ended: answer.ended, text: textOf(pieces) }
  }
  const whole = read(plain, 0)
  expect(whole).toMatchObject({ ended: true, text: 'Let me look.' })
  for (let at = 0; at < Buffer.byteLength(odd); at++) expect(read(odd, at)).toEqual(whole)
})

test('a stream is kept as it came, of a long one its beginning and its end; not where its pieces make up the key', () => {
  const raw = new RawEvents(performance.now())
  for (let i = 0; i < 5000; i++) raw.add(`{"n":${i}}`)
  const { events, left_out, chunks } = raw.record()!
  expect(left_out).toBe(3000)
  expect([events[0], events.at(-1)].map(event => event!.data)).toEqual(['{"n":0}', '{"n":4999}'])
  expect(chunks.count).toBe(5000)
  const huge = new RawEvents(0)
  for (let i = 0; i < 40; i++) huge.add('x'.repeat(100_000))
  expect(huge.record()!.events.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(1 << 20)
  expect(huge.record()!.events.length + huge.record()!.left_out).toBe(40)
  const answer = new StreamedAnswer(dialectOf('ollama-chat'), 'lines', 10_000, new Mask(goodKey), 0)
  for (const content of [goodKey.slice(0, 9), goodKey.slice(9)])
    answer.push(Buffer.from(`${JSON.stringify({ message: { role: 'assistant', content }, done: false })}\n`))
  expect(answer.whole().stream).toBeUndefined()
  expect(answer.whole().body).not.toContain(goodKey)
})
