import type { Output } from '../../../shared/contract/index.ts'
import type { Comparison } from '../../../shared/contract/prompt-evidence.ts'
import { formatMeasure } from '../../../shared/prompts/format-measure.ts'
import { verdictsInTurns, type Metric } from '../../../shared/statistics/verdict.ts'
import { verdictWords } from '../../../shared/statistics/verdict-words.ts'
import type { Asked } from '../lists/asking.ts'
import { countReplays } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { confoundersOf } from './confounders.ts'
import { knows } from './evidence.ts'
import { pairsOf, type InputPair } from './matches.ts'
import { clustersOf, measuresOf, sampleOf, type Measure } from './samples.ts'

/** Whether b is better than a, in turns. Calls that are on both sides stand on neither: they would be compared with themselves. */
export function* compareCalls(
  asked: Asked,
  sides: { readonly a: Uint32Array; readonly b: Uint32Array },
  isByPrompt: boolean,
): Generator<void, Omit<Output<'prompts.compare'>, 'exact' | 'complete' | 'searched'>> {
  const { table } = asked.subject
  const inB = new Set(sides.b)
  const shared = new Set(sides.a.filter(i => inB.has(i)))
  const a = sides.a.filter(i => !shared.has(i))
  const b = sides.b.filter(i => !shared.has(i))
  yield
  const measures = table.asking(asked.elsewhere, () => measuresOf(table)).filter(one => knows(one, a, b))
  const judged = yield* judge(
    measures,
    measures.map(measure => metricOf(table, measure, a, b)),
  )
  const confounders = confoundersOf(table, a, b, isByPrompt)
  yield
  const pairs = pairsOf(table, a, b)
  const matched = pairs.length < 2 ? undefined : yield* judgePairs(table, measures, pairs)
  const replays = { a: countReplays(table, a), b: countReplays(table, b) }
  return {
    calls: { a: a.length, b: b.length },
    ...(replays.a + replays.b > 0 && { replays }),
    both: shared.size,
    ...judged,
    confounders,
    ...(matched && { matched }),
  }
}

function* judge(measures: readonly Measure[], metrics: readonly Metric[]) {
  const found = yield* verdictsInTurns(metrics)
  return {
    measures: measures.map(({ about }) => about),
    verdicts: found,
    sentences: found.map((one, m) => verdictWords(one, value => formatMeasure(value, measures[m]!.about.unit))),
  }
}

function metricOf(table: Table, measure: Measure, callsA: Uint32Array, callsB: Uint32Array): Metric {
  const { name, better } = measure.about
  const [a, b] = [sampleOf(table, measure, callsA), sampleOf(table, measure, callsB)]
  const common = { name, ...(better && { better }), a, b }
  const { quantity } = measure
  if (typeof quantity === 'string') return { ...common, quantity }
  return { ...common, quantity: 'percentile', percentile: quantity.percentile }
}

function* judgePairs(
  table: Table,
  measures: readonly Measure[],
  pairs: readonly InputPair[],
): Generator<void, Comparison['matched']> {
  // A percentile of pairs is the median of what they differ by: once is enough. Shares of sums have no pairs.
  const kept = measures.filter(one => !one.of && (typeof one.quantity === 'string' || one.quantity.percentile === 50))
  const clusters = clustersOf(table)
  const own = Float64Array.from(pairs, ({ a }) => clusters[a[0]!]!)
  const isClustered = new Set(own).size < own.length
  const metrics = kept.map((measure): Metric => {
    const side = (of: 'a' | 'b') => Float64Array.from(pairs, pair => meanOf(measure, pair[of]))
    const several = pairs.some(({ a, b }) => a.length > 1 || b.length > 1)
    const { name, better } = measure.about
    // Of several calls with one input a share is a mean.
    const quantity =
      measure.quantity === 'share'
        ? several
          ? 'paired mean'
          : 'paired share'
        : measure.quantity === 'mean'
          ? 'paired mean'
          : 'paired median'
    const sides = { a: side('a'), b: side('b'), ...(isClustered && { clusters: own }) }
    return { name, ...(better && { better }), quantity, pairs: sides }
  })
  return { pairs: pairs.length, ...(yield* judge(kept, metrics)) }
}

function meanOf({ numbers }: Measure, calls: readonly number[]): number {
  let [sum, known] = [0, 0]
  for (const i of calls) {
    const number = numbers[i]!
    if (Number.isNaN(number)) continue
    sum += number
    known++
  }
  return known === 0 ? Number.NaN : sum / known
}
