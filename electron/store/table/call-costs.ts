import { marksToBits } from '../../../shared/domain/marks.ts'
import { rareParts, readCallMore, type CallMore } from '../../../shared/money/call-more.ts'
import { CountSheet, unitOf } from '../../../shared/money/price-call.ts'
import type { DatedSheet, Pricer } from '../../../shared/money/pricer.ts'
import { unknownCosts, type UnknownCost } from '../../../shared/money/unknown-cost.ts'
import { pricerOf } from '../price-book.ts'
import type { Calls } from './calls.ts'
import type { Table } from './table.ts'

/** What calls cost, in nano-dollars by the number of the call; NaN is unknown. */
export interface CallCosts {
  /** What the file says, else what is computed. */
  readonly cost: Float64Array
  /** From usage and prices, of every call that can be priced. */
  readonly computed: Float64Array
  /** Why none could be computed: 0 for those that have one, else one more than its place in `unknownCosts`. */
  readonly why: Uint8Array
}

const doubtful = marksToBits(['doubtful-usage'])

/**
 * Costs by the prices that the store keeps. Derived, never stored: what an import adds, or another price list changes, is a
 * pass over the calls (a million in 0.2 s).
 */
export function callCosts(table: Table): CallCosts {
  return table.derived('call costs', () => keptCosts(table) ?? computeCosts(table, pricerOf(table.store)))
}

/** Those that were kept with the columns, where they were computed by the same prices. */
function keptCosts(table: Table): CallCosts | undefined {
  const { calls, state, parts } = table
  const { costs } = parts
  if (!costs || costs.of !== calls || costs.book !== state.book) return undefined
  // Each is read, or made, for whoever asks.
  return {
    get cost() {
      return table.derived('call costs, recorded or computed', () => costsIn(calls, costs.computed))
    },
    get computed() {
      return costs.computed
    },
    get why() {
      return costs.why
    },
  }
}

/** The same by any prices: what a preview compares. */
export function computeCosts(table: Table, pricer: Pricer): CallCosts {
  const { calls, names } = table
  const [start, marks] = [table.column('start'), table.column('marks')]
  const computed = new Float64Array(calls.count).fill(Number.NaN)
  const why = new Uint8Array(calls.count)
  const sheet = new CountSheet()
  const found = new PriceOfNames(pricer, id => names.text(id))
  for (let k = 0; k < calls.count; k++) {
    const row = calls.row[k]!
    const more = found.more(calls.more[k]!)
    const price = found.at(calls.provider[k]!, calls.model[k]!, calls.more[k]!, start[row]!)
    const cost = typeof price === 'string' ? price : costOf(calls, k, price, sheet, more, marks[row]! & doubtful)
    if (typeof cost === 'string') why[k] = 1 + unknownCosts.indexOf(cost)
    else computed[k] = cost
  }
  return { cost: costsIn(calls, computed), computed, why }
}

/** What the file says, else what is computed. */
function costsIn({ cost: recorded }: Calls, computed: Float64Array): Float64Array {
  const cost = new Float64Array(recorded.length)
  for (let k = 0; k < cost.length; k++) {
    const said = recorded[k]!
    // NaN is not itself.
    cost[k] = said === said ? said : computed[k]!
  }
  return cost
}

function costOf(
  calls: Calls,
  k: number,
  price: DatedSheet,
  sheet: CountSheet,
  more: CallMore,
  isDoubtful: number,
): number | UnknownCost {
  if (price.match.rule?.local) return 0
  if (isDoubtful !== 0) return 'inconsistent'
  const { counts } = sheet
  counts[unitOf.input] = calls.input[k]!
  counts[unitOf.output] = calls.output[k]!
  counts[unitOf.cacheRead] = calls.cache_read[k]!
  counts[unitOf.cacheWrite] = calls.cache_write[k]!
  counts[unitOf.cacheWrite1h] = calls.cache_write_1h[k]!
  counts[unitOf.reasoning] = calls.reasoning[k]!
  if (more !== nothing || sheet.hasRare) {
    for (const part of rareParts) sheet.set(part, more[part] ?? Number.NaN)
    sheet.hasRare = more !== nothing
  }
  return sheet.fault() ?? sheet.lack(price.sheet) ?? sheet.sum(price.sheet)
}

const nothing: CallMore = {}

interface KnownPrice {
  readonly provider: number
  readonly model: number
  readonly more: number
  readonly provided: string | undefined
  readonly named: string
  /** Undefined where it depends on the time. */
  readonly always: DatedSheet | UnknownCost | undefined
}

/** Prices by ids of names. Calls of one model mostly stand together: the last price is looked at before any map. */
class PriceOfNames {
  private readonly pricer: Pricer
  private readonly text: (id: number) => string
  private readonly mores = new Map<number, CallMore>()
  private readonly known = new Map<string, KnownPrice>()
  private last: KnownPrice | undefined

  constructor(pricer: Pricer, text: (id: number) => string) {
    this.pricer = pricer
    this.text = text
  }

  more(id: number): CallMore {
    if (!(id > 0)) return nothing
    let known = this.mores.get(id)
    if (!known) this.mores.set(id, (known = readCallMore(this.text(id))))
    return known
  }

  at(provider: number, model: number, more: number, time: number): DatedSheet | UnknownCost {
    let { last } = this
    if (last?.provider !== provider || last.model !== model || last.more !== more)
      last = this.last = this.find(provider, model, more)
    return last.always ?? this.pricer.at(last.provided, last.named, time, this.more(more))
  }

  private find(provider: number, model: number, more: number): KnownPrice {
    const key = `${provider} ${model} ${more}`
    const known = this.known.get(key)
    if (known) return known
    const provided = provider === 0 ? undefined : this.text(provider)
    const named = this.text(model)
    const always = this.pricer.dependsOnTime(provided, named)
      ? undefined
      : this.pricer.at(provided, named, Number.NaN, this.more(more))
    const found = { provider, model, more, provided, named, always }
    this.known.set(key, found)
    return found
  }
}
