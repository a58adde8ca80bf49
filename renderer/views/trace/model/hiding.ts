import type { Shape } from './shape.ts'
import type { Sums } from './sums.ts'

/** Why a row is not shown; one that is not shown hides all that is below it. 0: it is shown, as far as folding goes. */
export const hiddenBy = { filter: 1, attempts: 2 } as const
/** One entry a row. Never changed in place. Undefined where nothing is hidden. */
export type Hidden = Uint8Array | undefined

/** Hides what neither matches nor leads to a match. */
export function hideOthers(shape: Shape, matches: Uint8Array): Hidden {
  const hidden = new Uint8Array(shape.count).fill(hiddenBy.filter)
  for (let row = shape.count - 1; row >= 0; row--) {
    if (matches[row] === 1) hidden[row] = 0
    const above = shape.parent[row]!
    if (hidden[row] === 0 && above >= 0) hidden[above] = 0
  }
  return hidden
}

/** Hides rows and what is below them, beside what is hidden already. */
export function hideRows(shape: Shape, hidden: Hidden, rows: Iterable<number>, reason: number): Hidden {
  const next = hidden?.slice() ?? new Uint8Array(shape.count)
  for (const row of rows) if (next[row] === 0) next.fill(reason, row, shape.last[row]! + 1)
  return next
}

/** Shows again what is hidden for one reason. */
export function withoutReason(hidden: Hidden, reason: number): Hidden {
  if (!hidden?.includes(reason)) return hidden
  const next = hidden.map(one => (one === reason ? 0 : one))
  return next.some(one => one !== 0) ? next : undefined
}

/** The last row of the run that a placeholder stands for: hidden siblings side by side, with all below them. */
export function endOfRun(shape: Shape, hidden: Uint8Array, first: number): number {
  const { last, parent, count } = shape
  let end = last[first]!
  for (let next = end + 1; next < count && hidden[next] === hidden[first] && parent[next] === parent[first];) {
    end = last[next]!
    next = end + 1
  }
  return end
}

/** Shows a run again, from the row that stands for it. */
export function showRun(shape: Shape, hidden: Hidden, first: number): Hidden {
  if (!hidden || hidden[first] === 0) return hidden
  return hidden.slice().fill(0, first, endOfRun(shape, hidden, first) + 1)
}

/** Shows a row and the rest of the subtree that is hidden with it. */
export function showRow(shape: Shape, hidden: Hidden, row: number): Hidden {
  if (!hidden || hidden[row] === 0) return hidden
  let top = row
  while (shape.parent[top]! >= 0 && hidden[shape.parent[top]!] !== 0) top = shape.parent[top]!
  return hidden.slice().fill(0, top, shape.last[top]! + 1)
}

/** What a run of hidden rows comes to. Money is unknown where no call says any. */
export interface Run {
  readonly spans: number
  readonly errors: number
  readonly cost: number
  /** Microseconds after the start of the trace; NaN where nothing has a time. */
  readonly from: number
  readonly to: number
}

interface Times {
  readonly offset: Float64Array
  readonly duration: Float64Array
}

export function sumRun(times: Times, shape: Shape, sums: Sums, first: number, last: number): Run {
  let errors = 0
  let cost = Number.NaN
  let from = Number.NaN
  let to = Number.NaN
  for (let row = first; row <= last; row = shape.last[row]! + 1) {
    errors += sums.errors[row]!
    if (!Number.isNaN(sums.cost[row]!)) cost = (Number.isNaN(cost) ? 0 : cost) + sums.cost[row]!
    const start = times.offset[row]!
    if (Number.isNaN(start)) continue
    const end = start + (Math.max(0, times.duration[row]!) || 0)
    if (!(from <= start)) from = start
    if (!(to >= end)) to = end
  }
  return { spans: last - first + 1, errors, cost, from, to }
}
