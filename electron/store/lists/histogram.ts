import type { Output } from '../../../shared/contract/index.ts'
import type { Coded } from '../table/coded.ts'
import { Recent } from '../recent.ts'
import { searchedOf, type Asked } from './asking.ts'
import { bucketsFor } from './buckets.ts'
import { firstOfItems, topOf } from './counted.ts'
import { itemNumbers } from './item-numbers.ts'
import { groupCodes, groupWords } from './narrowed.ts'
import { byStart } from './rows.ts'

export interface HistogramInput {
  readonly most: number
  readonly by?: string | undefined
  readonly top: number
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly zone: string
}

type Histogram = Output<'lists.histogram'>
type Series = Histogram['series']

/** Rows of a list by when they started. */
export function histogramOf(asked: Asked, input: HistogramInput): Histogram {
  const { subject, exact } = asked
  const start = itemNumbers(subject, 'started')!
  const those = shownNumbers(asked)
  const stretch = input.from !== undefined && input.to !== undefined ? [input.from, input.to] : reachOf(asked, start)
  const from = input.from ?? stretch[0]
  const to = input.to ?? stretch[1]
  const { series, of, seriesOf } = splitOf(asked, input)
  const isEmpty = Number.isNaN(from) || Number.isNaN(to) || to < from
  const { first, width, buckets } = isEmpty
    ? { first: 0, width: 0, buckets: 0 }
    : bucketsFor(from, to, input.most, input.zone)
  // Ends that follow from what is shown are ends of buckets as well: many filters then ask for the same numbers.
  const isGiven = input.from !== undefined || input.to !== undefined || first < clockNotSet
  const ends = isGiven ? { from, to } : { from: first, to: first + width * buckets }
  const bucketOf = isEmpty ? undefined : bucketNumbers(asked, start, { first, width, buckets, ...ends })
  const counts = new Uint32Array(series.length * buckets)
  const outside = new Uint32Array(2)
  for (let i = 0; i < those.length; i++) {
    const item = those[i]!
    const bucket = bucketOf ? bucketOf[item]! : buckets
    if (bucket < buckets) counts[seriesOf[of[item]!]! * buckets + bucket]!++
    else outside[start[item] === start[item] ? 0 : 1]!++
  }
  const dated = isEmpty ? {} : { start: first }
  return {
    exact,
    ...searchedOf(asked),
    ...dated,
    width,
    buckets,
    undated: outside[1]!,
    outside: outside[0]!,
    series,
    counts,
  }
}

interface Stretch {
  readonly first: number
  readonly width: number
  readonly buckets: number
  readonly from: number
  readonly to: number
}

/** Stretches whose numbers are kept: most filters leave something of the first and of the last day. */
const mostStretches = 3

/** The bucket of each item that is shown; `buckets` is none. Where many are shown it is that of all items, and kept. */
function bucketNumbers(asked: Asked, start: Float64Array, stretch: Stretch): Uint16Array {
  const { list, table, size } = asked.subject
  const numbers = new Uint16Array(size)
  if (isSparse(asked)) {
    const those = shownNumbers(asked)
    for (let i = 0; i < those.length; i++) numbers[those[i]!] = bucketAt(start[those[i]!]!, stretch)
    return numbers
  }
  const kept = table.derived(`${list} buckets`, () => new Recent<Uint16Array>(mostStretches))
  return kept.get(Object.values(stretch).join(' '), () => {
    for (let item = 0; item < size; item++) numbers[item] = bucketAt(start[item]!, stretch)
    return numbers
  })
}

function bucketAt(at: number, { first, width, buckets, from, to }: Stretch): number {
  return at >= from && at <= to ? Math.min(((at - first) / width) | 0, buckets - 1) : buckets
}

/** Fewer than one in so many are gone through; of more, what is known of all items serves many filters. */
const sparse = 16

function isSparse({ shown, subject }: Asked): boolean {
  return shown.total * sparse < subject.size
}

