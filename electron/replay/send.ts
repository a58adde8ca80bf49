import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { CancelSignal } from '../../shared/contract/index.ts'
import { InspectorError } from '../../shared/domain/errors.ts'
import { dialectOf } from '../../shared/replay/dialects/index.ts'
import type { SendOutcome } from '../../shared/replay/outcomes.ts'
import type { Piece } from '../../shared/replay/pieces.ts'
import type { StreamRecord } from '../../shared/replay/record.ts'
import type { DialectId } from '../../shared/replay/types.ts'
import { cancelled } from '../rpc/channel.ts'
import { Mask } from './mask.ts'
import { checkOrigin, guardedLookup } from './origin.ts'
import { Reading } from './reading.ts'
import { retryAfter } from './retry-after.ts'
import { unanswered } from './unanswered.ts'

/** One request as it leaves, but for the key, which stands beside it. */
export interface Outgoing {
  /** Of the connection: the address must be of it. */
  readonly origin: string
  readonly allowHttp?: boolean
  readonly url: string
  readonly dialect: DialectId
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly key?: { readonly header: string; readonly before: string; readonly value: string }
}

/** What came back. Nothing in it has the key, whatever the provider wrote. */
export interface Answer {
  readonly outcome: SendOutcome
  readonly httpStatus: number
  readonly error?: { readonly code: string; readonly message: string }
  readonly retryAfter?: number
  /** Milliseconds since 1970, and from then on. */
  readonly sentAt: number
  readonly firstToken?: number
  readonly duration: number
  readonly bytesOut: number
  readonly bytesIn: number
  readonly streamed: boolean
  /** Of the answer: its number there, and what is left of rates. */
  readonly headers: { readonly [name: string]: string }
  /** The provider's body; of a stream, the one that it would have sent at once. */
  readonly body: string
  /** How a stream came. Absent: it was none, or what came tells of the key. */
  readonly stream?: StreamRecord
  /** It is an answer, or the beginning of one: not an error, nor something that nobody can read. */
  readonly isAnswer: boolean
}

/** Milliseconds and bytes. */
export interface Limits {
  readonly connect: number
  /** Between two pieces of a stream. */
  readonly idle: number
  /** Between the end mark of a stream and the end of its connection. */
  readonly afterEnd: number
  readonly total: number
  readonly line: number
  readonly answer: number
}

export const usualLimits: Limits = {
  connect: 10_000,
  idle: 60_000,
  afterEnd: 1000,
  total: 600_000,
  line: 1 << 20,
  answer: 64 << 20,
}

export interface Traffic {
  readonly bytesOut: number
  readonly bytesIn: number
}

export interface SendOptions {
  readonly signal: CancelSignal
  readonly limits?: Limits
  /** What went over the wire, however it ended. Not called where no connection was made. */
  readonly counted?: (traffic: Traffic) => void
  readonly told?: (phase: 'connecting' | 'waiting' | 'answering', bytesIn: number, pieces: readonly Piece[]) => void
}

/**
 * Sends a request, once. Rejects where no answer began; what began is answered however it ended. There is no second try, no
 * proxy, no cookie, and no other address than the connection's.
 */
export async function sendOnce(
  out: Outgoing,
  { signal, limits = usualLimits, told, counted }: SendOptions,
): Promise<Answer> {
  const url = addressOf(out)
  const sentAt = Date.now()
  const started = performance.now()
  const elapsed = (): number => performance.now() - started
  const stop = new AbortController()
  const cancel = (): void => stop.abort(cancelled())
  const after = (milliseconds: number, error: InspectorError) => setTimeout(() => stop.abort(error), milliseconds)
  if (signal.aborted) throw cancelled()
  signal.addEventListener('abort', cancel, { once: true })
  const total = after(limits.total, timeout(`the answer took longer than ${limits.total / 1000} s`))
  const connecting = after(limits.connect, timeout(`${url.host} did not answer within ${limits.connect / 1000} s`))
  let idle: NodeJS.Timeout | undefined
  let socket: Socket | undefined
  const mask = new Mask(out.key?.value)
  try {
    told?.('connecting', 0, [])
    const request = open(url, out, stop.signal)
    request.once('socket', made => {
      socket = made
      made.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting)
        told?.('waiting', 0, [])
      })
    })
    request.end(out.body)
    const response = await responseTo(request, url).catch((error: unknown) => {
      throw stop.signal.aborted ? stop.signal.reason : unanswered(error, url)
    })
    const { statusCode: httpStatus = 0 } = response
    const redirect = httpStatus >= 300 && httpStatus < 400 && redirected(response, url)
    if (redirect) throw new InspectorError(redirect.code, mask.text(redirect.message))
    const reading = new Reading(response, dialectOf(out.dialect), limits, mask, started)
    told?.('answering', socket?.bytesRead ?? 0, [])
    let firstToken: number | undefined
    let broken: InspectorError | undefined
    const wait = (): void => {
      clearTimeout(idle)
      if (reading.isOver) idle = setTimeout(() => socket?.destroy(), limits.afterEnd)
      else if (reading.isStream) idle = after(limits.idle, timeout(`nothing came for ${limits.idle / 1000} s`))
    }
    wait()
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        const pieces = reading.push(chunk)
        wait()
        if (firstToken === undefined && pieces.some(saysSomething)) firstToken = elapsed()
        told?.('answering', socket?.bytesRead ?? 0, pieces)
      }
      told?.('answering', socket?.bytesRead ?? 0, reading.finish())
    } catch (error) {
      if (!reading.isOver) broken = brokenBy(error)
    }
    // A body that lasts as long as its connection ends in order when it is we who close it.
    if (stop.signal.aborted && !reading.isOver) broken = stop.signal.reason as InspectorError
    const end = reading.end(httpStatus, broken)
    const later = retryAfter(response.headers, Date.now())
    return {
      ...end,
      httpStatus,
      ...(later === undefined ? {} : { retryAfter: later }),
      sentAt,
      ...(firstToken === undefined ? {} : { firstToken }),
      duration: elapsed(),
      bytesOut: socket?.bytesWritten ?? 0,
      bytesIn: socket?.bytesRead ?? 0,
      streamed: reading.isStream,
      headers: headersOf(response, mask),
    }
  } finally {
    for (const timer of [total, connecting, idle]) clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
    if (socket) counted?.({ bytesOut: socket.bytesWritten, bytesIn: socket.bytesRead })
    // Closed whatever happened: nothing is kept open for a next request.
    socket?.destroy()
  }
}

