import { Columns } from './columns.ts'
import { deriveTrace, traceShape } from './derive.ts'
import type { Derived } from './derive.ts'
import type { Label } from './interned.ts'
import type { Pending } from './pending.ts'

/** The pending spans of one trace: `rows` are their rows among the pending ones, in file order. */
export interface PendingTrace {
  /** Number of the trace among those of this import. */
  readonly number: number
  readonly rows: Uint32Array
}

/** Pending spans by trace. */
export function byTrace({ spans }: Pending): PendingTrace[] {
  const slots = new Map<number, number>()
  const numbers: number[] = []
  const slotOf = new Uint32Array(spans.count)
  const from: number[] = [0]
  for (let i = 0; i < spans.count; i++) {
    const number = spans.at.traceNumber[i]!
    let slot = i > 0 && spans.at.traceNumber[i - 1] === number ? slotOf[i - 1] : slots.get(number)
    if (slot === undefined) {
      slot = numbers.push(number) - 1
      slots.set(number, slot)
      from.push(0)
    }
    slotOf[i] = slot
    from[slot + 1]!++
  }
  for (let slot = 0; slot < numbers.length; slot++) from[slot + 1]! += from[slot]!
  const next = Uint32Array.from(from)
  const rows = new Uint32Array(spans.count)
  for (let i = 0; i < spans.count; i++) rows[next[slotOf[i]!]!++] = i
  return numbers.map((number, slot) => ({ number, rows: rows.subarray(from[slot], from[slot + 1]) }))
}

const scratch = new Columns(traceShape, 1024)

/** Gives the pending spans of a trace that came whole their places, marks and counts, before they are written. */
export function settle(pending: Pending, rows: Uint32Array, labelOf: (id: number) => Label): Derived {
  const s = pending.spans.at
  scratch.reserve(rows.length)
  scratch.count = rows.length
  const { at } = scratch
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k]!
    at.tag[k] = s.tag[i]!
    at.parentTag[k] = s.parentTag[i]!
    at.start[k] = s.start[i]!
    at.startNs[k] = s.startNs[i]!
    at.duration[k] = s.duration[i]!
    at.durationNs[k] = s.durationNs[i]!
    at.marks[k] = s.marks[i]!
    at.kind[k] = s.kind[i]!
    at.status[k] = s.status[i]!
    at.name[k] = s.name[i]!
    at.label[k] = s.label[i]!
    at.call[k] = s.call[i]!
  }
  const derived = deriveTrace(scratch, pending.calls.at, labelOf)
  for (let pre = 0; pre < rows.length; pre++) {
    const i = rows[derived.order[pre]!]!
    s.pre[i] = pre
    s.last[i] = derived.last[pre]!
    s.depth[i] = derived.depth[pre]!
    s.marks[i] = derived.marks[pre]!
  }
  return derived
}
