import { type Rate, ratesIn } from './rate-headers.ts'

interface Bucket extends Rate {
  /** When it was said. */
  readonly at: number
  /** Sent since. */
  readonly taken: number
}

interface Known {
  readonly buckets: readonly Bucket[]
  /** It was told to come back then, and not before. */
  readonly closed: number
}

/**
 * What is left of providers' limits, by whom they count for. It holds back what would certainly be refused, and nothing else:
 * of tokens nobody here knows how a provider counts them, so that only their last one keeps a request waiting.
 */
export class Rates {
  private readonly known = new Map<string, Known>()

  /** An answer came, with these headers. */
  heard(key: string, { headers, httpStatus, retryAfter }: HeardAnswer, now: number): void {
    const buckets = ratesIn(headers, now).map(rate => ({ ...rate, at: now, taken: 0 }))
    const closed = httpStatus === 429 && retryAfter !== undefined ? now + retryAfter : 0
    if (buckets.length > 0 || closed > 0 || this.known.has(key)) this.known.set(key, { buckets, closed })
  }

  /** Takes one, where there may be one; else answers when there will be: milliseconds since 1970. */
  take(key: string, now: number): number | undefined {
    const known = this.known.get(key)
    if (!known) return undefined
    const until = Math.max(known.closed, ...known.buckets.map(bucket => nextOf(bucket, now)))
    if (until > now) return Math.ceil(until)
    const buckets = known.buckets.map(one => (isOfRequests(one) ? { ...one, taken: one.taken + 1 } : one))
    this.known.set(key, { ...known, buckets })
    return undefined
  }
}

interface HeardAnswer {
  readonly headers: { readonly [name: string]: string }
  readonly httpStatus: number
  readonly retryAfter?: number
}

/** When it has one more. */
function nextOf({ at, remaining, limit, full, taken }: Bucket, now: number): number {
  const lacking = 1 + taken - remaining
  if (lacking <= 0 || now >= full) return 0
  return limit === undefined ? full : Math.min(full, at + (lacking * (full - at)) / (limit - remaining))
}

function isOfRequests({ of }: Rate): boolean {
  return of === '' || of.startsWith('requests')
}
