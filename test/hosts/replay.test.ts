import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import { goodKey, openProvider } from '../replay/provider-server.ts'
import { importInto, productCommand, spanwise } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const at = (name: string) => folder.file(name)
const store = at('store.spanwise')
const body =
  '{ "model": "gpt-4.1",\n  "messages": [{"role": "user", "content": "Weather in \\u004cisbon?"}], "temperature": 1.0, "seed": 12345678901234567890 }'

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const call = (traceId: string, spanId: string) => ({
  traceId,
  spanId,
  name: 'call',
  startTimeUnixNano: '1750000000000000000',
  endTimeUnixNano: '1750000001000000000',
  attributes: [
    attribute('openinference.span.kind', 'LLM'),
    attribute('input.mime_type', 'application/json'),
    attribute('input.value', body),
    attribute('server.address', 'evil.test'),
  ],
})

beforeAll(async () => {
  const spans = [
    call('a'.repeat(32), '1'.repeat(16)),
    call('b'.repeat(32), '2'.repeat(16)),
    call('c'.repeat(32), '2'.repeat(16)),
  ]
  const tool = { ...call('a'.repeat(32), '3'.repeat(16)), attributes: [attribute('openinference.span.kind', 'TOOL')] }
  writeFileSync(at('calls.json'), JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [...spans, tool] }] }] }))
  await importInto(store, [at('calls.json')])
})

const replay = async (...words: string[]) => {
  const { code, stdout, stderr } = await spanwise(['replay', ...words, '--store', store])
  return { code, stdout, stderr }
}
const request = async (...words: string[]): Promise<ReplayRequest> => {
  const { stdout, stderr } = await replay(...words, '--dry-run', '--json')
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as ReplayRequest
}
const span = '1'.repeat(16)

describe('spanwise replay --dry-run', () => {
  test('prints the request as it is logged, to the byte', async () => {
    const found = await request(span)
    expect(Object.keys(found)).toEqual(['grade', 'dialect', 'method', 'url', 'headers', 'body', 'receipt'])
    expect(found).toMatchObject({
      grade: 'A',
      dialect: 'openai-chat',
      method: 'POST',
      url: 'https://api.openai.com/v1/chat/completions',
      headers: { authorization: 'Bearer $OPENAI_API_KEY' },
      body,
    })
    expect(found.receipt).toContainEqual({ field: 'temperature', from: 'log', note: 'in input.value' })
  })

  test('--set and --model change their own characters', async () => {
    const found = await request(
      span,
      '--model',
      'gpt-5',
      '--set',
      'temperature=0.50',
      '--set',
      'messages.0.content=Hi "there"',
      '--set',
      'top_p=1',
    )
    const wanted = body
      .replace('"gpt-4.1"', '"gpt-5"')
      .replace('1.0', '0.50')
      .replace('"Weather in \\u004cisbon?"', '"Hi \\"there\\""')
      .replace(' }', ', "top_p": 1 }')
    expect(found.body).toBe(wanted)
  })

  test('--profile says where; the key is a name, whatever it is', async () => {
    writeFileSync(
      at('mine.json'),
      JSON.stringify({ name: 'Mine', origin: 'http://127.0.0.1:4010', dialect: 'openai-chat', keyEnv: 'MY_KEY' }),
    )
    expect(await request(span, '--profile', at('mine.json'))).toMatchObject({
      url: 'http://127.0.0.1:4010/v1/chat/completions',
      headers: { authorization: 'Bearer $MY_KEY' },
      body,
    })
    expect(await request(span, '--profile', 'ollama', '--model', 'llama3.2')).toMatchObject({
      url: 'http://localhost:11434/api/chat',
      dialect: 'ollama-chat',
      grade: 'B',
    })
  })

  test('a person reads it', async () => {
    const { code, stdout } = await replay(span, '--dry-run')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^A, exact: the body as it is logged \(openai-chat\)/)
    const changed = await replay(span, '--dry-run', '--model', 'gpt-5')
    expect(changed.stdout).toMatch(/^A, exact: the body as it is logged, changed here \(openai-chat\)/)
    expect(stdout).toContain('POST https://api.openai.com/v1/chat/completions')
  })

  test('a span is found by its trace, and a trace by its one call', async () => {
    const twice = '2'.repeat(16)
    const { code, stderr } = await replay(twice, '--dry-run')
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('Several traces') as unknown })
    expect((await request(`${'b'.repeat(32)}/${twice}`)).body).toBe(body)
    expect((await request('c'.repeat(32))).body).toBe(body)
  })

  test.each([
    ['a span that is none', ['f'.repeat(16), '--dry-run'], /no span/],
    ['a tool', [`${'a'.repeat(32)}/${'3'.repeat(16)}`, '--dry-run'], /of kind tool/],
    ['a value that has no place', [span, '--dry-run', '--set', 'messages.7.content=x'], /no place for messages\.7/],
    ['a connection that is none', [span, '--dry-run', '--profile', 'nowhere'], /no connection nowhere/],
    ['an origin with a path', [span, '--dry-run', '--profile', at('bad.json')], /has a path/],
    ['sending to nobody', [span], /--profile/],
  ])('%s: one line, 1', async (_what, words, said) => {
    writeFileSync(at('bad.json'), JSON.stringify({ name: 'Bad', origin: 'https://x.test/v1', dialect: 'openai-chat' }))
    const { code, stdout, stderr } = await replay(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^spanwise: [^\n]+\n$/)
    expect(stderr).toMatch(said)
  })

  test('a connection that is none is answered with those that are, saved ones first', async () => {
    vi.stubEnv('XDG_DATA_HOME', at('named'))
    vi.stubEnv('APPDATA', at('named'))
    await spanwise(['connections', 'add', 'work', '--from', 'ollama'])
    const { stderr } = await replay(span, '--dry-run', '--profile', 'wrok')
    vi.unstubAllEnvs()
    expect(stderr).toContain('one of work, openai,')
  })

  test('the store is as it was', async () => {
    const before = readFileSync(store)
    await request(span)
    expect(readFileSync(store).equals(before)).toBe(true)
  })
})

