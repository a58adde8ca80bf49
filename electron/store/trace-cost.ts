import { marksToBits } from '../../shared/domain/marks.ts'
import { rareParts, readCallMore } from '../../shared/money/call-more.ts'
import { CountSheet } from '../../shared/money/price-call.ts'
import type { Pricer } from '../../shared/money/pricer.ts'
import type { UnknownCost } from '../../shared/money/unknown-cost.ts'
import type { Store } from './open.ts'

/** A row of `call` with what else its price depends on; null is unknown. */
export interface PricedRow {
  readonly id: number
  readonly counted: number
  readonly cost: number | null
  readonly provider: string | null
  readonly model: string | null
  readonly start: number | null
  readonly marks: number
  readonly input: number | null
  readonly output: number | null
  readonly cacheRead: number | null
  readonly cacheWrite: number | null
  readonly cacheWrite1h: number | null
  readonly reasoning: number | null
  readonly more: string | null
}

/** A row of `trace-prices.sql`. */
export interface UsageRow extends PricedRow {
  readonly modelId: number
  readonly firstToken: number | null
}

const doubtful = marksToBits(['doubtful-usage'])
const sheet = new CountSheet()

/** In nano-dollars, or why it is unknown. */
export function computedCost(pricer: Pricer, row: Omit<PricedRow, 'id' | 'counted' | 'cost'>): number | UnknownCost {
  const more = row.more === null ? {} : readCallMore(row.more)
  const price = pricer.at(row.provider ?? undefined, row.model ?? undefined, row.start ?? Number.NaN, more)
  if (typeof price === 'string') return price
  if (price.match.rule?.local) return 0
  if (row.marks & doubtful) return 'inconsistent'
  for (const part of ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'reasoning'] as const)
    sheet.set(part, row[part] ?? Number.NaN)
  for (const part of rareParts) sheet.set(part, more[part] ?? Number.NaN)
  return sheet.fault() ?? sheet.lack(price.sheet) ?? sheet.sum(price.sheet)
}

export interface TraceCost {
  /** Nano-dollars; NaN is unknown. */
  readonly cost: number
  readonly computed: number
  /** Calls that have neither a recorded nor a computed cost. */
  readonly uncosted: number
}

/** What one trace cost, from its calls. */
export function costOfTrace(store: Store, pricer: Pricer, trace: number): TraceCost {
  const sums = { cost: Number.NaN, computed: Number.NaN, uncosted: 0 }
  const add = (sum: number, one: number) => (Number.isNaN(sum) ? one : sum + one)
  for (const row of store.query<[number], PricedRow>('trace-prices').all(trace)) {
    if (row.counted === 0) continue
    const found = computedCost(pricer, row)
    const computed = typeof found === 'string' ? undefined : found
    const cost = row.cost ?? computed
    if (cost !== undefined) sums.cost = add(sums.cost, cost)
    else if (row.counted === 1) sums.uncosted++
    if (computed !== undefined) sums.computed = add(sums.computed, computed)
  }
  return sums
}
