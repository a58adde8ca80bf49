import { describe, expect, test } from 'vitest'
import { checkOrigin } from '../../electron/replay/origin.ts'
import { requestAsLogged } from '../../shared/replay/logged-request.ts'
import { rawSpan } from '../conventions/read-dump.ts'
import { bodies } from './bodies.ts'
import type { Edit } from '../../shared/replay/compose.ts'
import { bodyOf, missing, recorded, requestOf } from './span-of.ts'

const ask = (more: object) => JSON.stringify({ model: 'gpt-4.1', messages: [{ role: 'user', content: 'x' }], ...more })
const claude = (more: object) =>
  JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'x' }], ...more })

describe('what a request leans on that only the provider has makes it lossy, and stays in it', () => {
  test.each([
    [JSON.stringify({ model: 'gpt-5', input: 'x', previous_response_id: 'resp_1' }), 'previous_response_id'],
    [
      JSON.stringify({
        model: 'gpt-5',
        input: [
          { role: 'user', content: 'x' },
          { type: 'item_reference', id: 'rs_1' },
        ],
      }),
      'input[1]',
    ],
    [
      ask({ messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] }),
      'messages[0].content[0].file.file_id',
    ],
    [
      claude({
        messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'file', file_id: 'file_1' } }] }],
      }),
      'messages[0].content[0].source.file_id',
    ],
    [
      JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'x' }] }], cachedContent: 'cachedContents/1' }),
      'cachedContent',
    ],
    [
      JSON.stringify({ contents: [{ role: 'user', parts: [{ fileData: { fileUri: 'gs://b/o' } }] }] }),
      'contents[0].parts[0].fileData.fileUri',
    ],
  ])('%s', (body, field) => {
    const request = requestOf(recorded(body))
    expect(request).toMatchObject({ grade: 'C', body })
    expect(missing(request).map(line => line.split(':')[0])).toContain(field)
  })

  test('not what merely has such a name', () => {
    const tools = [
      {
        type: 'function',
        function: { name: 'open', parameters: { type: 'object', properties: { file_id: { type: 'string' } } } },
      },
    ]
    expect(requestOf(recorded(ask({ tools, conversation: null }))).grade).toBe('A')
  })
})

describe('calls and their results', () => {
  const call = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_9', type: 'function', function: { name: 'f', arguments: '{}' } }],
  }

  test('a call without a result, and a result without a call, are named; the body is what it was', () => {
    const dangling = requestOf(
      recorded(ask({ messages: [{ role: 'user', content: 'x' }, call, { role: 'user', content: 'well?' }] })),
    )
    expect(dangling.grade).toBe('A')
    expect(dangling.receipt.map(line => line.note).join()).toContain('the call of f (call_9) has no result here')
    const orphan = requestOf(recorded(ask({ messages: [{ role: 'tool', tool_call_id: 'call_0', content: 'x' }] })))
    expect(orphan.receipt.map(line => line.note).join()).toContain('result (call_0) is there without its call')
  })

  test('what the provider ran without leaving a result makes it lossy', () => {
    const content = [{ type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: { query: 'x' } }]
    expect(requestOf(recorded(claude({ messages: [{ role: 'assistant', content }] }))).grade).toBe('C')
  })
})

describe('the version by which Anthropic reads a request', () => {
  const of2025 = 1_750_000_000_000_000_000n
  const late = 1_795_000_000_000_000_000n

  test('is the logged one', () => {
    const attributes = {
      'http.request.header.anthropic-version': ['2026-10-21'],
      'http.request.header.anthropic-beta': 'files-api-2025-04-14,other',
    }
    const { headers, receipt } = requestOf(recorded(claude({}), { start: late, attributes }))
    expect(headers).toMatchObject({ 'anthropic-version': '2026-10-21', 'anthropic-beta': 'files-api-2025-04-14,other' })
    expect(receipt).toContainEqual({
      field: 'headers.anthropic-version',
      from: 'log',
      note: 'http.request.header.anthropic-version',
    })
  })

  test('else the one of its time', () => {
    const { headers, body, receipt } = requestOf(recorded(claude({ temperature: 0.2 }), { start: of2025 }))
    expect(headers['anthropic-version']).toBe('2023-06-01')
    expect(JSON.parse(body)).toHaveProperty('temperature', 0.2)
    expect(receipt).toContainEqual(expect.objectContaining({ field: 'headers.anthropic-version', from: 'rebuilt' }))
    const unsure = requestOf(recorded(claude({}), { start: late })).receipt
    expect(unsure).toContainEqual(expect.objectContaining({ field: 'headers.anthropic-version', from: 'default' }))
  })
})

