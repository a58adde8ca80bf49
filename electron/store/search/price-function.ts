import type { Store } from '../open.ts'
import type { Pricer } from '../../../shared/money/pricer.ts'
import { pricerToCome } from '../price-book.ts'
import { computedCost } from '../trace-cost.ts'

// Costs for whoever asks SQL: the command line, which has no columns in memory.

const name = (column: string) => `(SELECT n.s FROM name n WHERE n.id = ${column})`

const priceOf = (call: string) => `computed_cost(
  ${name(`${call}.provider`)}, ${name(`${call}.model`)},
  (SELECT p.start FROM span p WHERE p.id = ${call}.id), (SELECT p.marks FROM span p WHERE p.id = ${call}.id),
  ${call}.input, ${call}.output, ${call}.cache_read, ${call}.cache_write, ${call}.cache_write_1h, ${call}.reasoning,
  ${name(`${call}.more`)})`

/** Of a row of `call`: nano-dollars, NULL where it has no price. */
export const computedSql = priceOf('call')
export const costSql = `coalesce(call.cost, ${computedSql})`

/** Of all calls of a trace that count. */
const ofTrace = (cost: string, trace: string) =>
  `(SELECT sum(${cost}) FROM span_run r CROSS JOIN call ON call.id >= r.first AND call.id < r.first + r.n
    AND call.trace = r.trace WHERE r.trace = ${trace}.id AND call.counted > 0)`

export const traceCostSql = (trace: string) => ofTrace(costSql, trace)
export const traceComputedSql = (trace: string) => ofTrace(computedSql, trace)

const pricers = new WeakMap<Store, () => Pricer>()

type Text = string | null
type Count = number | null

/** Makes `computed_cost(…)` known to statements, by the prices of now. */
export function providePrices(store: Store): void {
  // While a statement runs no other may: what the store keeps is read before, and understood only if it is asked for.
  const isNew = !pricers.has(store)
  pricers.set(store, pricerToCome(store))
  if (!isNew) return
  store.db.function(
    'computed_cost',
    (
      provider: Text,
      model: Text,
      start: Count,
      marks: Count,
      input: Count,
      output: Count,
      cacheRead: Count,
      cacheWrite: Count,
      cacheWrite1h: Count,
      reasoning: Count,
      more: Text,
    ) => {
      const usage = { input, output, cacheRead, cacheWrite, cacheWrite1h, reasoning }
      const cost = computedCost(pricers.get(store)!(), { provider, model, start, marks: marks ?? 0, ...usage, more })
      return typeof cost === 'number' ? cost : null
    },
  )
}
