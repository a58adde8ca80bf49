import type { Input, Output } from '../../../shared/contract/index.ts'
import { aboutMeasures } from '../../../shared/prompts/measures.ts'
import type { Asked } from '../lists/asking.ts'
import { countedCalls } from '../pivot/calls.ts'
import { rankOf } from '../pivot/percentiles.ts'
import { timeDimension } from '../pivot/dimensions.ts'
import { bucketsOf, lengthFor, stretchOf } from '../charts/series.ts'
import { promptsOfCalls } from './columns.ts'
import { answeredBy, callsOfPrompt, nameNumber, tallyVersions } from './registry.ts'
import { measureOf } from './samples.ts'

/** Measures of a prompt's versions over time, in turns. */
export function* promptSeries(
  asked: Asked,
  { prompt, measures, per: wanted, zone, top }: Omit<Input<'prompts.series'>, 'where'>,
): Generator<void, Output<'prompts.series'>> {
  const { table } = asked.subject
  const id = nameNumber(table, prompt)
  const calls = callsOfPrompt(asked, id)
  const isIn = new Uint8Array(countedCalls(table).count)
  for (const i of calls) isIn[i] = 1
  yield
  const stretch = stretchOf(table, isIn)
  const per = lengthFor(stretch, wanted)
  const time = timeDimension(table, per, zone)
  const { starts, placeOf } = bucketsOf(time, stretch)
  const buckets = Math.max(0, starts.length - 1)
  yield
  const shown = tallyVersions(asked, id)
    .toSorted((a, b) => b.calls - a.calls || a.id - b.id)
    .slice(0, top)
    .sort((a, b) => a.first - b.first || a.id - b.id)
  const seriesOf = new Map(shown.map((one, v) => [one.id, v]))
  const { version } = promptsOfCalls(table)
  const cells = Array.from({ length: shown.length * buckets }, (): number[] => [])
  let [others, undated] = [0, 0]
  for (const i of calls) {
    const place = placeOf[time.codes[i]!]!
    const v = seriesOf.get(version[i]!)
    if (v === undefined) others++
    else if (place < 0) undated++
    else cells[v * buckets + place]!.push(i)
  }
  yield
  const values = new Float64Array(measures.length * cells.length)
  for (const [m, name] of measures.entries()) {
    const { numbers, of } = measureOf(table, name)
    const { percentile } = aboutMeasures[name]
    for (const [c, cell] of cells.entries()) {
      values[m * cells.length + c] =
        percentile === undefined ? meanOf(cell, numbers, of) : percentileOf(cell, numbers, percentile)
    }
    yield
  }
  return {
    ...answeredBy(asked),
    per,
    starts,
    versions: shown.map(one => (one.id === 0 ? null : table.names.text(one.id))),
    others,
    undated,
    values,
    calls: Float64Array.from(cells, cell => cell.length),
  }
}

function meanOf(cell: readonly number[], numbers: Float64Array, of: Float64Array | undefined): number {
  let [sum, size] = [0, 0]
  for (const i of cell) {
    const part = of ? of[i]! : 1
    if (Number.isNaN(numbers[i]!) || !(part > 0)) continue
    sum += numbers[i]!
    size += part
  }
  return size > 0 ? sum / size : Number.NaN
}

/** By nearest rank: a number that some call has. */
function percentileOf(cell: readonly number[], numbers: Float64Array, percentile: number): number {
  const known = Float64Array.from(cell, i => numbers[i]!).filter(number => !Number.isNaN(number))
  return known.length === 0 ? Number.NaN : known.sort()[rankOf(known.length, percentile)]!
}
