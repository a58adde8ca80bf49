// A dump of `month-dump.ts` added up without any code of the product, line by line: sums in whole numbers, days by `Intl`,
// prices as the providers publish them.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** Nano-dollars a token: input, read from cache, output. */
const prices: { readonly [model: string]: readonly [number, number, number] } = {
  'gpt-4o': [2500, 1250, 10_000],
  'gpt-4o-mini': [150, 75, 600],
  'gpt-4.1': [2000, 500, 8000],
  'claude-sonnet-4-5': [3000, 300, 15_000],
  'claude-haiku-4-5': [1000, 100, 5000],
}

export type Fields =
  | 'provider'
  | 'model'
  | 'feature'
  | 'team'
  | 'prompt'
  | 'prompt.version'
  | 'user'
  | 'environment'
  | 'day'

/** What some calls come to; money in nano-dollars. */
export interface Sums {
  calls: number
  traces: Set<string>
  input: number | undefined
  output: number | undefined
  cached: number | undefined
  recorded: bigint | undefined
  computed: bigint | undefined
  cost: bigint | undefined
  unpriced: number
  errors: number
  lengths: number[]
}

export interface Grouping {
  readonly by: readonly Fields[]
  /** Calls of this month only, by the clock of the zone. */
  readonly month?: string
}

/** Groups of each grouping by their keys as JSON; all calls together have the key `[]`. */
export async function countMonth(file: string, zone: string, groupings: readonly Grouping[]) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  const dayOf = new Map<number, string>()
  const tables = groupings.map(() => new Map<string, Sums>())
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const row = JSON.parse(line) as Row
    const start = row.timestamp === undefined ? undefined : Date.parse(row.timestamp)
    const quarter = start === undefined ? Number.NaN : Math.floor(start / 900_000)
    let day = dayOf.get(quarter) ?? null
    if (day === null && start !== undefined) dayOf.set(quarter, (day = format.format(start)))
    const said = { ...keysOf(row), day }
    const recorded = /"cost_usd":0\.(\d{9})}/.exec(line)?.[1]
    for (const [g, { by, month }] of groupings.entries()) {
      if (month !== undefined && day?.slice(0, 7) !== month) continue
      const key = JSON.stringify(by.map(name => said[name]))
      const table = tables[g]!
      let sums = table.get(key)
      if (!sums) table.set(key, (sums = nothing()))
      add(sums, row, recorded === undefined ? undefined : BigInt(recorded))
    }
  }
  return tables
}

interface Row {
  readonly trace_id: string
  readonly model_name: string
  readonly model_provider: string
  readonly environment: string
  readonly feature?: string
  readonly team?: string
  readonly user_id?: string
  readonly prompt_name: string
  readonly prompt_version?: string
  readonly timestamp?: string
  readonly latency_ms?: number
  readonly input_tokens?: number
  readonly cache_read_tokens?: number
  readonly output_tokens?: number
  readonly status: string
}

function keysOf(row: Row) {
  return {
    provider: row.model_provider,
    model: row.model_name,
    environment: row.environment,
    feature: row.feature ?? null,
    team: row.team ?? null,
    user: row.user_id ?? null,
    prompt: row.prompt_name,
    'prompt.version': row.prompt_version ?? null,
  }
}

function nothing(): Sums {
  return {
    calls: 0,
    traces: new Set(),
    input: undefined,
    output: undefined,
    cached: undefined,
    recorded: undefined,
    computed: undefined,
    cost: undefined,
    unpriced: 0,
    errors: 0,
    lengths: [],
  }
}

function add(sums: Sums, row: Row, recorded: bigint | undefined): void {
  const computed = priceOf(row)
  const cost = recorded ?? computed
  sums.calls++
  sums.traces.add(row.trace_id)
  sums.input = plus(sums.input, row.input_tokens)
  sums.output = plus(sums.output, row.output_tokens)
  sums.cached = plus(sums.cached, row.cache_read_tokens)
  if (recorded !== undefined) sums.recorded = (sums.recorded ?? 0n) + recorded
  if (computed !== undefined) sums.computed = (sums.computed ?? 0n) + computed
  if (cost === undefined) sums.unpriced++
  else sums.cost = (sums.cost ?? 0n) + cost
  if (row.status === 'error') sums.errors++
  if (row.latency_ms !== undefined) sums.lengths.push(row.latency_ms)
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return b === undefined ? a : (a ?? 0) + b
}

function priceOf(row: Row): bigint | undefined {
  const price = prices[row.model_name]
  const { input_tokens: input, output_tokens: output, cache_read_tokens: cached = 0 } = row
  if (!price || input === undefined || output === undefined) return undefined
  return BigInt((input - cached) * price[0] + cached * price[1] + output * price[2])
}

/** Nearest rank; milliseconds. */
export function percentile(lengths: number[], share: number): number | undefined {
  lengths.sort((a, b) => a - b)
  return lengths[Math.max(0, Math.ceil((lengths.length * share) / 100) - 1)]
}

export function dollars(nano: bigint | undefined): string | null {
  if (nano === undefined) return null
  const digits = String(nano).padStart(10, '0')
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '')
}
