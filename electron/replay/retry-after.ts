/** A provider that wants to be left alone for longer is asked by hand. */
const longest = 3_600_000

/** Milliseconds until it may be asked again, by its headers: a number of seconds, or a date. Undefined where they do not say. */
export function retryAfter(
  headers: { readonly [name: string]: string | string[] | undefined },
  now: number,
): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN)
  const written = String(headers['retry-after'] ?? '').trim()
  const wait = exact >= 0 ? exact : /^\d+(?:\.\d+)?$/.test(written) ? Number(written) * 1000 : Date.parse(written) - now
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, Math.round(wait)), longest)
}
