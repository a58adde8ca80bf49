import type { IncomingMessage } from 'node:http'

/** An answer that ends a request before anybody reads it. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 413 | 415
  /** For the log and the person at the terminal: no part of the request is repeated. */
  readonly why: string
}

/**
 * Who may talk to us: the page we served, and nobody else (subsystems 4.7). Any site open in the same browser can send
 * requests to 127.0.0.1, a rebound name can even read the answers, so the address must be spelled exactly as we printed
 * it, and whatever changes something must say that it comes from our own page.
 */
export function refuse(request: IncomingMessage, authority: string): Refusal | undefined {
  const { method, url, headers } = request
  if (!url?.startsWith('/') || url.startsWith('//')) return { status: 400, why: 'not a path' }
  if (countHeader(request, 'host') !== 1 || headers.host !== authority) return { status: 403, why: 'another Host' }
  const own = `http://${authority}`
  if (headers.origin !== undefined && headers.origin !== own) return { status: 403, why: 'another Origin' }
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403, why: 'another site' }
  if (method !== 'GET' && method !== 'POST') return { status: 405, why: 'only GET and POST' }
  if (method === 'POST' && headers.origin !== own) return { status: 403, why: 'no Origin' }
  return undefined
}

/** A form can post `text/plain` and its two kin from anywhere without asking first; these two types it cannot. */
export function refuseType(request: IncomingMessage, type: string): Refusal | undefined {
  const [written = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  const isOurs = written.trim() === type && parameters.every(parameter => parameter.trim() === 'charset=utf-8')
  return isOurs ? undefined : { status: 415, why: `only ${type}` }
}

function countHeader(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((entry, i) => i % 2 === 0 && entry.toLowerCase() === name).length
}
