import { httpRoutes } from '../../shared/contract/http.ts'
import type { Answer, CancelSignal } from '../../shared/contract/index.ts'
import { decodeBody } from '../../shared/contract/wire.ts'
import { RequestCancelled, RequestError } from './request-error.ts'
import type { Transport } from './transport.ts'

const binary = 'application/octet-stream'
const utf8 = new TextDecoder()

/** The browser host on 127.0.0.1: a POST for each request, server-sent events for what it tells by itself. */
export function httpTransport(page: EventTarget = globalThis.window): Transport {
  // What a page says while it is being left is sent although nobody waits for the answer.
  let isLeaving = false
  page.addEventListener('pagehide', () => (isLeaving = true), { capture: true })
  page.addEventListener('pageshow', () => (isLeaving = false), { capture: true })
  let source: EventSource | undefined
  const events = () => (source ??= new EventSource(httpRoutes.events))
  return {
    ask: async (name, input, signal) => {
      const response = await post(`${httpRoutes.ask}${name}`, 'application/json', JSON.stringify(input), {
        keepalive: isLeaving,
        signal,
      })
      try {
        if (response.headers.get('content-type')?.startsWith(binary)) {
          return { ok: true, value: decodeBody(await response.arrayBuffer(), bytes => utf8.decode(bytes)) }
        }
        return (await response.json()) as Answer<unknown>
      } catch (caught) {
        // The answer had begun to arrive.
        throw signal?.aborted ? new RequestCancelled() : caught
      }
    },
    on: (name, listener) => {
      const stream = events()
      const heard = (event: MessageEvent<string>) => listener(JSON.parse(event.data))
      stream.addEventListener(name, heard)
      return () => stream.removeEventListener(name, heard)
    },
    onConnection: listener => {
      const stream = events()
      const opened = () => listener(true)
      const lost = () => listener(false)
      stream.addEventListener('open', opened)
      stream.addEventListener('error', lost)
      return () => {
        stream.removeEventListener('open', opened)
        stream.removeEventListener('error', lost)
      }
    },
    upload: async (key, files) => {
      // A Blob of files is read from disk while it is sent; nothing holds a whole file.
      await post(`${httpRoutes.upload}${key}`, binary, new Blob([...files]))
    },
  }
}

interface PostOptions {
  /** Sent to its end although the page has gone. */
  readonly keepalive?: boolean
  readonly signal?: CancelSignal | undefined
}

async function post(
  path: string,
  type: string,
  body: BodyInit,
  { keepalive = false, signal }: PostOptions = {},
): Promise<Response> {
  const abort = new AbortController()
  const cancel = () => abort.abort()
  if (signal?.aborted) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal: abort.signal,
      keepalive,
    })
    if (!response.ok) throw refusal(response.status)
    return response
  } catch (caught) {
    if (caught instanceof RequestError) throw caught
    if (abort.signal.aborted) throw new RequestCancelled()
    throw new RequestError(
      'host/unreachable',
      'Spanwise is not answering. Its process on this machine may have ended: start it again and reload this page.',
      String(caught),
    )
  }
}

function refusal(status: number): RequestError {
  if (status === 401 || status === 403) {
    return new RequestError(
      'host/session',
      'This page is not signed in to the Spanwise process. Open the address it printed when it started.',
      `HTTP ${status}`,
    )
  }
  return new RequestError('host/refused', 'The Spanwise process refused this request.', `HTTP ${status}`)
}
