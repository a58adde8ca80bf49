import type { TraceTree } from '../../../shared/contract/traces.ts'
import { type Oddity, odditiesOf } from './model/oddities.ts'
import { type Overview, overviewOf } from './model/overview.ts'
import { readShape, type Shape } from './model/shape.ts'
import { type Sums, sumSubtrees, type Totals, totalsOf } from './model/sums.ts'
import { type TimeRange, wholeRange } from './model/timeline.ts'
import { type Attempts, findAttempts } from '../../../shared/tree/attempts.ts'
import { splitTime, type TimeSplit, waitsOf } from '../../../shared/tree/waits.ts'

/** A trace as the view reads it: the columns that came, and what follows from them. Built once per trace. */
export interface TraceModel {
  readonly tree: TraceTree
  readonly shape: Shape
  readonly sums: Sums
  readonly totals: Totals
  readonly whole: TimeRange
  readonly oddities: readonly Oddity[]
  readonly attempts: Attempts
  /** For each row its place in `waits`: what its own time is spent on. */
  readonly waits: Uint8Array
  /** The critical path by what it waits for. */
  readonly split: TimeSplit
  /** Failed rows below which nothing else failed: where errors started. Their ancestors only pass them on. */
  readonly errorOrigins: Uint8Array
  readonly overview: Overview
}

export function readTrace(tree: TraceTree): TraceModel {
  const reading = readingTrace(tree)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}

/** The same in turns: of 100,000 spans each takes some milliseconds, and the page may do something else between them. */
export function* readingTrace(tree: TraceTree): Generator<void, TraceModel> {
  const shape = readShape(tree.last)
  yield
  const sums = sumSubtrees(tree, shape)
  yield
  const totals = totalsOf(tree, shape, sums)
  const oddities = odditiesOf(tree, shape, totals)
  yield
  const errorOrigins = new Uint8Array(shape.count)
  for (let row = 0; row < shape.count; row++)
    errorOrigins[row] = tree.status[row] === 2 && sums.errors[row] === 1 ? 1 : 0
  const attempts = findAttempts({ ...tree, depth: shape.depth })
  yield
  const waits = waitsOf(tree.kind, tree.last)
  const split = splitTime({ row: tree.criticalRow, from: tree.criticalFrom, to: tree.criticalTo }, waits)
  const whole = wholeRange(tree)
  yield
  const overview = overviewOf(tree, waits, errorOrigins, whole.to)
  return { tree, shape, sums, totals, whole, oddities, attempts, waits, split, errorOrigins, overview }
}
