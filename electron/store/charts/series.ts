import type { Output, Input } from '../../../shared/contract/index.ts'
import { bucketLengths, type BucketLength } from '../../../shared/query/cost-measures.ts'
import { searchedOf } from '../lists/asking.ts'
import { clockNotSet } from '../lists/histogram.ts'
import { countedCalls } from '../pivot/calls.ts'
import {
  dimensionOf,
  Lists,
  numbered,
  overlaps,
  timeDimension,
  type Dimension,
  type TimeDimension,
} from '../pivot/dimensions.ts'
import { groupCalls, type Groups } from '../pivot/groups.ts'
import { Measured, numbersBehind, type Looked } from '../pivot/measured.ts'
import { callsOf, placesIn, type Questions as TableQuestions } from '../pivot/pivot.ts'
import { countsOf as countsOfGroups, entriesOf } from '../pivot/sums.ts'
import { rowOrder } from '../pivot/row-order.ts'
import type { Table } from '../table/table.ts'
import { denseOf } from './dense.ts'

type Wanted = Omit<Input<'charts.series'>, 'where' | 'success' | 'successAmong'>
type Questions = Pick<TableQuestions, 'asked' | 'success' | 'among'>
type Series = Output<'charts.series'>['series']

/** More are no longer told apart on any screen. */
const mostBuckets = 20_000
/** As many as are looked at with ease, where nobody said how long they are to be. */
const easyBuckets = 100
const microseconds: { readonly [length in BucketLength]: number } = {
  hour: 3600e6,
  day: 86_400e6,
  week: 604_800e6,
  month: 2_592_000e6,
}

/** What calls come to over time, in turns. */
export function* seriesOf(
  { asked, success, among }: Questions,
  wanted: Wanted,
): Generator<void, Output<'charts.series'>> {
  const { table } = asked.subject
  const isIn = callsOf(asked)
  const looked: Looked = { isIn, successes: success?.shown.bytes, among: among?.shown.bytes }
  yield
  const stretch = stretchOf(table, isIn)
  const per = lengthFor(stretch, wanted.per)
  const time = timeDimension(table, per, wanted.zone)
  yield
  const { by, measure } = wanted
  const { elsewhere } = asked
  const dimension =
    by === undefined
      ? undefined
      : table.asking(elsewhere, () => dimensionOf(table, by, elsewhere, () => placesIn(table, isIn, undefined)))
  const isPartly = table.isPartly
  yield
  const split = dimension && (yield* topOf(table, dimension, looked, wanted))
  const series: Series = split?.series ?? [{ type: 'all' }]
  const groups = yield* groupCalls(table, split ? [split.dimension, time] : [time])
  const measured = new Measured(table, groups, looked)
  const { starts, placeOf } = bucketsOf(time, stretch)
  const buckets = Math.max(0, starts.length - 1)
  const values = new Float64Array(series.length * buckets).fill(Number.NaN)
  const calls = new Float64Array(series.length * buckets)
  const [found, counts] = [measured.of(measure), measured.calls]
  const [codes, times] = [split ? groups.codes[0]! : undefined, groups.codes.at(-1)!]
  for (let g = 0; g < groups.size; g++) {
    const place = placeOf[times[g]!]!
    if (place < 0 || counts[g] === 0) continue
    const at = (codes ? codes[g]! - 1 : 0) * buckets + place
    values[at] = found[g]!
    calls[at] = counts[g]!
  }
  yield
  return {
    exact: !isPartly && [asked, success, among].every(one => one?.exact ?? true),
    ...searchedOf(asked, success, among),
    per,
    ...countsOf(isIn, numbersBehind(table, measure), countedCalls(table).count),
    undated: stretch.undated,
    outside: stretch.outside,
    starts,
    ...denseOf(starts, callsIn(yield* groupCalls(table, [time]), isIn, placeOf, buckets)),
    series,
    values,
    calls,
    overlaps: dimension !== undefined && overlaps(dimension),
  }
}

interface Stretch {
  /** Microseconds; the first is more than the last where no call is dated. */
  readonly from: number
  readonly to: number
  readonly undated: number
  /** By a clock that was not set: one such call would squeeze all others into one bar. */
  readonly outside: number
}

