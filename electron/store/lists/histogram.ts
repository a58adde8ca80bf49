import type { Output } from '../../../shared/contract/index.ts'
import type { Asked } from './asking.ts'
import { bucketsFor } from './buckets.ts'
import { topOf } from './facets.ts'
import { itemNumbers } from './item-numbers.ts'
import { groupWords } from './narrowed.ts'

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
  const { subject, items, exact } = asked
  const start = itemNumbers(subject, 'started')!
  const stretch = input.from !== undefined && input.to !== undefined ? [input.from, input.to] : reach(start, items)
  const from = input.from ?? stretch[0]!
  const to = input.to ?? stretch[1]!
  const split = splitOf(asked, input)
  const isEmpty = Number.isNaN(from) || Number.isNaN(to) || to < from
  const { first, width, buckets } = isEmpty
    ? { first: 0, width: 0, buckets: 0 }
    : bucketsFor(from, to, input.most, input.zone)
  const counts = new Uint32Array(split.series.length * buckets)
  let [undated, outside] = [0, 0]
  for (let item = 0; item < items.length; item++) {
    if (items[item] === 0) continue
    const at = start[item]!
    if (Number.isNaN(at)) undated++
    else if (at < from || at > to) outside++
    else counts[split.of[item]! * buckets + Math.min(buckets - 1, Math.floor((at - first) / width))]!++
  }
  const dated = isEmpty ? {} : { start: first }
  return { exact, ...dated, width, buckets, undated, outside, series: split.series, counts }
}

function reach(start: Float64Array, items: Uint8Array): [number, number] {
  let [from, to] = [Number.NaN, Number.NaN]
  for (let item = 0; item < items.length; item++) {
    if (items[item] === 0) continue
    if (start[item]! < from || Number.isNaN(from)) from = start[item]!
    if (start[item]! > to || Number.isNaN(to)) to = start[item]!
  }
  return [from, to]
}

/** The series, and for each item the one it belongs to. */
interface Split {
  readonly series: Series
  readonly of: Uint8Array
}

function splitOf(asked: Asked, { by, top }: HistogramInput): Split {
  if (by === undefined) {
    return asked.remember('split', () => ({ series: [{ type: 'all' }], of: new Uint8Array(asked.items.length) }))
  }
  return asked.remember(`split ${by} ${top}`, () => {
    const { coded, items, codes } = groupWords(asked, by)
    const counts = new Uint32Array(coded.size)
    const firstOf = new Int32Array(asked.items.length).fill(-1)
    for (let k = items.length - 1; k >= 0; k--) firstOf[items[k]!] = codes[k]!
    for (let item = 0; item < firstOf.length; item++) if (firstOf[item]! >= 0) counts[firstOf[item]!]!++
    const used: number[] = []
    for (let code = 0; code < counts.length; code++) if (counts[code]! > 0) used.push(code)
    const told = topOf(used, counts, top)
    const hasOther = told.length < counts.reduce((n, one) => n + (one > 0 ? 1 : 0), 0)
    const seriesOf = new Uint8Array(coded.size).fill(told.length)
    for (const [k, code] of told.entries()) seriesOf[code] = k
    const without = told.length + (hasOther ? 1 : 0)
    const of = Uint8Array.from(firstOf, code => (code < 0 ? without : seriesOf[code]!))
    let rest = 0
    for (let item = 0; item < firstOf.length; item++) if (firstOf[item]! < 0) rest += asked.items[item]!
    const series: Series = told.map(code => ({ type: 'value', value: coded.decode(code) }))
    if (hasOther) series.push({ type: 'other' })
    if (rest > 0) series.push({ type: 'without' })
    return { series, of }
  })
}
