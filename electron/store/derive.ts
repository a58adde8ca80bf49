import { spanKinds, statuses } from '../../shared/domain/kind.ts'
import { marksToBits } from '../../shared/domain/marks.ts'
import { countCalls } from '../../shared/tree/calls.ts'
import { layOut } from '../../shared/tree/lay-out.ts'
import { orderTrace } from '../../shared/tree/order.ts'
import type { ReadingOrder } from '../../shared/tree/order.ts'
import { Columns } from './columns.ts'
import { labelFields } from './interned.ts'
import type { Label } from './interned.ts'

/** The spans of one trace in file order: what its order and totals are derived from. */
export const traceShape = {
  id: Uint32Array,
  tag: Float64Array,
  parentTag: Float64Array,
  start: Float64Array,
  startNs: Uint16Array,
  duration: Float64Array,
  durationNs: Uint16Array,
  marks: Uint32Array,
  kind: Uint8Array,
  status: Uint8Array,
  name: Uint32Array,
  label: Uint32Array,
  /** Row of the span's usage in `UsageColumns`, -1 for none. */
  call: Int32Array,
} as const
export type TraceSpans = Columns<typeof traceShape>

/** NaN is unknown. */
export interface UsageColumns {
  readonly response: Float64Array
  readonly input: Float64Array
  readonly output: Float64Array
  readonly cost: Float64Array
  /** Written here: 1 a call, 2 other usage that counts, 0 restated or nothing. */
  readonly counted: Uint8Array
}

/** Totals of a trace, and what its root says about it. NaN is unknown; names are ids, 0 for none. */
export interface TraceTotals {
  readonly name: number
  readonly start: number
  readonly startNs: number
  readonly duration: number
  readonly durationNs: number
  readonly spans: number
  readonly calls: number
  readonly errors: number
  readonly tools: number
  readonly input: number
  readonly output: number
  readonly cost: number
  readonly uncosted: number
  readonly label: Label
}

export interface Derived extends ReadingOrder {
  readonly totals: TraceTotals
}

const restatedMark = marksToBits(['restated'])
const unanswered = marksToBits(['unanswered'])
const brokenRoot = marksToBits(['orphan', 'cycle'])
const errorStatus = statuses.indexOf('error')
const toolKind = spanKinds.indexOf('tool')

/** Reading order, calls counted once, and totals. The same for a trace in memory and one read back from the store. */
export function deriveTrace(spans: TraceSpans, usage: UsageColumns, labelOf: (id: number) => Label): Derived {
  const order = orderTrace({ count: spans.count, ...spans.at })
  for (let k = 0; k < spans.count; k++) order.marks[k]! &= ~restatedMark
  countOnce(spans, usage, order)
  return { ...order, totals: addUp(spans, usage, order, labelOf) }
}

/**
 * Only spans with usage matter, so only they are handed over, their ranges translated. A request that was given back
 * unanswered names a model all the same, but is no call.
 */
function countOnce({ at, count }: TraceSpans, usage: UsageColumns, order: ReadingOrder): void {
  const places: number[] = []
  for (let k = 0; k < count; k++) {
    const row = order.order[k]!
    const call = at.call[row]!
    if (call < 0) continue
    const isGivenBack =
      (at.marks[row]! & unanswered) !== 0 && Number.isNaN(usage.input[call]!) && Number.isNaN(usage.output[call]!)
    if (isGivenBack) usage.counted[call] = 0
    else places.push(k)
  }
  if (places.length === 0) return
  const rows = places.map(k => order.order[k]!)
  const calls = rows.map(row => at.call[row]!)
  const last = new Uint32Array(places.length)
  // From the end: every later place that is still inside a span's range belongs to it.
  for (let i = places.length - 1; i >= 0; i--) {
    let end = i
    while (end + 1 < places.length && places[end + 1]! <= order.last[places[i]!]!) end = last[end + 1]!
    last[i] = end
  }
  const { counted, restated } = countCalls({
    last,
    kind: rows.map(row => at.kind[row]!),
    input: calls.map(call => usage.input[call]!),
    output: calls.map(call => usage.output[call]!),
    responseId: calls.map(call => usage.response[call]!),
  })
  for (let i = 0; i < places.length; i++) {
    usage.counted[calls[i]!] = counted[i]!
    if (restated[i]) order.marks[places[i]!]! |= restatedMark
  }
}

