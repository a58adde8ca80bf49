import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { hasChildren, type Shape } from './shape.ts'

/**
 * What a row and everything below it add up to, each call counted once (`counted`). NaN is unknown: no counted row
 * below gave the figure. Costs are integer nano-dollars, exact in a double up to nine million dollars.
 */
export interface Sums {
  readonly spans: Uint32Array
  readonly calls: Uint32Array
  readonly errors: Uint32Array
  readonly input: Float64Array
  readonly output: Float64Array
  readonly cached: Float64Array
  readonly cost: Float64Array
  /** Counted rows without a cost: where not zero, `cost` is a lower bound. */
  readonly uncosted: Uint32Array
  /** Microseconds in which none of its children ran; NaN when unfinished. */
  readonly self: Float64Array
}

const failed = 2

export function sumSubtrees(tree: TraceTree, shape: Shape): Sums {
  const { count, parent, last } = shape
  const unknown = () => new Float64Array(count).fill(Number.NaN)
  const sums = {
    spans: new Uint32Array(count),
    calls: new Uint32Array(count),
    errors: new Uint32Array(count),
    input: unknown(),
    output: unknown(),
    cached: unknown(),
    cost: unknown(),
    uncosted: new Uint32Array(count),
    self: selfTimes(tree, shape),
  }
  for (let row = count - 1; row >= 0; row--) {
    sums.spans[row] = last[row]! - row + 1
    if (tree.status[row] === failed) sums.errors[row]!++
    if (tree.counted[row]) {
      if (tree.counted[row] === 1) sums.calls[row]!++
      if (Number.isNaN(tree.cost[row])) sums.uncosted[row]!++
      add(sums.input, row, tree.input[row]!)
      add(sums.output, row, tree.output[row]!)
      add(sums.cached, row, tree.cached[row]!)
      add(sums.cost, row, tree.cost[row]!)
    }
    const above = parent[row]!
    if (above < 0) continue
    sums.calls[above]! += sums.calls[row]!
    sums.errors[above]! += sums.errors[row]!
    sums.uncosted[above]! += sums.uncosted[row]!
    add(sums.input, above, sums.input[row]!)
    add(sums.output, above, sums.output[row]!)
    add(sums.cached, above, sums.cached[row]!)
    add(sums.cost, above, sums.cost[row]!)
  }
  return sums
}

/** An unknown addend changes nothing; the first known one starts the sum. */
function add(sums: Float64Array, row: number, value: number): void {
  if (Number.isNaN(value)) return
  const sum = sums[row]!
  sums[row] = Number.isNaN(sum) ? value : sum + value
}

/** Siblings stand in order of their start, so one pass merges their overlaps. An unfinished child runs on. */
function selfTimes(tree: TraceTree, shape: Shape): Float64Array {
  const self = new Float64Array(shape.count)
  const covered = new Float64Array(shape.count).fill(-Infinity)
  for (let row = 0; row < shape.count; row++) {
    const length = tree.duration[row]!
    self[row] = length < 0 ? 0 : length
    const above = shape.parent[row]!
    if (above < 0) continue
    const start = Math.max(tree.offset[row]!, tree.offset[above]!, covered[above]!)
    const ownEnd = Number.isNaN(length) ? Infinity : tree.offset[row]! + length
    const end = Math.min(ownEnd, tree.offset[above]! + tree.duration[above]!)
    if (!(end > start)) continue
    self[above] = Math.max(0, self[above]! - (end - start))
    covered[above] = end
  }
  return self
}

/** Figures of a trace: the sums over its roots. */
export interface Totals {
  readonly spans: number
  readonly calls: number
  readonly errors: number
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly cost: number
  readonly uncosted: number
  /** The models that answered a counted call, most frequent first, as indices into `strings`. */
  readonly models: readonly number[]
}

export function totalsOf(tree: TraceTree, shape: Shape, sums: Sums): Totals {
  const total = { calls: 0, errors: 0, uncosted: 0 }
  const figures = new Float64Array(4).fill(Number.NaN)
  for (let row = 0; row < shape.count; row = shape.last[row]! + 1) {
    total.calls += sums.calls[row]!
    total.errors += sums.errors[row]!
    total.uncosted += sums.uncosted[row]!
    add(figures, 0, sums.input[row]!)
    add(figures, 1, sums.output[row]!)
    add(figures, 2, sums.cached[row]!)
    add(figures, 3, sums.cost[row]!)
  }
  const uses = new Map<number, number>()
  for (let row = 0; row < shape.count; row++) {
    const model = tree.model[row]!
    if (model && tree.counted[row]) uses.set(model, (uses.get(model) ?? 0) + 1)
  }
  const models = [...uses].sort((a, b) => b[1] - a[1]).map(([model]) => model)
  return {
    ...total,
    spans: shape.count,
    models,
    input: figures[0]!,
    output: figures[1]!,
    cached: figures[2]!,
    cost: figures[3]!,
  }
}

/** Whether a row shows what its subtree adds up to rather than its own figure. */
export function showsSum(shape: Shape, row: number, own: number, sum: number): boolean {
  return hasChildren(shape, row) && !Number.isNaN(sum) && sum !== own
}
