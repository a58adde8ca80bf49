import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** How long a printed address lets somebody in, in milliseconds. */
export const tokenLife = 60_000

/**
 * Who sits in front of the page: whoever opens the address we printed. Its token works once and for a minute, and is
 * swapped for a cookie that scripts cannot read and other sites cannot send. Cookies ignore ports, so its name has ours.
 */
export class Session {
  readonly #secret = randomBytes(32).toString('base64url')
  readonly #now: () => number
  #token: { readonly value: string; readonly until: number } | undefined

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** A fresh token; the last one is void. */
  newToken(): string {
    const value = randomBytes(32).toString('base64url')
    this.#token = { value, until: this.#now() + tokenLife }
    return value
  }

  /** The cookie for a right token, which is void from then on. */
  swap(token: string, port: number): string | undefined {
    const open = this.#token
    if (!open || this.#now() > open.until || !isSame(token, open.value)) return undefined
    this.#token = undefined
    return `${cookieName(port)}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`
  }

  isOpenTo(request: IncomingMessage, port: number): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map(cookie => cookie.trim().split('='))
    const mine = cookies.find(([name]) => name === cookieName(port))
    return mine !== undefined && isSame(mine[1] ?? '', this.#secret)
  }
}

function cookieName(port: number): string {
  return `spanwise-${port}`
}

/** In constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