describe('a trace says what was asked, never where it goes or with which key', () => {
  test('addresses and keys of the log are not taken', () => {
    const attributes = {
      'server.address': 'evil.test',
      'url.full': 'https://evil.test/v1/chat/completions',
      'llm.base_url': 'https://evil.test',
      'http.request.header.authorization': 'Bearer sk-canary',
      'http.request.header.x-forwarded-host': 'evil.test',
      'request.headers': { 'x-api-key': 'sk-canary', host: 'evil.test', 'openai-beta': 'assistants=v2' },
    }
    const request = requestOf(recorded(ask({}), { attributes }))
    expect(JSON.stringify(request)).not.toMatch(/evil\.test|canary/)
    expect(request.url).toBe('https://api.openai.com/v1/chat/completions')
    expect(request.headers).toEqual({
      'content-type': 'application/json',
      authorization: 'Bearer $OPENAI_API_KEY',
      'openai-beta': 'assistants=v2',
    })
  })

  test('a header that would be two is none', () => {
    const attributes = { 'http.request.header.anthropic-version': '2023-06-01\r\nx-evil: 1' }
    expect(JSON.stringify(requestOf(recorded(claude({}), { attributes })))).not.toContain('x-evil')
  })

  test.each([
    'http://example.com',
    'http://169.254.169.254',
    'http://[::ffff:a9fe:a9fe]',
    'http://2852039166',
    'https://169.254.169.254',
    'https://[fe80::1]',
    'file:///etc/passwd',
    'https://user:pw@api.openai.com',
    'https://api.openai.com/v1',
    'http://0.0.0.0:80',
    'ftp://x.test',
    'no address',
  ])('no origin of a connection: %s', origin => expect(() => checkOrigin(origin)).toThrow(/^The origin /))

  test.each([
    'https://api.openai.com',
    'http://127.0.0.1:8080',
    'http://localhost:11434',
    'http://[::1]:9',
    'http://0177.0.0.1',
  ])('an origin of a connection: %s', origin => expect(checkOrigin(origin).origin).toMatch(/^https?:/))
})

describe('changes', () => {
  test('a model that stands in the address is changed there', () => {
    const attributes = { 'url.path': '/v1beta/models/gemini-2.5-pro:streamGenerateContent' }
    const raw = recorded(JSON.stringify(bodies.gemini), { attributes })
    expect(requestOf(raw).url).toBe(
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse',
    )
    const changed = requestOf(raw, { model: 'gemini-3/../x' })
    expect(changed.url).toContain('/v1beta/models/gemini-3%2F..%2Fx:streamGenerateContent')
    expect(changed.body).toBe(JSON.stringify(bodies.gemini))
  })

  test('a field that was changed is told of once, and what it took the place of is no more in the receipt', () => {
    const raw = recorded(JSON.stringify(bodies.gemini), {
      attributes: { 'url.path': '/v1beta/models/x:generateContent' },
    })
    const of = (field: string, edits: readonly Edit[]) =>
      requestOf(raw, { edits }).receipt.filter(line => line.field === field)
    expect(of('contents', [])).toEqual([expect.objectContaining({ from: 'log' })])
    const edits = [
      { path: ['contents'], value: '[]' },
      { path: ['contents'], value: '[1]' },
    ]
    expect(of('contents', edits)).toEqual([{ field: 'contents', from: 'rebuilt', note: 'set here' }])
    expect(of('contents', [{ path: ['contents', '0', 'role'], value: '"user"' }])).toHaveLength(1)
  })

  test('a parameter is changed where the dialect keeps it', () => {
    const raw = recorded(JSON.stringify(bodies.gemini))
    const request = requestOf(raw, { edits: [{ path: ['temperature'], value: '0' }] })
    expect(request.body).toBe(JSON.stringify(bodies.gemini).replace('"temperature":0.2', '"temperature":0'))
    expect(request.receipt).toContainEqual({ field: 'generationConfig.temperature', from: 'rebuilt', note: 'set here' })
    const ollama = requestOf(recorded(JSON.stringify(bodies['ollama-chat'])), {
      edits: [{ path: ['top_k'], value: '5' }],
    })
    expect(bodyOf(ollama)['options']).toMatchObject({ top_k: 5, temperature: 0.2 })
  })

  test('a connection says where, and by which variable the key is known', () => {
    const profile = {
      name: 'Azure',
      origin: 'https://mine.openai.azure.com',
      dialect: 'openai-chat',
      keyEnv: 'MY_KEY',
    } as const
    expect(requestOf(recorded(ask({})), { profile })).toMatchObject({
      grade: 'A',
      url: 'https://mine.openai.azure.com/openai/v1/chat/completions',
      headers: { 'api-key': '$MY_KEY' },
    })
    const local = requestOf(recorded(ask({})), {
      profile: { name: 'L', origin: 'http://localhost:1234', dialect: 'openai-chat' },
    })
    expect(local.headers).toEqual({ 'content-type': 'application/json' })
  })
})

