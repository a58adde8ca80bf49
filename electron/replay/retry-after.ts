import { asWord, isObject, itemsOf } from '../../shared/conventions/values.ts'
import type { JsonValue } from '../../shared/domain/json.ts'

/** A provider that wants to be left alone for longer is asked by hand. */
const longest = 3_600_000

/**
 * Milliseconds until it may be asked again, by its headers: a number of seconds, or a date. Undefined where that is now, or
 * not said.
 */
export function retryAfter(
  headers: { readonly [name: string]: string | string[] | undefined },
  now: number,
): number | undefined {
  const { 'retry-after-ms': exact, 'retry-after': written } = headers
  const wait = isNumber(exact)
    ? Number(exact)
    : isNumber(written)
      ? Number(written) * 1000
      : Date.parse(String(written)) - now
  return wait > 0 ? Math.min(Math.round(wait), longest) : undefined
}

/** The same as Gemini says it, in the error itself: its body. */
export function retryDelayIn(body: JsonValue | undefined): number | undefined {
  const [only] = Array.isArray(body) ? (body as readonly JsonValue[]) : [body]
  const error = isObject(only) ? only['error'] : undefined
  const details = isObject(error) ? itemsOf(error['details']).filter(isObject) : []
  const delay = details.map(detail => /^(\d+(?:\.\d+)?)s$/.exec(asWord(detail['retryDelay']) ?? '')?.[1]).find(Boolean)
  return delay === undefined ? undefined : retryAfter({ 'retry-after': delay }, 0)
}

function isNumber(written: string | string[] | undefined): boolean {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(String(written))
}
