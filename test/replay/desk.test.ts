import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type MemoryHost, openMemoryHost } from '../../electron/hosts/memory.ts'
import { lockVariable } from '../../electron/replay/lock.ts'
import { mostAtOnce } from '../../electron/replay/turns.ts'
import type { EventData, Input } from '../../shared/contract/index.ts'
import { body, calls, lossySpan, spanId, traceId } from './logged-calls.ts'
import { goodKey, openProvider, type Provider } from './provider-server.ts'

// From a click to the stored answer, with every process in this one.

let provider: Provider
let host: MemoryHost
let id: number
let lossyId: number
beforeAll(async () => {
  provider = await openProvider('openai-chat')
  host = openMemoryHost()
  const { key } = await host.ask('imports.upload', { files: [{ name: 'calls.json' }] })
  const ended = new Promise(resolve => host.on('imports.ended', resolve))
  await host.inspector.upload(
    key,
    (async function* () {
      yield Buffer.from(calls)
    })(),
  )
  await ended
  id = (await host.ask('replay.find', { spanId })).id!
  lossyId = (await host.ask('replay.find', { spanId: lossySpan })).id!
  await host.ask('replay.saveProfile', mine())
  await host.ask('replay.putKey', { name: 'Mine', key: goodKey, place: 'session' })
})
afterAll(async () => {
  await host.close()
  await provider[Symbol.asyncDispose]()
})

