import type { Input, Output } from '../../../shared/contract/index.ts'
import { statuses } from '../../../shared/domain/kind.ts'
import { operationMeasureNames, type OperationMeasure } from '../../../shared/query/latency-measures.ts'
import { searchedOf, type Asked } from '../lists/asking.ts'
import { ranked } from '../pivot/calls.ts'
import { overlaps, spanDimension } from '../pivot/dimensions.ts'
import { groupCalls, oneGroupOfSpans, type Groups } from '../pivot/groups.ts'
import { percentilesOf } from '../pivot/percentiles.ts'
import { countsOf, entriesOf, flagsOf, sumsOf } from '../pivot/sums.ts'
import { numbersOf } from '../table/numbers.ts'
import type { Table } from '../table/table.ts'

type Wanted = Omit<Input<'latency.operations'>, 'where'>

/** Spans by what they did, in turns. */
export function* operationsOf(asked: Asked, wanted: Wanted): Generator<void, Output<'latency.operations'>> {
  const { table } = asked.subject
  const isIn = matchingSpans(asked)
  yield
  const dimensions = table.asking(asked.elsewhere, () => wanted.by.map(name => spanDimension(table, name)))
  const { isPartly } = table
  yield
  const groups = yield* groupCalls(table, dimensions, oneGroupOfSpans(table))
  const whole = selfTimeOfTraces(table, isIn)
  const values = measured(table, groups, isIn, whole)
  yield
  const total = measured(table, oneGroupOfSpans(table), isIn, whole)
  const order = sorted(values, wanted.sort)
  const rows = order.subarray(0, wanted.limit)
  return {
    exact: asked.exact && !isPartly,
    ...searchedOf(asked),
    rows: order.length,
    keys: Array.from(rows, group => dimensions.map((one, d) => one.decode(groups.codes[d]![group]!))),
    values: Float64Array.from(operationMeasureNames.flatMap(name => Array.from(rows, row => values[name][row]!))),
    total: Float64Array.from(operationMeasureNames, name => total[name][0]!),
    overlaps: wanted.by.filter((_, d) => overlaps(dimensions[d]!)),
  }
}

/** 1 for rows that match and live. */
export function matchingSpans(asked: Asked): Uint8Array {
  return asked.remember('latency spans', () => {
    const { alive } = asked.subject.table.layout
    const { bytes } = asked.matching
    return Uint8Array.from(alive, (lives, row) => lives & bytes[row]!)
  })
}

/** Microseconds. */
export function spanLengths(table: Table): Float64Array {
  return table.derived('latency lengths', () => {
    const { alive } = table.layout
    return numbersOf(table, 'duration')!.map((length, row) => (alive[row] === 1 ? length / 1000 : Number.NaN))
  })
}

function selfLengths(table: Table): Float64Array {
  return table.derived('latency self', () => numbersOf(table, 'self')!.map(length => length / 1000))
}

/** 1 for spans that failed. */
export function failedSpans(table: Table): Uint8Array {
  const failed = statuses.indexOf('error')
  return table.derived('latency failed', () => Uint8Array.from(table.column('status'), one => (one === failed ? 1 : 0)))
}

/** Of all spans of the traces that have a span among these. */
function selfTimeOfTraces(table: Table, isIn: Uint8Array): number {
  const { trace, alive } = table.layout
  const touched = new Uint8Array(table.traces.count)
  for (let row = 0; row < isIn.length; row++) touched[trace[row]!]! |= isIn[row]!
  const self = selfLengths(table)
  let sum = 0
  for (let row = 0; row < isIn.length; row++) if (touched[trace[row]!]! & alive[row]!) sum += self[row]! || 0
  return sum
}

type Values = { readonly [name in OperationMeasure]: Float64Array }

function measured(table: Table, groups: Groups, isIn: Uint8Array, whole: number): Values {
  const entries = entriesOf(groups, isIn)
  const lengths = spanLengths(table)
  const [p50, p95, p99] = percentilesOf(table, groups, ranked('span lengths', lengths), isIn, [50, 95, 99])
  const count = countsOf(entries)
  const { known } = sumsOf(entries, lengths)
  const self = sumsOf(entries, selfLengths(table)).sums
  return {
    count,
    errors: flagsOf(entries, failedSpans(table)),
    unknown: count.map((all, g) => all - known[g]!),
    p50: p50!,
    p95: p95!,
    p99: p99!,
    self,
    share: self.map(own => (whole > 0 ? own / whole : Number.NaN)),
  }
}

/** Groups that have spans: unknown last whichever way, equals the more frequent first. */
function sorted(values: Values, { by, descending }: Wanted['sort']): Uint32Array {
  const { count } = values
  const column = values[by]
  const turn = descending ? -1 : 1
  return Uint32Array.from(count.keys())
    .filter(group => count[group]! > 0)
    .sort((a, b) => {
      const [one, other] = [column[a]!, column[b]!]
      if (Number.isNaN(one) !== Number.isNaN(other)) return Number.isNaN(one) ? 1 : -1
      return one === other || Number.isNaN(one) ? count[b]! - count[a]! : turn * (one - other)
    })
}
