import type { Input, Output } from '../../../shared/contract/index.ts'
import { searchedOf, type Asked } from '../lists/asking.ts'
import { sortedBy } from '../lists/order.ts'
import { callLengths, countedCalls, rankedLengths } from '../pivot/calls.ts'
import { dimensionOf } from '../pivot/dimensions.ts'
import { groupCalls } from '../pivot/groups.ts'
import { percentilesOf } from '../pivot/percentiles.ts'
import { callsOf } from '../pivot/pivot.ts'
import { sumsOf, entriesOf } from '../pivot/sums.ts'
import { codedField } from '../table/coded.ts'

const fewestPeers = 5

/** Calls by how many times the median of their peers they took, in turns. */
export function* slowestOf(
  asked: Asked,
  { limit }: Omit<Input<'latency.slowest'>, 'where'>,
): Generator<void, Output<'latency.slowest'>> {
  const { table } = asked.subject
  const isIn = callsOf(asked)
  yield
  const all = () => Uint32Array.from(countedCalls(table).place.keys())
  const dimensions = ['model', 'prompt'].map(name => dimensionOf(table, name, asked.elsewhere, all))
  const groups = yield* groupCalls(table, dimensions)
  const lengths = callLengths(table)
  const [medians] = percentilesOf(table, groups, rankedLengths(table), undefined, [50])
  const { known } = sumsOf(entriesOf(groups, undefined), lengths)
  yield
  const times = new Float64Array(lengths.length).fill(Number.NaN)
  let lonely = 0
  for (let call = 0; call < lengths.length; call++) {
    if (isIn?.[call] === 0) continue
    const group = groups.of[call]!
    const ratio = lengths[call]! / medians![group]!
    if (known[group]! < fewestPeers || Number.isNaN(ratio)) lonely++
    else if (ratio > 1) times[call] = ratio
  }
  yield
  const shown = Array.from(sortedBy(times, true).subarray(0, limit)).filter(call => !Number.isNaN(times[call]!))
  const rowOf = countedCalls(table).row
  const trace = codedField(table, { id: 'trace' })!
  return {
    exact: asked.exact,
    ...searchedOf(asked),
    lonely,
    spans: shown.map(call => table.layout.id[rowOf[call]!]!),
    traces: shown.map(call => String(trace.decode(trace.codes[rowOf[call]!]!))),
    keys: shown.map(call => dimensions.map((one, d) => one.decode(groups.codes[d]![groups.of[call]!]!))),
    lengths: Float64Array.from(shown, call => lengths[call]!),
    medians: Float64Array.from(shown, call => medians![groups.of[call]!]!),
    peers: Float64Array.from(shown, call => known[groups.of[call]!]!),
  }
}