function shownNumbers(asked: Asked): Uint32Array {
  return asked.remember('item numbers', () => asked.shown.numbers())
}

/** The start of 2000 in microseconds: what says it is older has a clock that was not set. */
export const clockNotSet = Date.UTC(2000, 0, 1) * 1000

/** When the first and the last of them started. */
function reachOf(asked: Asked, start: Float64Array): readonly [number, number] {
  if (isSparse(asked)) return reach(start, shownNumbers(asked))
  const { bytes } = asked.shown
  const whole = byStart(asked)
  let end = whole.length - 1
  while (end >= 0 && !(bytes[whole[end]!] === 1 && start[whole[end]!] === start[whole[end]!])) end--
  let at = 0
  while (at < end && !(bytes[whole[at]!] === 1 && start[whole[at]!]! >= clockNotSet)) at++
  // Where no clock was set all of them count.
  if (end < 0 || !(start[whole[end]!]! >= clockNotSet)) return reach(start, shownNumbers(asked))
  return [start[whole[at]!]!, start[whole[end]!]!]
}

/** From the first to the last of them; one whose clock was not set would squeeze all others into one bar. */
function reach(start: Float64Array, those: Uint32Array): readonly [number, number] {
  let [from, to, first] = [Infinity, -Infinity, Infinity]
  for (let i = 0; i < those.length; i++) {
    const at = start[those[i]!]!
    if (at < first) first = at
    if (at < from && at >= clockNotSet) from = at
    if (at > to) to = at
  }
  if (from > to) from = first
  return from <= to ? [from, to] : [Number.NaN, Number.NaN]
}

interface Split {
  readonly series: Series
  /** Code of each item's first value; the codes' size where it has none. */
  readonly of: ArrayLike<number>
  /** Series of each code. */
  readonly seriesOf: Uint8Array
}

function splitOf(asked: Asked, { by, top }: HistogramInput): Split {
  if (by === undefined) {
    return asked.remember('split', () => ({
      series: [{ type: 'all' }],
      of: new Uint8Array(asked.subject.size),
      seriesOf: new Uint8Array(1),
    }))
  }
  return asked.remember(`split ${by} ${top}`, () => {
    const { coded, id } = groupCodes(asked.subject, by)
    const of = firstOfItems(asked, id, coded) ?? firstCodes(asked, coded, by)
    const those = shownNumbers(asked)
    const counts = new Uint32Array(coded.size + 1)
    for (let i = 0; i < those.length; i++) counts[of[those[i]!]!]!++
    const rest = counts[coded.size]!
    const { codes, used } = topOf(counts.subarray(0, coded.size), top)
    const series: Series = codes.map(code => ({ type: 'value', value: coded.decode(code) }))
    const seriesOf = new Uint8Array(coded.size + 1).fill(series.length)
    for (const [k, code] of codes.entries()) seriesOf[code] = k
    if (used > codes.length) series.push({ type: 'other' })
    if (rest > 0) seriesOf[coded.size] = series.push({ type: 'without' }) - 1
    return { series, of, seriesOf }
  })
}

/** The code of the first value of each item; `size` where it has none. */
function firstCodes(asked: Asked, { codes, rows, parts, none, size }: Coded, by: string): ArrayLike<number> {
  const { subject } = asked
  const matching = asked.matching.bytes
  if (!subject.itemOf && !rows && !parts) return none < 0 ? codes : codes.map(code => (code === none ? size : code))
  const first = new Uint32Array(subject.size).fill(size)
  if (parts || subject.list === 'sessions') {
    const words = groupWords(asked, by)
    for (let k = words.items.length - 1; k >= 0; k--) first[words.items[k]!] = words.codes[k]!
    return first
  }
  for (let k = codes.length - 1; k >= 0; k--) {
    const row = rows ? rows[k]! : k
    const code = codes[k]!
    if (matching[row] === 1 && code !== none) first[subject.itemOf ? subject.itemOf[row]! : row] = code
  }
  return first
}
