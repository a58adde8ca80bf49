import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { httpRoutes } from '../../../shared/contract/http.ts'
import type { Answer, Emit } from '../../../shared/contract/index.ts'
import { encodeBody, hasArrays } from '../../../shared/contract/wire.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { Inspector } from '../../inspector.ts'
import { questionLimits } from '../../rpc/limits.ts'
import { contentType, fileInside, pageHeaders } from '../page.ts'
import { isPage, themedPage } from '../themed-page.ts'
import { refuse, refuseType, type Refusal } from './guard.ts'
import { Session } from './session.ts'

const utf8 = new TextEncoder()

export interface PageServer {
  readonly port: number
  /** An address that lets one browser in, once, within a minute. */
  newAddress(): string
  readonly emit: Emit
  close(): Promise<void>
}

export interface PageServerOptions {
  readonly inspector: Pick<Inspector, 'ask' | 'upload'>
  /** Where the built page lies. */
  readonly folder: string
  /** 0 lets the system choose. */
  readonly port: number
}

/** Serves the page and the contract on 127.0.0.1, to the one browser that came with the address we printed. */
export async function servePage({ inspector, folder, port }: PageServerOptions): Promise<PageServer> {
  const session = new Session()
  const listeners = new Set<ServerResponse>()
  let authority = ''
  let ownPort = 0

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refuse(request, authority)
    if (refusal) return turnAway(response, refusal)
    const url = new URL(request.url ?? '/', `http://${authority}`)
    const token = url.searchParams.get('token')
    if (request.method === 'GET' && url.pathname === '/' && token !== null) return welcome(response, token)
    if (!session.isOpenTo(request, ownPort)) return turnAway(response, { status: 403, why: 'no session' }, stranger)
    if (request.method === 'GET') {
      return url.pathname === httpRoutes.events ? listen(request, response) : sendFile(response, url.pathname)
    }
    if (url.pathname.startsWith(httpRoutes.ask))
      return ask(request, response, url.pathname.slice(httpRoutes.ask.length))
    if (url.pathname.startsWith(httpRoutes.upload)) {
      return upload(request, response, url.pathname.slice(httpRoutes.upload.length))
    }
    send(response, 404)
  }

  const welcome = (response: ServerResponse, token: string): void => {
    const cookie = session.swap(token, ownPort)
    if (cookie === undefined)
      return turnAway(response, { status: 403, why: 'an address that was used or is too old' }, stranger)
    response.writeHead(303, { ...pageHeaders, location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end()
  }

  const ask = async (request: IncomingMessage, response: ServerResponse, name: string): Promise<void> => {
    const refusal = refuseType(request, 'application/json')
    if (refusal) return turnAway(response, refusal)
    const text = await readText(request)
    if (text === undefined) return turnAway(response, { status: 413, why: 'a body that is too large' })
    const input = parseJson(text)
    if (input === undefined) return send(response, 400)
    const cancel = new AbortController()
    response.once('close', () => cancel.abort())
    sendAnswer(response, await inspector.ask(name, input.value, cancel.signal))
  }

  const upload = async (request: IncomingMessage, response: ServerResponse, key: string): Promise<void> => {
    const refusal = refuseType(request, 'application/octet-stream')
    if (refusal) return turnAway(response, refusal)
    try {
      await inspector.upload(key, request)
    } catch (error) {
      // What reads it ended before the last piece, and says itself how: a sheet that was shut, a file of noise.
      if (!(error instanceof InspectorError && error.code === 'import/cut-short')) throw error
    }
    send(response, 200, '{}')
  }

  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': here\n\n')
    listeners.add(response)
    const pulse = setInterval(() => response.write(': here\n\n'), 15_000)
    request.once('close', () => {
      clearInterval(pulse)
      listeners.delete(response)
    })
  }

  const sendFile = (response: ServerResponse, path: string): void => {
    const file = fileInside(folder, path === '/' ? '/index.html' : path)
    if (file === undefined) return send(response, 404)
    if (isPage(file)) return sendBytes(response, 200, contentType(file), utf8.encode(themedPage(file)))
    // Names of assets hold a hash of their content.
    const cache = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store'
    response.writeHead(200, { ...pageHeaders, 'content-type': contentType(file), 'cache-control': cache })
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)
  }

  const server = createServer({ maxHeaderSize: 16 << 10, headersTimeout: 5000, connectionsCheckingInterval: 1000 })
  // An upload may take as long as it takes; what is small has its own clock (readText).
  server.requestTimeout = 0
  server.maxConnections = 64
  server.on('request', (request, response) => {
    route(request, response).catch((error: unknown) => {
      console.error('spanwise: a request failed:', error instanceof Error ? error.message : error)
      if (response.headersSent) response.destroy()
      else send(response, 500)
    })
  })
  ownPort = await listenOn(server, port)
  authority = `127.0.0.1:${ownPort}`

  return {
    port: ownPort,
    newAddress: () => `http://${authority}/?token=${session.newToken()}`,
    emit: (name, data) => {
      const frame = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
      for (const listener of listeners) {
        // Nobody reads there any more: a page that comes back asks afresh.
        if (listener.writableLength > 1 << 20) listener.destroy()
        else listener.write(frame)
      }
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** For a person who came with an address that no longer opens anything. */
const stranger =
  'This address of Spanwise let one browser in, once, within a minute.\n' +
  'Press Enter in the terminal that printed it for a new one, or start Spanwise again.\n'

function turnAway(response: ServerResponse, { status, why }: Refusal, text = ''): void {
  console.error(`spanwise: turned a request away: ${why}`)
  // Its body is not read: the connection cannot be used again.
  response.setHeader('connection', 'close')
  sendBytes(response, status, 'text/plain; charset=utf-8', utf8.encode(text))
}

function send(response: ServerResponse, status: number, body = ''): void {
  sendBytes(response, status, 'application/json', utf8.encode(body))
}

function sendAnswer(response: ServerResponse, answer: Answer<unknown>): void {
  if (!answer.ok || !hasArrays(answer.value)) return send(response, 200, JSON.stringify(answer))
  sendBytes(
    response,
    200,
    'application/octet-stream',
    encodeBody(answer.value, text => utf8.encode(text)),
  )
}

function sendBytes(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  const own = { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' }
  response.writeHead(status, { ...pageHeaders, ...own }).end(body)
}

/** Undefined when the body is larger than a question may be. A body that takes longer than 15 s to arrive is cut. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const clock = setTimeout(() => request.destroy(), 15_000)
  try {
    const parts: Buffer[] = []
    let size = 0
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > questionLimits.characters) return undefined
      parts.push(part)
    }
    return Buffer.concat(parts).toString('utf8')
  } finally {
    clearTimeout(clock)
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
