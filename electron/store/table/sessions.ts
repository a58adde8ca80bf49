import { plus } from './arrays.ts'
import { traceCosts } from './trace-costs.ts'
import type { Table } from './table.ts'

/** Traces by the session they belong to: what its root says, else the first span that says something. NaN is unknown. */
export interface Sessions {
  readonly count: number
  /** Id of its name. */
  readonly name: Uint32Array
  /** Session of a trace by its place; -1 for none. */
  readonly of: Int32Array
  /** Place of the trace that began last. */
  readonly latest: Uint32Array
  readonly traces: Float64Array
  readonly spans: Float64Array
  readonly calls: Float64Array
  readonly errors: Float64Array
  readonly tools: Float64Array
  readonly uncosted: Float64Array
  readonly growing: Float64Array
  readonly input: Float64Array
  readonly output: Float64Array
  readonly cost: Float64Array
  readonly recorded: Float64Array
  readonly computed: Float64Array
  /** Microseconds. */
  readonly start: Float64Array
  readonly end: Float64Array
}

export function sessionsOf(table: Table): Sessions {
  return table.derived('sessions', () => groupTraces(table))
}

function groupTraces(table: Table): Sessions {
  const { traces } = table
  const costs = traceCosts(table)
  const numbers = new Map<number, number>()
  const of = new Int32Array(traces.count).fill(-1)
  for (let t = 0; t < traces.count; t++) {
    const name = traces.session[t]!
    if (name === 0) continue
    let session = numbers.get(name)
    if (session === undefined) numbers.set(name, (session = numbers.size))
    of[t] = session
  }
  const size = numbers.size
  const zeros = () => new Float64Array(size)
  const unknown = () => new Float64Array(size).fill(Number.NaN)
  const sums = { traces: zeros(), spans: zeros(), calls: zeros(), errors: zeros(), tools: zeros(), growing: zeros() }
  const known = {
    input: unknown(),
    output: unknown(),
    cost: unknown(),
    recorded: unknown(),
    computed: unknown(),
    start: unknown(),
    end: unknown(),
  }
  const uncosted = zeros()
  const latest = new Uint32Array(size)
  for (let t = 0; t < traces.count; t++) {
    const s = of[t]!
    if (s < 0) continue
    sums.traces[s]!++
    sums.spans[s]! += traces.spans[t]!
    sums.calls[s]! += traces.calls[t]!
    sums.errors[s]! += traces.errors[t]!
    sums.tools[s]! += traces.tools[t]!
    sums.growing[s]! += traces.dirty[t]!
    uncosted[s]! += costs.uncosted[t]!
    known.input[s] = plus(known.input[s]!, traces.input[t]!)
    known.output[s] = plus(known.output[s]!, traces.output[t]!)
    known.cost[s] = plus(known.cost[s]!, costs.cost[t]!)
    known.recorded[s] = plus(known.recorded[s]!, costs.recorded[t]!)
    known.computed[s] = plus(known.computed[s]!, costs.computed[t]!)
    const start = traces.start[t]! + traces.start_ns[t]! / 1000
    if (sums.traces[s] === 1 || laterThan(traces, t, latest[s]!)) latest[s] = t
    if (!(start >= known.start[s]!)) known.start[s] = Number.isNaN(start) ? known.start[s]! : start
    const length = traces.dur[t]! + traces.dur_ns[t]! / 1000
    const end = start + length
    if (!(end <= known.end[s]!)) known.end[s] = Number.isNaN(end) ? known.end[s]! : end
  }
  return { count: size, name: Uint32Array.from(numbers.keys()), of, latest, ...sums, ...known, uncosted }
}

function laterThan({ start, start_ns: ns }: Table['traces'], a: number, b: number): boolean {
  if (Number.isNaN(start[b]!)) return true
  return start[a]! > start[b]! || (start[a] === start[b] && ns[a]! >= ns[b]!)
}
