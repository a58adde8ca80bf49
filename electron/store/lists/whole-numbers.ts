import type { FieldId } from '../../../shared/query/fields.ts'
import type { OwnColumn } from '../../../shared/query/list-columns.ts'
import { plus } from '../table/arrays.ts'
import type { TraceCosts } from '../table/trace-costs.ts'
import type { Traces } from '../table/traces.ts'

/** Numbers of traces that are told without their spans; undefined for any other column. NaN where a trace has none. */
export function wholeNumbers(
  traces: Traces,
  column: FieldId | OwnColumn,
  costs: () => Omit<TraceCosts, 'recorded'>,
): Float64Array | undefined {
  switch (column) {
    case 'traces':
      return new Float64Array(traces.count).fill(1)
    case 'calls':
    case 'errors':
    case 'tools':
    case 'spans':
      return Float64Array.from(traces[column])
    case 'uncosted':
      return costs().uncosted
    case 'growing':
      return Float64Array.from(traces.dirty)
    case 'started':
      return traces.start.map((us, t) => us + traces.start_ns[t]! / 1000)
    case 'duration':
      return traces.dur.map((us, t) => (us * 1000 + traces.dur_ns[t]!) / 1000)
    case 'tokens':
      return traces.input.map((input, t) => plus(input, traces.output[t]!))
    case 'tokens.input':
      return traces.input
    case 'tokens.output':
      return traces.output
    case 'cost':
      return costs().cost
    case 'cost.computed':
      return costs().computed
    case 'cost.recorded':
      return traces.cost
    default:
      return undefined
  }
}
