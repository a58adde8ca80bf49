// A provider on a loopback port, as strict as the real ones are where it matters for sending: it refuses what they refuse, in
// the shape of their errors, and keeps every request as it came.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DialectId } from '../../shared/replay/types.ts'
import { refusalOf, type Asked } from './contract.ts'
import { answerOf, streamOf } from './provider-answers.ts'

export interface Seen {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What it does instead of answering as it should. */
export interface Trouble {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Events after which the stream breaks off: `cut` closes the connection, `end` ends it in order. */
  readonly after?: readonly [events: number, how: 'cut' | 'end']
  /** Never answers; or not after the headers and so many events, which may be all of them. */
  readonly hangs?: 'before headers' | number
  /** Bytes that are sent in place of the answer. */
  readonly raw?: { readonly type: string; readonly chunks: readonly string[] }
}

export interface Provider {
  readonly origin: string
  readonly seen: readonly Seen[]
  /** That were ever made to it. */
  readonly connections: number
  /** Of the next request alone. */
  next(trouble: Trouble): void
  /** Resolves when every connection to it is closed. */
  closed(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export const goodKey = 'sk-canary-0123456789abcdef-ABCDEF'

export async function openProvider(dialect: DialectId): Promise<Provider> {
  const seen: Seen[] = []
  let trouble: Trouble = {}
  let open = 0
  let connections = 0
  const waiting: (() => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const it = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      seen.push(it)
      const now = trouble
      trouble = {}
      void respond(dialect, it, response, now).catch(() => response.destroy())
    })
  })
  server.on('connection', socket => {
    open++
    connections++
    socket.on('error', () => {})
    socket.on('close', () => {
      if (--open === 0) for (const done of waiting.splice(0)) done()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    get connections() {
      return connections
    },
    next: next => void (trouble = next),
    closed: () => (open === 0 ? Promise.resolve() : new Promise(resolve => waiting.push(resolve))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function respond(dialect: DialectId, seen: Seen, response: ServerResponse, trouble: Trouble): Promise<void> {
  if (trouble.hangs === 'before headers') return
  if (trouble.raw) {
    response.writeHead(trouble.status ?? 200, { 'content-type': trouble.raw.type, ...trouble.headers })
    for (const chunk of trouble.raw.chunks) response.write(chunk)
    response.end()
    return
  }
  const refusal = trouble.status === undefined ? refuse(dialect, seen) : undefined
  const status = trouble.status ?? refusal?.status ?? 200
  if (status !== 200) {
    const body = trouble.body ?? JSON.stringify(refusal?.body ?? {})
    response.writeHead(status, { 'content-type': 'application/json', ...trouble.headers }).end(body)
    return
  }
  const asked = JSON.parse(seen.body) as { model?: string; stream?: boolean }
  const streams =
    dialect === 'gemini' ? seen.path.includes(':streamGenerateContent') : (asked.stream ?? dialect === 'ollama-chat')
  if (!streams) {
    const headers = { 'content-type': 'application/json', 'x-request-id': 'req_1', ...trouble.headers }
    response.writeHead(200, headers).end(JSON.stringify(answerOf(dialect)))
    return
  }
  const { type, events } = streamOf(dialect)
  response.writeHead(200, { 'content-type': type, ...trouble.headers })
  response.flushHeaders()
  for (const [i, event] of events.entries()) {
    if (trouble.after?.[0] === i) return void (trouble.after[1] === 'cut' ? response.destroy() : response.end())
    if (trouble.hangs === i) return
    response.write(event)
    await new Promise(resolve => setImmediate(resolve))
  }
  if (trouble.hangs === events.length) return
  response.end()
}

interface Refusal {
  readonly status: number
  readonly body: object
}

/** What the providers say no to; each in its own words. */
function refuse(dialect: DialectId, { path, headers, body }: Seen): Refusal | undefined {
  const wants = rules[dialect]
  const no = (status: number, type: string, message: string): Refusal => ({
    status,
    body: wants.error(status, type, message),
  })
  const right = wants.path.test(path)
  if (!right) return no(404, 'not_found_error', `Unknown request URL: POST ${path}.`)
  if (wants.key && headers[wants.key[0]] !== `${wants.key[1]}${goodKey}`)
    return no(401, 'authentication_error', `Incorrect API key provided: ${String(headers[wants.key[0]])}.`)
  const type = headers['content-type']
  if (type !== 'application/json') return no(400, 'invalid_request_error', `Unsupported content type: ${type}`)
  const leaked = Object.keys(headers).find(name => /^(?:cookie|referer|origin|proxy-authorization)$/.test(name))
  if (leaked !== undefined) return no(400, 'invalid_request_error', `Unexpected header ${leaked}`)
  let asked: Asked
  try {
    asked = JSON.parse(body) as Asked
  } catch {
    return no(400, 'invalid_request_error', 'We could not parse the JSON body of your request.')
  }
  const missing = wants.required.find(name => asked[name] === undefined)
  if (missing !== undefined) return no(400, 'invalid_request_error', `Missing required parameter: '${missing}'.`)
  const wrong = refusalOf(dialect, asked, headers)
  return wrong === undefined ? undefined : no(400, 'invalid_request_error', wrong)
}

interface Rules {
  readonly path: RegExp
  readonly key?: readonly [header: string, before: string]
  readonly required: readonly string[]
  error(status: number, type: string, message: string): object
}

const openAiError = (_status: number, type: string, message: string) => ({
  error: { message, type, param: null, code: null },
})

const rules: { readonly [dialect in DialectId]: Rules } = {
  'openai-chat': {
    path: /^\/v1\/chat\/completions$/,
    key: ['authorization', 'Bearer '],
    required: ['model', 'messages'],
    error: openAiError,
  },
  'openai-responses': {
    path: /^\/v1\/responses$/,
    key: ['authorization', 'Bearer '],
    required: ['model', 'input'],
    error: openAiError,
  },
  anthropic: {
    path: /^\/v1\/messages$/,
    key: ['x-api-key', ''],
    required: ['model', 'messages', 'max_tokens'],
    error: (_status, type, message) => ({ type: 'error', error: { type, message }, request_id: 'req_1' }),
  },
  gemini: {
    path: /^\/v1beta\/models\/[^/:]+:(?:generateContent|streamGenerateContent\?alt=sse)$/,
    key: ['x-goog-api-key', ''],
    required: ['contents'],
    error: (status, _type, message) => ({ error: { code: status, message, status: 'INVALID_ARGUMENT' } }),
  },
  'ollama-chat': {
    path: /^\/api\/chat$/,
    required: ['model', 'messages'],
    error: (_status, _type, message) => ({ error: message }),
  },
}