/** The address, if it is the connection's. What makes it is our own code; that it could be wrong is no reason to go there. */
function addressOf({ origin, url, allowHttp }: Outgoing): URL {
  const checked = checkOrigin(origin, allowHttp)
  const address = new URL(url)
  if (address.origin !== checked.origin || address.username !== '' || address.password !== '')
    throw new InspectorError('replay/bad-origin', `The address is not of the connection, which is ${checked.origin}.`)
  return address
}

function open(url: URL, { headers, body, key, allowHttp }: Outgoing, signal: AbortSignal): ClientRequest {
  const make = url.protocol === 'https:' ? https.request : http.request
  return make(url, {
    method: 'POST',
    headers: {
      ...headers,
      accept: 'application/json, text/event-stream, application/x-ndjson',
      // What is packed would have to be unpacked, and may be a bomb.
      'accept-encoding': 'identity',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'spanwise',
      ...(key ? { [key.header]: `${key.before}${key.value}` } : {}),
    },
    // A connection of its own, by no proxy of the environment.
    agent: false,
    lookup: guardedLookup(url.protocol === 'http:' && allowHttp !== true),
    maxHeaderSize: 64 << 10,
    // Whatever the environment says.
    rejectUnauthorized: true,
    signal,
  })
}

function responseTo(request: ClientRequest, { host }: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve)
    // Unheard, it would be waited for to the end of all time limits.
    request.once('upgrade', (_response, socket) => {
      socket.destroy()
      reject(new InspectorError('replay/no-answer', `${host} wants to speak something else than HTTP.`))
    })
    // Not once: what breaks later is told to whoever reads the response, and must not be unheard here.
    request.on('error', reject)
  })
}

function saysSomething({ text, reasoning, toolCalls }: Piece): boolean {
  return (text ?? reasoning ?? toolCalls) !== undefined
}

const keptHeaders =
  /^(?:x-ratelimit-|anthropic-ratelimit-|(?:x-)?request-id$|retry-after(?:-ms)?$|openai-processing-ms$)/

function headersOf({ headers }: IncomingMessage, mask: Mask): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => keptHeaders.test(name))
  return Object.fromEntries(
    kept.slice(0, 30).map(([name, value]) => [mask.text(name), mask.text(String(value)).slice(0, 300)]),
  )
}

function redirected({ statusCode, headers }: IncomingMessage, url: URL): InspectorError {
  if (headers.location === undefined)
    return new InspectorError(
      'replay/no-answer',
      `${url.host} answers ${statusCode}, which is no answer to a question.`,
    )
  const to = URL.canParse(headers.location, url.href) ? new URL(headers.location, url.href).origin : 'elsewhere'
  return new InspectorError(
    'replay/redirected',
    `${url.host} sends the request on (${statusCode}) to ${to.slice(0, 200)}; nothing was sent there. If that is where it should go, make a connection for it.`,
  )
}

function timeout(what: string): InspectorError {
  return new InspectorError('replay/timeout', `It was given up: ${what}.`)
}

function brokenBy(error: unknown): InspectorError {
  if (error instanceof InspectorError) return error
  return new InspectorError('replay/broken-off', 'The connection broke before the answer was whole.')
}
