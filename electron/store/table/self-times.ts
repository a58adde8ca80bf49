import type { SpanNumbers } from './numbers.ts'
import type { Table } from './table.ts'

/**
 * How much of each span's time those right below it leave, in nanoseconds. Rows come in reading order and siblings by their
 * starts, so what they cover adds up as they come. Times are taken from the start of the trace, which a double holds exactly.
 */
export function selfTimes(table: Table): SpanNumbers {
  const { parent, layout, traces } = table
  const [start, startNs, dur, durNs] = [
    table.column('start'),
    table.column('start_ns'),
    table.column('dur'),
    table.column('dur_ns'),
  ]
  const from = (row: number): number => {
    const t = layout.trace[row]!
    return (start[row]! - traces.start[t]!) * 1000 + startNs[row]! - traces.start_ns[t]!
  }
  const length = (row: number): number => {
    const took = dur[row]! * 1000 + durNs[row]!
    return took < 0 ? Number.NaN : took
  }
  const self = new Float64Array(table.rows)
  const coveredTo = new Float64Array(table.rows)
  for (let row = 0; row < self.length; row++) {
    const own = length(row)
    const begins = from(row)
    self[row] = own
    coveredTo[row] = begins
    const above = parent[row]!
    if (above < 0 || Number.isNaN(own) || Number.isNaN(begins)) continue
    const parentFrom = from(above)
    const parentLength = length(above)
    if (Number.isNaN(parentFrom) || Number.isNaN(parentLength)) continue
    const covers = Math.max(begins, coveredTo[above]!)
    const to = Math.min(begins + own, parentFrom + parentLength)
    if (to <= covers) continue
    self[above]! -= to - covers
    coveredTo[above] = to
  }
  return self
}