function addUp(
  spans: TraceSpans,
  usage: UsageColumns,
  order: ReadingOrder,
  labelOf: (id: number) => Label,
): TraceTotals {
  const { at, count } = spans
  const sums = { calls: 0, errors: 0, tools: 0, uncosted: 0, input: Number.NaN, output: Number.NaN, cost: Number.NaN }
  for (let i = 0; i < count; i++) {
    if (at.status[i] === errorStatus) sums.errors++
    if (at.kind[i] === toolKind) sums.tools++
    const call = at.call[i]!
    if (call < 0 || usage.counted[call] === 0) continue
    const isCall = usage.counted[call] === 1
    if (isCall) sums.calls++
    if (isCall && Number.isNaN(usage.cost[call]!)) sums.uncosted++
    sums.input = plus(sums.input, usage.input[call]!)
    sums.output = plus(sums.output, usage.output[call]!)
    sums.cost = plus(sums.cost, usage.cost[call]!)
  }
  if (Number.isNaN(sums.cost)) sums.uncosted = 0
  const root = findRoot(order)
  const label = wholeLabel(spans, order, root, labelOf)
  return {
    ...sums,
    ...extent(spans, order),
    spans: count,
    label,
    name: label.traceName || at.name[order.order[root]!]!,
  }
}

function plus(sum: number, value: number): number {
  return Number.isNaN(value) ? sum : Number.isNaN(sum) ? value : sum + value
}

/** Place of the first span that is a root by its own word; else of the first. */
function findRoot({ depth, marks }: ReadingOrder): number {
  for (let k = 0; k < depth.length; k++) if (depth[k] === 0 && (marks[k]! & brokenRoot) === 0) return k
  return 0
}

/** Each field is the root's, else that of the first span which has it. */
function wholeLabel({ at }: TraceSpans, { order }: ReadingOrder, root: number, labelOf: (id: number) => Label): Label {
  const found = { ...labelOf(at.label[order[root]!]!) }
  if (labelFields.every(field => found[field] !== 0)) return found
  let before = -1
  for (const row of order) {
    const id = at.label[row]!
    if (id === before || id === 0) continue
    before = id
    const label = labelOf(id)
    for (const field of labelFields) found[field] ||= label[field]
  }
  return found
}

/**
 * Earliest start, and from there to the latest end; a span without an end counts with its start. Where nothing has a
 * time, the spans laid out one after another.
 */
function extent(
  { at, count }: TraceSpans,
  { order, last }: ReadingOrder,
): Pick<TraceTotals, 'start' | 'startNs' | 'duration' | 'durationNs'> {
  let start = Number.NaN
  let startNs = 0
  let end = Number.NaN
  let endNs = 0
  let ended = false
  for (let i = 0; i < count; i++) {
    const from = at.start[i]!
    if (Number.isNaN(from)) continue
    const fromNs = at.startNs[i]!
    if (!(from >= start) || (from === start && fromNs < startNs)) [start, startNs] = [from, fromNs]
    const length = at.duration[i]!
    ended ||= !Number.isNaN(length)
    const lasts = length >= 0
    const ns = fromNs + (lasts ? at.durationNs[i]! : 0)
    const to = from + (lasts ? length : 0) + (ns >= 1000 ? 1 : 0)
    if (!(to <= end) || (to === end && ns % 1000 > endNs)) [end, endNs] = [to, ns % 1000]
  }
  if (Number.isNaN(start)) {
    const duration = Float64Array.from(order, row => at.duration[row]! + at.durationNs[row]! / 1000)
    const length = layOut({ duration, last })
    const whole = Math.floor(length)
    return { start, startNs, duration: whole, durationNs: Math.round((length - whole) * 1000) || 0 }
  }
  if (!ended) return { start, startNs, duration: Number.NaN, durationNs: 0 }
  const ns = endNs - startNs
  return { start, startNs, duration: end - start - (ns < 0 ? 1 : 0), durationNs: ns < 0 ? ns + 1000 : ns }
}
