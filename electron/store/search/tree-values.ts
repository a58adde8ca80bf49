import type { Interval } from '../../../shared/query/plan.ts'
import { isWithin } from '../../../shared/query/plan.ts'
import type { Store } from '../open.ts'

interface Row {
  readonly id: number
  readonly trace: number
  readonly last: number
  readonly pre: number
  /** Microseconds; null is unknown. */
  readonly start: number | null
  readonly startNs: number
  readonly dur: number | null
  readonly durNs: number
}

/** A span whose children are still coming. */
interface Open {
  readonly id: number
  readonly last: number
  readonly start: bigint | undefined
  readonly duration: bigint | undefined
  children: number
  /** Up to where its children have covered it, and how much of it. */
  coveredTo: bigint
  covered: bigint
}

const inOrder = `SELECT id, trace, pre, last, start, start_ns AS startNs, dur, dur_ns AS durNs
  FROM span ORDER BY trace, pre`

/**
 * Spans by what follows from those right below them: how many they are, or how much of the span's time they leave. One walk
 * over all spans in reading order. Children come by their starts, so what they cover adds up as they come.
 */
export function spansByTree(store: Store, what: 'children' | 'self', within: Interval): number[] {
  const found: number[] = []
  const stack: Open[] = []
  let trace = -1
  const close = (): void => {
    const { id, children, duration, covered } = stack.pop()!
    const value = what === 'children' ? children : duration === undefined ? undefined : duration - covered
    if (value !== undefined && isWithin(value, within)) found.push(id)
  }
  for (const row of store.db.prepare<[], Row>(inOrder).iterate()) {
    while (stack.length > 0 && (row.trace !== trace || stack.at(-1)!.last < row.pre)) close()
    trace = row.trace
    const open = opened(row)
    const parent = stack.at(-1)
    if (parent) cover(parent, open)
    stack.push(open)
  }
  while (stack.length > 0) close()
  return found
}

function opened({ id, last, start, startNs, dur, durNs }: Row): Open {
  const from = start === null ? undefined : BigInt(start) * 1000n + BigInt(startNs)
  const length = dur === null ? undefined : BigInt(dur) * 1000n + BigInt(durNs)
  const duration = length !== undefined && length < 0n ? undefined : length
  return { id, last, start: from, duration, children: 0, coveredTo: from ?? 0n, covered: 0n }
}

function cover(parent: Open, child: Open): void {
  parent.children++
  if (parent.start === undefined || parent.duration === undefined) return
  if (child.start === undefined || child.duration === undefined) return
  const end = parent.start + parent.duration
  const from = child.start > parent.coveredTo ? child.start : parent.coveredTo
  const childEnd = child.start + child.duration
  const to = childEnd < end ? childEnd : end
  if (to <= from) return
  parent.covered += to - from
  parent.coveredTo = to
}