export function stretchOf(table: Table, isIn: Uint8Array | undefined): Stretch {
  const start = table.column('start')
  const { row } = countedCalls(table)
  let [from, to, first] = [Infinity, -Infinity, Infinity]
  let [undated, before] = [0, 0]
  for (let i = 0; i < row.length; i++) {
    if (isIn?.[i] === 0) continue
    const at = start[row[i]!]!
    // NaN is not itself.
    if (at !== at) undated++
    if (at < first) first = at
    if (at > to) to = at
    if (at < clockNotSet) before++
    else if (at < from) from = at
  }
  // Where all are that old, the clock may be right.
  return from > to ? { from: first, to, undated, outside: 0 } : { from, to, undated, outside: before }
}

export function lengthFor({ from, to }: Stretch, wanted: BucketLength | undefined): BucketLength {
  const most = wanted ? mostBuckets : easyBuckets
  const offered = wanted ? bucketLengths.slice(bucketLengths.indexOf(wanted)) : bucketLengths
  return offered.find(length => !((to - from) / microseconds[length] > most)) ?? 'month'
}

/** Every bucket from the first to the last that has a call, and the place of each code among them; -1 for none. */
export function bucketsOf({ buckets, numbers }: TimeDimension, { from, to }: Stretch) {
  const starts: number[] = []
  const places = new Map<number, number>()
  if (from <= to) {
    const last = buckets.of(to)
    let bucket = buckets.of(from)
    for (; bucket <= last; bucket = buckets.after(bucket)) {
      places.set(bucket, starts.length)
      starts.push(buckets.begin(bucket))
    }
    starts.push(buckets.begin(bucket))
  }
  return { starts: Float64Array.from(starts), placeOf: Int32Array.from(numbers, number => places.get(number) ?? -1) }
}

/** How many calls each bucket has, each call once. */
function callsIn(groups: Groups, isIn: Uint8Array | undefined, placeOf: Int32Array, buckets: number): Float64Array {
  const counts = countsOfGroups(entriesOf(groups, isIn))
  const found = new Float64Array(buckets)
  for (let g = 0; g < groups.size; g++) {
    const place = placeOf[groups.codes[0]![g]!]!
    if (place >= 0) found[place]! += counts[g]!
  }
  return found
}

/** The values that come first by the measure as codes from 1, all others as the code behind them. */
function* topOf(table: Table, dimension: Dimension, looked: Looked, { measure, top }: Wanted) {
  const groups = yield* groupCalls(table, [dimension])
  const now = new Measured(table, groups, looked)
  const order = rowOrder(groups, [dimension], {
    now,
    other: undefined,
    path: [],
    sort: { by: measure, descending: true },
  })
  yield
  // One value is not worth being called "others".
  const shown = order.length === top + 1 ? order : order.subarray(0, top)
  const codes = Array.from(shown, group => groups.codes[0]![group]!)
  const series: Series = codes.map(code => ({ type: 'value', value: dimension.decode(code) }))
  if (order.length > shown.length) series.push({ type: 'others', values: order.length - shown.length })
  const made = () => numbered(narrowed(dimension, codes))
  const key = `chart of ${dimension.serial}: ${codes.join()}`
  return { series, dimension: dimension.serial > 0 ? table.derived(key, made) : { ...made(), serial: 0 } }
}

function narrowed(dimension: Dimension, chosen: readonly number[]): Omit<Dimension, 'serial'> {
  const size = chosen.length + 2
  const codeOf = new Uint32Array(dimension.size).fill(size - 1)
  for (const [k, code] of chosen.entries()) codeOf[code] = k + 1
  const decode = () => null
  if (!dimension.parts) return { codes: dimension.codes.map(code => codeOf[code]!), size, decode }
  const lists = new Lists()
  const listOf = dimension.parts.map(part => lists.of([...new Set(part.map(code => codeOf[code]!))]))
  return { codes: dimension.codes.map(list => listOf[list]!), size, decode, parts: lists.all }
}

/** How many calls there are, and how many do not know their number. */
export function countsOf(isIn: Uint8Array | undefined, numbers: Float64Array | undefined, count: number) {
  let [total, unknown] = [0, 0]
  for (let i = 0; i < count; i++) {
    if (isIn?.[i] === 0) continue
    total++
    if (numbers && Number.isNaN(numbers[i]!)) unknown++
  }
  return { total, unknown }
}
