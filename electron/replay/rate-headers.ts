/** What a provider says is left of one of its limits: a bucket that fills by and by. Times are milliseconds since 1970. */
export interface Rate {
  /** `requests`, `tokens`, `input-tokens` …, as it calls it. */
  readonly of: string
  readonly remaining: number
  /** Absent: it does not say how much there is when it is full. */
  readonly limit?: number
  /** When it is full again. */
  readonly full: number
}

const patterns = [
  /^x-ratelimit-(?<what>remaining|limit|reset)(?:-(?<of>.+))?$/,
  /^anthropic-ratelimit-(?<of>.+)-(?<what>remaining|limit|reset)$/,
]

/** OpenAI says how long it takes, Anthropic until when; those who serve OpenAI's interface do as one or the other. */
export function ratesIn(headers: { readonly [name: string]: string }, now: number): Rate[] {
  const said = new Map<string, { remaining?: number; limit?: number; reset?: number }>()
  for (const [name, value] of Object.entries(headers)) {
    const { what, of = '' } = patterns.map(pattern => pattern.exec(name)?.groups).find(Boolean) ?? {}
    if (what === undefined) continue
    const number = what === 'reset' ? momentIn(value, now) : value.trim() === '' ? Number.NaN : Number(value)
    if (!Number.isNaN(number)) said.set(of, { ...said.get(of), [what]: number })
  }
  return [...said].flatMap(([of, { remaining, limit, reset }]) =>
    remaining === undefined || reset === undefined || !(remaining >= 0)
      ? []
      : [{ of, remaining, full: reset, ...(limit === undefined || !(limit > remaining) ? {} : { limit }) }],
  )
}

const units: { readonly [unit: string]: number } = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** `6m0s`, `120ms`, `1.5`; a date; seconds or milliseconds since 1970. */
function momentIn(written: string, now: number): number {
  const text = written.trim()
  if (/^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)]
    return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, now)
  }
  if (!/^\d+(?:\.\d+)?$/.test(text)) return Date.parse(text)
  const number = Number(text)
  return number > 1e11 ? number : number > 1e9 ? number * 1000 : now + number * 1000
}