describe('spanwise replay', () => {
  test.skipIf(process.platform === 'win32')('Ctrl-C stops it; what had come is stored and printed', async () => {
    await using provider = await openProvider('openai-chat')
    provider.next({ hangs: 3 })
    const profile = { name: 'Mine', origin: provider.origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' }
    writeFileSync(at('hangs.json'), JSON.stringify(profile))
    const words = ['replay', span, '--profile', at('hangs.json'), '--set', 'stream=true', '--store', store]
    const [command, all] = productCommand(words)
    const env = { ...process.env, MY_KEY: goodKey, XDG_DATA_HOME: at('stopped') }
    const child = spawn(command, all, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')))
    const ended = new Promise(resolve => child.once('exit', resolve))
    await vi.waitFor(() => expect(stdout).toContain('Let me'), { timeout: 20_000 })
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(stdout).toMatch(/cancelled · [^]*\nstored as [0-9a-f]{32}\/[0-9a-f]{16}\n/)
  })

  test('killed in the middle of an answer, it loses nothing that had come: the next start stores it', async () => {
    await using provider = await openProvider('openai-chat')
    const killed = at('killed.spanwise')
    await importInto(killed, [at('calls.json')])
    const profile = { name: 'Mine', origin: provider.origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' }
    writeFileSync(at('killed.json'), JSON.stringify(profile))
    provider.next({ hangs: 3 })
    const words = ['replay', `${'a'.repeat(32)}/${span}`, '--profile', at('killed.json'), '--store', killed]
    const [command, all] = productCommand([...words, '--set', 'stream=true'])
    const env = { ...process.env, XDG_DATA_HOME: at('killed-data'), APPDATA: at('killed-data'), MY_KEY: goodKey }
    const child = spawn(command, all, { stdio: ['ignore', 'pipe', 'ignore'], env })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    const left = () => readdirSync(folder.path).filter(name => name.includes('.answer-'))
    await vi.waitFor(() => expect(left()).toHaveLength(1), { timeout: 20_000 })
    expect(readFileSync(at(left()[0]!), 'utf8')).toContain('Let me')
    await importInto(killed, [at('calls.json')])
    expect(left()).toEqual([])
    const { stdout } = await spanwise(['spans', '-q', 'is:replayed', '--json', '--store', killed])
    expect(JSON.parse(stdout)).toMatchObject({ total: 1, spans: [{ status: 'error' }] })
  })

  test('sends, stores and prints; whatever goes wrong is 1; egress lists all of it; the key is nowhere', async () => {
    await using provider = await openProvider('openai-chat')
    vi.stubEnv('XDG_DATA_HOME', at('data'))
    vi.stubEnv('APPDATA', at('data'))
    vi.stubEnv('MY_KEY', goodKey)
    const profile = { name: 'Mine', origin: provider.origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' }
    writeFileSync(at('provider.json'), JSON.stringify(profile))
    const send = (...words: string[]) => replay(span, '--profile', at('provider.json'), '--json', ...words)
    const whole = await send()
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    const answer = JSON.parse(whole.stdout) as { readonly traceId: string }
    expect(Object.keys(answer)).toEqual(['traceId', 'spanId', 'status', 'usage', 'cost', 'outputMessages'])
    expect(answer).toMatchObject({ status: 'ok', usage: { input: 9, output: 4 }, cost: '0.00005' })
    expect(provider.seen.map(seen => seen.body)).toEqual([body])
    provider.next({ status: 429, headers: { 'retry-after': '2' }, body: '{"error":{"message":"Slow down"}}' })
    const refused = await send('--set', 'temperature=0')
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^spanwise: Slow down.* 2\.00 s/) as unknown,
    })
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: 'error' })
    provider.next({ status: 307, headers: { location: 'http://127.0.0.1:1/' } })
    expect(await send()).toMatchObject({ code: 1, stdout: '' })
    const { file } = JSON.parse((await spanwise(['egress', '--lock', '--json'])).stdout) as { readonly file: string }
    // Whatever becomes of the settings.
    writeFileSync(path.join(path.dirname(file), 'settings.json'), '{')
    expect(await send()).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('locked') as unknown })
    const { stdout } = await spanwise(['egress', '--json'])
    vi.unstubAllEnvs()
    const { requests, locked } = JSON.parse(stdout) as {
      readonly requests: readonly object[]
      readonly locked: boolean
    }
    expect(locked).toBe(true)
    expect(requests.map(one => (one as { outcome: string }).outcome)).toEqual(['replay/redirected', 'refused', 'ok'])
    expect(requests.at(-1)).toMatchObject({
      origin: provider.origin,
      key: 'MY_KEY',
      host: 'command line',
      spanId: span,
    })
    for (const file of readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter(one => one.isFile()))
      expect(readFileSync(path.join(file.parentPath, file.name)).includes(goodKey)).toBe(false)
  })
})