const mine = () => ({ name: 'Mine', origin: provider.origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' }) as const

const word = (is: (one: EventData<'replay.progress'>) => boolean) =>
  new Promise<void>(resolve => host.on('replay.progress', one => void (is(one) && resolve())))

let sends = 0
const stored: number[] = []
const send = async (more: Partial<Input<'replay.send'>> = {}, signal?: AbortSignal) => {
  const sent = await host.ask('replay.send', { send: `send-${++sends}`, id, profile: 'Mine', ...more }, signal)
  stored.push(sent.span)
  return sent
}

test('what it would cost is known before it is sent, of whichever model', async () => {
  const dollars = async (model?: string) => {
    const { cost } = await host.ask('prices.estimate', { id, ...(model ? { model } : {}), input: 1000, output: 500 })
    return cost?.cost?.dollars ?? cost?.unknown
  }
  expect(await dollars()).toBe('no-model')
  expect(await dollars('gpt-4.1')).toBe('0.006')
  expect(await dollars('gpt-4o-mini')).toBe('0.00045')
  expect(await dollars('nobody-knows-this')).toBe('no-price')
})

test('how many tokens it would come to is told before it is sent, and what bounds it', async () => {
  expect(await host.ask('replay.tokens', { id })).toMatchObject({ tokens: 8, by: 'o200k', media: 0, mostInput: 8 })
  const edits = [
    { path: ['messages', '0', 'content'], value: '"Hi there, <|endoftext|>"' },
    { path: ['max_tokens'], value: '50' },
  ]
  const more = await host.ask('replay.tokens', { id, edits })
  expect(more.tokens).toBeGreaterThan(10)
  expect(more).toMatchObject({ mostInput: more.tokens, mostOutput: 50 })
  expect((await host.ask('replay.tokens', { id: lossyId })).media).toBe(1)
})

test('answers to a call are found in the store, the latest first, whoever sent them; those of other calls are not among them', async () => {
  const sent = [await send({ run: 'found' }), await send({ run: 'found', variant: 'temperature 0', model: 'gpt-4o' })]
  const other = await send({ id: lossyId, lossy: true })
  const { answers, more } = await host.ask('replay.answers', { id, limit: 2 })
  const { bytesOut, bytesIn, duration, ...rest } = sent[1]!
  expect([bytesOut, bytesIn, duration].every(one => one > 0)).toBe(true)
  expect(answers[0]).toMatchObject({ ...rest, firstToken: expect.closeTo(rest.firstToken!, 0) as number })
  expect(answers[0]).toMatchObject({
    connection: 'Mine',
    model: 'gpt-4o',
    variant: 'temperature 0',
    duration: expect.closeTo(duration, -1) as number,
  })
  expect(answers.map(({ span }) => span)).toEqual([sent[1]!.span, sent[0]!.span])
  expect(answers.map(one => one.span)).not.toContain(other.span)
  expect(more).toBe((await host.ask('replay.answers', { id, limit: 500 })).answers.length > 2)
})

describe('a request that is sent again', () => {
  test('leaves as it was logged, streams, and is stored as a trace of its own, linked to its call', async () => {
    const told: EventData<'replay.progress'>[] = []
    const off = host.on('replay.progress', word => void told.push(word))
    provider.next({ headers: { 'x-request-id': 'req_2' } })
    const sent = await send({ run: 'run-1' })
    off()
    expect(provider.seen.at(-1)).toMatchObject({
      path: '/v1/chat/completions',
      body,
      headers: { authorization: `Bearer ${goodKey}` },
    })
    expect(sent).toMatchObject({ outcome: 'ok', httpStatus: 200, run: 'run-1' })
    expect(told.map(({ text }) => text ?? '').join('')).toBe('Let me look.')
    expect(told.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])).toEqual([
      'connecting',
      'waiting',
      'answering',
      'storing',
    ])
    const span = await host.ask('spans.read', { id: sent.span })
    expect(span).toMatchObject({
      id: sent.spanId,
      name: 'ask',
      kind: 'generation',
      status: 'ok',
      model: 'gpt-4.1-2025-04-14',
      session: 'run-1',
      streamed: true,
      usage: { input: 9, output: 4 },
      finishReasons: ['tool_calls'],
      marks: ['replayed'],
      links: [{ traceId, spanId }],
    })
    expect(span.timeToFirstTokenNs).toBeDefined()
    // As it came, and what its provider says of it.
    const { record } = (await host.ask('spans.raw', { id: sent.span })).records[0]!
    const { stream, ...rest } = JSON.parse(record) as { stream: { events: { ms: number; data: string }[] } }
    expect(stream.events.at(-1)).toMatchObject({ data: '[DONE]' })
    expect(stream.events.length).toBeGreaterThan(3)
    expect(stream.events.map(({ ms }) => ms)).toEqual(stream.events.map(({ ms }) => ms).toSorted((a, b) => a - b))
    expect(rest).toMatchObject({ 'http.response.header.x-request-id': ['req_2'] })
    expect(span.attributes).toMatchObject({ 'http.response.header.x-request-id': ['req_2'] })
    expect(JSON.stringify(span.attributes)).toContain('median_gap_ms')
    expect(JSON.stringify(span.attributes)).not.toContain('[DONE]')
    expect((await host.ask('spans.cost', { id: sent.span })).cost?.cost?.dollars).toBe('0.00005')
    const again = await host.ask('replay.request', { id: sent.span })
    expect(again).toMatchObject({ grade: 'A', body })
    const where = { query: 'is:replayed session:run-1', now: 0, zone: 'UTC' }
    const list = { list: 'spans', where, columns: ['name'], sort: { column: 'start', descending: true } } as const
    expect(await host.ask('lists.rows', { ...list, offset: 0, limit: 10 })).toMatchObject({ total: 1 })
    expect(await host.ask('search.count', { where })).toMatchObject({ spans: 1, calls: 1 })
  })

  test('changes as it was told to: edits, another model, or another body altogether', async () => {
    await send({ model: 'gpt-4.1-mini', edits: [{ path: ['temperature'], value: '0.50' }] })
    expect(provider.seen.at(-1)?.body).toBe(body.replace('gpt-4.1', 'gpt-4.1-mini').replace('1.0', '0.50'))
    const written = '{"model":"gpt-4.1","messages":[{"role":"user","content":"Else"}]}'
    const sent = await send({ body: written })
    expect(provider.seen.at(-1)?.body).toBe(written)
    expect(await host.ask('spans.read', { id: sent.span })).toMatchObject({ usage: { input: 9 } })
    await expect(send({ body: '{"model":' })).rejects.toMatchObject({ code: 'replay/bad-body' })
  })

  test('what a provider refuses is stored as the error that it is', async () => {
    const sent = await send({ model: 'o3', edits: [{ path: ['temperature'], value: '0' }] })
    expect(sent).toMatchObject({ outcome: 'refused', httpStatus: 400, error: { code: 'invalid_request_error' } })
    const span = await host.ask('spans.read', { id: sent.span })
    expect(span).toMatchObject({ status: 'error', errorType: 'invalid_request_error' })
    expect(span.outputMessages).toBeUndefined()
    expect(span.statusMessage).toMatch(/^Unsupported value/)
  })

  test('that waited goes with no key that was taken away, and nowhere else than it said', async () => {
    for (const change of ['key', 'connection'] as const) {
      const before = provider.seen.length
      const names = Array.from({ length: mostAtOnce }, (_, n) => `in-front-${change}-${n}`)
      const inFront: Promise<unknown>[] = []
      for (const name of names) {
        provider.next({ hangs: 3 })
        const begun = word(one => one.send === name && one.text !== undefined)
        inFront.push(send({ send: name }))
        await begun
      }
      const queued = word(({ send, phase }) => send === 'waits' && phase === 'queued')
      const refused = send({ send: 'waits' }).catch((error: unknown) => error)
      await queued
      if (change === 'key') await host.ask('replay.removeKey', { name: 'Mine' })
      else await host.ask('replay.saveProfile', { ...mine(), keyEnv: 'OTHER_KEY' })
      for (const name of names) await host.ask('replay.cancel', { send: name })
      await Promise.all(inFront)
      expect(await refused).toMatchObject({ code: change === 'key' ? 'replay/no-key' : 'replay/changed' })
      expect(provider.seen).toHaveLength(before + mostAtOnce)
      await host.ask('replay.saveProfile', mine())
      await host.ask('replay.putKey', { name: 'Mine', key: goodKey, place: 'session' })
    }
  })

  test('stops at a word, and keeps what had come', async () => {
    provider.next({ hangs: 3 })
    const said = new Promise<void>(resolve => host.on('replay.progress', ({ text }) => void (text && resolve())))
    const sending = send({ send: 'to-stop' })
    await said
    await expect(send({ send: 'to-stop' })).rejects.toMatchObject({ code: 'replay/same-name' })
    await host.ask('replay.cancel', { send: 'to-stop' })
    const sent = await sending
    expect(sent.outcome).toBe('cancelled')
    const span = await host.ask('spans.read', { id: sent.span })
    expect(span).toMatchObject({ status: 'error', errorType: 'cancelled' })
    expect(JSON.stringify(span.outputMessages)).toContain('Let me')
  })

  test('goes nowhere while the machine is locked, nor to what nobody saved', async () => {
    const before = provider.seen.length
    vi.stubEnv(lockVariable, '1')
    expect(await host.ask('replay.lock', {})).toEqual({ locked: true, by: 'environment' })
    await expect(send()).rejects.toMatchObject({ code: 'replay/locked' })
    vi.unstubAllEnvs()
    const told: unknown[] = []
    const off = host.on('replay.changed', data => void told.push(data))
    await host.ask('replay.setLock', { locked: true })
    // Every other window hears that something changed, and asks what.
    expect(told).toEqual([{}])
    off()
    expect(await host.ask('replay.lock', {})).toEqual({ locked: true, by: 'setting' })
    await expect(send()).rejects.toMatchObject({ code: 'replay/locked' })
    await host.ask('replay.setLock', { locked: false })
    const brought = { name: 'Brought', origin: provider.origin, dialect: 'openai-chat' } as const
    await expect(send({ profile: brought })).rejects.toMatchObject({ code: 'replay/not-saved' })
    await expect(send({ profile: 'Nobody' })).rejects.toMatchObject({ code: 'replay/no-profile' })
    expect(provider.seen).toHaveLength(before)
  })

  test('a lossy one goes by a word or an edit alone, and none that could cross its ceiling', async () => {
    const before = provider.seen.length
    const lossy = { id: lossyId }
    await expect(send(lossy)).rejects.toMatchObject({ code: 'replay/lossy' })
    await expect(send({ ceiling: 1 })).rejects.toMatchObject({ code: 'replay/unbounded' })
    const edits = [{ path: ['max_tokens'], value: '100' }]
    await expect(send({ ceiling: 0.0001, edits })).rejects.toMatchObject({ code: 'replay/ceiling' })
    expect(provider.seen).toHaveLength(before)
    // 100 tokens of an answer are $0.0008; what it does cost is $0.00005.
    for (let i = 0; i < 2; i++) await send({ ceiling: 0.001, edits, run: 'capped' })
    await expect(send({ ceiling: 0.0009, edits, run: 'capped' })).rejects.toMatchObject({ code: 'replay/ceiling' })
    await send({ ...lossy, lossy: true })
    await send({ ...lossy, edits: [{ path: ['temperature'], value: '0' }] })
    expect(provider.seen).toHaveLength(before + 4)
  })

  test('waits for a limit that its provider told of, and says until when; what waits for too long is not sent', async () => {
    const told: EventData<'replay.progress'>[] = []
    const off = host.on('replay.progress', word => void told.push(word))
    const left = (reset: string) => ({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': reset })
    const body = '{"model":"gpt-4.1-nano","messages":[{"role":"user","content":"x"}]}'
    // Longer than it takes to store the answer, on a busy machine too.
    provider.next({ headers: left('2s') })
    const began = Date.now()
    await send({ body })
    provider.next({ headers: left('6m0s') })
    await send({ body })
    off()
    const { until = 0 } = told.find(({ phase }) => phase === 'limited')!
    expect(until - began).toBeGreaterThanOrEqual(2000)
    expect(Date.now()).toBeGreaterThanOrEqual(until)
    const before = provider.seen.length
    await expect(send({ body })).rejects.toMatchObject({ code: 'replay/limited' })
    expect(provider.seen).toHaveLength(before)
    // Of another model nobody said so.
    await send({ body, model: 'gpt-4o' })
  })

  test('answers of a run stand together among the imports, and leave the store together', async () => {
    const before = (await host.ask('imports.list', {})).imports.length
    for (let n = 0; n < 3; n++) await send({ run: 'a:run' })
    const { imports } = await host.ask('imports.list', {})
    expect(imports).toHaveLength(before + 1)
    expect(imports[0]).toMatchObject({
      files: ['3 answers to ask'],
      answers: { run: 'a:run', imports: 3 },
      spans: 3,
      traces: 3,
      state: 'complete',
      canContinue: false,
    })
    stored.splice(-3)
    await host.ask('imports.remove', { import: imports[0]!.id })
    expect((await host.ask('imports.list', {})).imports).toHaveLength(before)
    const where = { query: 'session:"a:run"', now: 0, zone: 'UTC' }
    expect(await host.ask('search.count', { where })).toMatchObject({ spans: 0 })
  })

  test('stands in the ledger, whatever became of it', async () => {
    provider.next({ status: 307, headers: { location: 'http://127.0.0.1:1/' } })
    await expect(send({ send: 'sent-on' })).rejects.toMatchObject({ code: 'replay/redirected' })
    const { entries, total } = await host.ask('replay.ledger', { offset: 0, limit: 100 })
    expect(total).toBe(provider.seen.length)
    expect(entries[0]).toMatchObject({
      send: 'sent-on',
      origin: provider.origin,
      profile: 'Mine',
      key: 'MY_KEY',
      model: 'gpt-4.1',
      traceId,
      spanId,
      host: 'memory',
      outcome: 'replay/redirected',
    })
    expect(entries.every(({ bytesOut = 0, bytesIn = 0 }) => bytesOut > 0 && bytesIn > 0)).toBe(true)
    expect(entries.map(({ outcome }) => outcome)).toContain('cancelled')
  })

  test('goes nowhere without a ledger; an answer whose end cannot be noted there is stored all the same', async () => {
    const before = provider.seen.length
    const ledger = path.join(path.dirname(host.storePath), 'egress.jsonl')
    const kept = readFileSync(ledger)
    rmSync(ledger)
    mkdirSync(ledger)
    await expect(send()).rejects.toMatchObject({ code: 'replay/no-ledger' })
    expect(provider.seen).toHaveLength(before)
    rmSync(ledger, { recursive: true })
    writeFileSync(ledger, kept)
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {})
    const sending = send()
    await vi.waitFor(() => expect(provider.seen).toHaveLength(before + 1), { interval: 1 })
    const begun = readFileSync(ledger)
    rmSync(ledger)
    mkdirSync(ledger)
    expect(await sending).toMatchObject({ outcome: 'ok' })
    rmSync(ledger, { recursive: true })
    quiet.mockRestore()
    writeFileSync(ledger, begun)
  })

  test('leaves its key in no file, from wherever it came and whatever the provider repeats of it', async () => {
    const { profiles } = await host.ask('replay.profiles', {})
    expect(profiles).toMatchObject([{ name: 'Mine', key: { place: 'session', last4: goodKey.slice(-4) } }])
    await host.ask('replay.openVault', { passphrase: 'correct horse' })
    await host.ask('replay.putKey', { name: 'Mine', key: `${goodKey}-wrong`, place: 'vault' })
    expect((await send()).error?.message).toMatch(/^Incorrect API key provided: Bearer \(key\)\.$/)
    await host.ask('replay.putKey', { name: 'Mine', key: goodKey, place: 'vault' })
    expect(await send()).toMatchObject({ outcome: 'ok' })
    // Records are packed: what they say is asked for.
    const said = await Promise.all(
      stored.flatMap(id => [host.ask('spans.read', { id }), host.ask('replay.request', { id })]),
    )
    expect(said.length).toBeGreaterThan(10)
    expect(JSON.stringify([said, await host.ask('replay.profiles', {})])).not.toContain(goodKey)
    const folder = path.dirname(host.storePath)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile())
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['connections.json', 'egress.jsonl']))
    for (const file of files) expect(readFileSync(path.join(file.parentPath, file.name)).includes(goodKey)).toBe(false)
  })
})
