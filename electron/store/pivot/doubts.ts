import { marksToBits } from '../../../shared/domain/marks.ts'
import { costDoubts, type CostDoubts } from '../../../shared/money/cost-doubts.ts'
import type { Untimed } from '../../../shared/query/latency-measures.ts'
import { unknownCosts } from '../../../shared/money/unknown-cost.ts'
import { callCosts } from '../table/call-costs.ts'
import type { Table } from '../table/table.ts'
import { countedCalls, rankedLengths } from './calls.ts'
import { notInOrder } from './percentiles.ts'

const bits = costDoubts.map(mark => marksToBits([mark]))
const anyDoubt = marksToBits(costDoubts)

/** What is to be known of the costs of these calls; undefined: of all. */
export function doubtsOf(table: Table, isIn: Uint8Array | undefined): CostDoubts {
  const { cost, why } = callCosts(table)
  const { place, row } = countedCalls(table)
  const marks = table.column('marks')
  const [reasons, doubts] = [new Uint32Array(unknownCosts.length), new Uint32Array(bits.length)]
  const those = peculiar(table)
  for (let n = 0; n < those.length; n++) {
    const i = those[n]!
    if (isIn?.[i] === 0) continue
    const k = place[i]!
    if (Number.isNaN(cost[k]!)) reasons[why[k]! - 1]!++
    const marked = marks[row[i]!]!
    if ((marked & anyDoubt) !== 0) for (let b = 0; b < bits.length; b++) if (marked & bits[b]!) doubts[b]!++
  }
  return {
    unpriced: unknownCosts.flatMap((of, n) => (reasons[n]! > 0 ? [{ why: of, calls: reasons[n]! }] : [])),
    doubts: costDoubts.flatMap((mark, n) => (doubts[n]! > 0 ? [{ mark, calls: doubts[n]! }] : [])),
  }
}

/** Calls without a cost, or with a mark that speaks of it: few, as a rule. */
function peculiar(table: Table): Uint32Array {
  return table.derived('pivot peculiar', () => {
    const { cost } = callCosts(table)
    const { place, row, count } = countedCalls(table)
    const marks = table.column('marks')
    const found = new Uint32Array(count)
    let n = 0
    for (let i = 0; i < count; i++) {
      const own = cost[place[i]!]!
      if (own !== own || (marks[row[i]!]! & anyDoubt) !== 0) found[n++] = i
    }
    return found.slice(0, n)
  })
}

const backwards = marksToBits(['negative-duration'])

/** How many of these calls are in no latency, and how many of them end before they start; undefined: of all. */
export function untimedOf(table: Table, isIn: Uint8Array | undefined): { readonly untimed?: Untimed } {
  const { row } = countedCalls(table)
  const marks = table.column('marks')
  const untimed = { calls: 0, backwards: 0 }
  const those = notInOrder(table, rankedLengths(table))
  for (let n = 0; n < those.length; n++) {
    const i = those[n]!
    if (isIn?.[i] === 0) continue
    untimed.calls++
    if (marks[row[i]!]! & backwards) untimed.backwards++
  }
  return untimed.calls > 0 ? { untimed } : {}
}