test.each([
  ['temperature of a model that reasons', ask({ model: 'gpt-5', temperature: 0.2 }), ['temperature']],
  ['its own temperature', ask({ model: 'gpt-5', temperature: 1 }), []],
  ['max_tokens of a model that reasons', ask({ model: 'o3-mini', max_tokens: 5 }), ['max_tokens']],
  ['both of Claude 4', claude({ temperature: 0.2, top_p: 0.9 }), ['temperature', 'top_p']],
  ['one of Claude 4', claude({ temperature: 0.2 }), []],
])('what a provider refuses is said, and sent as it is: %s', (_what, body, fields) => {
  const request = requestOf(recorded(body))
  expect(request).toMatchObject({ grade: 'A', body })
  expect(
    request.receipt
      .filter(({ field, note }) => !field.includes('.') && /refuse|in its place/.test(note))
      .map(({ field }) => field),
  ).toEqual(fields)
})

test('sampling is refused by the version of October 2026', () => {
  const attributes = { 'http.request.header.anthropic-version': '2026-10-21' }
  const { receipt } = requestOf(recorded(claude({ temperature: 1 }), { attributes }))
  expect(receipt).toContainEqual({
    field: 'temperature',
    from: 'log',
    note: 'this version of the interface refuses it',
  })
})

test('a span that is no call of a model has no request', () => {
  expect(
    requestAsLogged(rawSpan({ attributes: { 'openinference.span.kind': 'TOOL', 'input.value': ask({}) } })),
  ).toHaveProperty('none')
})

test('hostile records throw nothing', () => {
  const names = ['__proto__', 'constructor', 'toString']
  for (const name of names) {
    const body = `{"model":"m","messages":[{"role":"user","content":"x","${name}":{"a":1}}],"${name}":{"b":[]}}`
    expect(requestOf(recorded(body)).body).toBe(body)
  }
  const odd = [
    null,
    3,
    'x',
    [],
    [null],
    {},
    [[[]]],
    { role: 3 },
    [{ role: 'user', content: [{ type: 3 }, null] }],
    [{ role: 'assistant', tool_calls: [null, { function: null }] }],
  ]
  for (const messages of odd) {
    for (const model of ['m', 'claude-3', null]) {
      const text = JSON.stringify({
        model,
        messages,
        tools: messages,
        tool_choice: messages,
        response_format: messages,
        system: messages,
      })
      expect(() => requestOf(recorded(text))).not.toThrow()
      expect(() =>
        requestOf(recorded(text), { profile: { name: 'p', origin: 'https://x.test', dialect: 'gemini' } }),
      ).not.toThrow()
    }
  }
})

test('whether Gemini streams is said in the address, whoever sets it', () => {
  const body = '{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}'
  const raw = recorded(body, { attributes: { url: 'https://x.test/v1beta/models/gemini-2.5-flash:generateContent' } })
  const edits = [{ path: ['stream'], value: 'true' }]
  const request = requestOf(raw, { edits })
  expect(request.body).toBe(body)
  expect(request.url).toMatch(/gemini-2\.5-flash:streamGenerateContent\?alt=sse$/)
  expect(request.receipt).toContainEqual({ field: 'stream', from: 'rebuilt', note: 'set here, in the address' })
})

test('a body that somebody wrote goes out as it is written, to where the call went', () => {
  const raw = recorded('{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}]}')
  const body = '{ "model": "gpt-4.1", "messages": [], "x": 1.0 }'
  expect(requestOf(raw, { body })).toMatchObject({
    grade: 'B',
    body,
    url: 'https://api.openai.com/v1/chat/completions',
  })
  expect(requestOf(raw, { body }).receipt.some(({ from }) => from === 'log')).toBe(false)
})
