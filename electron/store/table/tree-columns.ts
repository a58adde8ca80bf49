import type { TraceTree } from '../../../shared/contract/traces.ts'
import { callCosts } from './call-costs.ts'
import { firstAt } from './arrays.ts'
import { placeOf } from './traces.ts'
import type { Table } from './table.ts'

/** Columns of a tree that are kept as they are; what follows from them is worked out by whoever asks. */
export type TreeColumns = Omit<
  { -readonly [K in keyof TraceTree]: TraceTree[K] },
  'trace' | 'strings' | 'criticalRow' | 'criticalFrom' | 'criticalTo'
>

/** The columns of a whole trace, names by their ids; undefined where its order is due. */
export function treeColumns(table: Table, id: number): TreeColumns | undefined {
  const { traces, layout } = table
  const place = placeOf(traces, id)
  if (place < 0 || traces.dirty[place] !== 0) return undefined
  const first = traces.first[place]!
  const end = first + traces.rows[place]!
  const length = end - first
  const cut = <A extends { slice(from: number, to: number): A }>(column: A): A => column.slice(first, end)
  const [start, startNs, dur, durNs] = [
    table.column('start'),
    table.column('start_ns'),
    table.column('dur'),
    table.column('dur_ns'),
  ]
  const [zero, zeroNs] = [traces.start[place]!, traces.start_ns[place]!]
  const offset = new Float64Array(length)
  const duration = new Float64Array(length)
  const last = new Uint32Array(length)
  for (let i = 0, row = first; row < end; i++, row++) {
    offset[i] = ((start[row]! - zero) * 1000 + startNs[row]! - zeroNs) / 1000
    duration[i] = (dur[row]! * 1000 + durNs[row]!) / 1000
    last[i] = layout.end[row]! - first
  }
  return {
    id: Float64Array.from(layout.id.subarray(first, end)),
    last,
    depth: new Uint16Array(length),
    kind: cut(table.column('kind')),
    status: cut(table.column('status')),
    marks: cut(table.column('marks')),
    name: cut(table.column('name')),
    offset,
    duration,
    ...callColumns(table, first, end),
  }
}

function callColumns(table: Table, first: number, end: number) {
  const { calls } = table
  const { cost, computed } = callCosts(table)
  const length = end - first
  const unknown = () => new Float64Array(length).fill(Number.NaN)
  const into = {
    model: new Uint32Array(length),
    input: unknown(),
    output: unknown(),
    cached: unknown(),
    cost: unknown(),
    recorded: unknown(),
    computed: unknown(),
    firstToken: unknown(),
    counted: new Uint8Array(length),
  }
  for (let k = firstAt(calls.row, first); k < calls.count && calls.row[k]! < end; k++) {
    const at = calls.row[k]! - first
    into.model[at] = calls.model[k]!
    into.input[at] = calls.input[k]!
    into.output[at] = calls.output[k]!
    into.cached[at] = calls.cache_read[k]!
    into.cost[at] = cost[k]!
    into.recorded[at] = calls.cost[k]!
    into.computed[at] = computed[k]!
    into.firstToken[at] = calls.first_token[k]!
    into.counted[at] = calls.counted[k]!
  }
  return into
}
