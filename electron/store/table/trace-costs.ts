import { callCosts } from './call-costs.ts'
import { plus } from './arrays.ts'
import type { Table } from './table.ts'

/** What traces cost, by their place: sums over calls counted once, in nano-dollars; NaN is unknown. */
export interface TraceCosts {
  readonly cost: Float64Array
  readonly recorded: Float64Array
  readonly computed: Float64Array
  /** Calls that have neither. */
  readonly uncosted: Float64Array
}

export function traceCosts(table: Table): TraceCosts {
  return table.derived('trace costs', () => summed(table))
}

function summed(table: Table): TraceCosts {
  const { traces, calls, layout } = table
  const { cost, computed } = callCosts(table)
  const sums = empty(traces.count)
  for (let k = 0; k < calls.count; k++) {
    if (calls.counted[k] === 0) continue
    const t = layout.trace[calls.row[k]!]!
    sums.cost[t] = plus(sums.cost[t]!, cost[k]!)
    sums.computed[t] = plus(sums.computed[t]!, computed[k]!)
    if (calls.counted[k] === 1 && Number.isNaN(cost[k]!)) sums.uncosted[t]!++
  }
  return { ...sums, recorded: traces.cost }
}

function empty(count: number) {
  const unknown = () => new Float64Array(count).fill(Number.NaN)
  return { cost: unknown(), computed: unknown(), uncosted: new Float64Array(count) }
}
