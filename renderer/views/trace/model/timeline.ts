import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { nextSibling, type Shape } from './shape.ts'

/** The part of a trace's time on screen, in microseconds after its earliest start. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** From the earliest start to the latest known end. Never empty, so that it can be divided by. */
export function wholeRange(tree: TraceTree): TimeRange {
  let to = 1
  for (let row = 0; row < tree.offset.length; row++) {
    const start = tree.offset[row]!
    if (start > to) to = start
    const end = start + tree.duration[row]!
    if (end > to) to = end
  }
  return { from: 0, to }
}

/** Scales around a point that stays where it is. */
export function zoomAround(range: TimeRange, at: number, factor: number, whole: TimeRange): TimeRange {
  const smallest = Math.min(whole.to - whole.from, 4)
  const length = Math.min(whole.to - whole.from, Math.max(smallest, (range.to - range.from) * factor))
  const share = (at - range.from) / (range.to - range.from)
  return within({ from: at - share * length, to: at + (1 - share) * length }, whole)
}

export function panBy(range: TimeRange, by: number, whole: TimeRange): TimeRange {
  return within({ from: range.from + by, to: range.to + by }, whole)
}

/** Shows a span with a little air around it. */
export function fitTo(from: number, to: number, whole: TimeRange): TimeRange {
  const air = Math.max((to - from) * 0.05, 2)
  return within({ from: from - air, to: to + air }, whole)
}

/** A range with a length, inside the whole. */
export function keepWithin({ from, to }: TimeRange, whole: TimeRange): TimeRange {
  const length = Math.max(to - from, Math.min(whole.to - whole.from, 4))
  return within({ from, to: from + length }, whole)
}

/** Moves a range into the whole, keeping its length where it can. */
function within(range: TimeRange, whole: TimeRange): TimeRange {
  const length = Math.min(range.to - range.from, whole.to - whole.from)
  const from = Math.min(Math.max(range.from, whole.from), whole.to - length)
  return { from, to: from + length }
}

export function isWhole(range: TimeRange, whole: TimeRange): boolean {
  return range.from <= whole.from && range.to >= whole.to
}

/** Where a bar stands, as shares of the shown range, cut at its edges. */
export interface Bar {
  readonly left: number
  readonly width: number
  /** How much of the bar's cut length passes before the first token; 0 when there is none. */
  readonly wait: number
  readonly cutLeft: boolean
  readonly cutRight: boolean
  readonly unfinished: boolean
}

/** Undefined when the row has no time or lies outside the shown range. */
export function barOf(tree: TraceTree, row: number, range: TimeRange, whole: TimeRange): Bar | undefined {
  const start = tree.offset[row]!
  if (Number.isNaN(start)) return undefined
  const duration = tree.duration[row]!
  const unfinished = Number.isNaN(duration)
  const end = unfinished ? whole.to : start + Math.max(0, duration)
  if (end < range.from || start > range.to) return undefined
  const length = range.to - range.from
  const shownFrom = Math.max(start, range.from)
  const shownTo = Math.min(end, range.to)
  const first = start + tree.firstToken[row]!
  const wait = first > shownFrom && shownTo > shownFrom ? Math.min(1, (first - shownFrom) / (shownTo - shownFrom)) : 0
  return {
    left: (shownFrom - range.from) / length,
    width: (shownTo - shownFrom) / length,
    wait,
    cutLeft: start < range.from,
    cutRight: end > range.to,
    unfinished,
  }
}

/**
 * When none of a row's children runs (an unfinished one runs on), as pairs of times within the shown range. Pieces shorter than `finest` are left
 * out, so the list is never longer than the screen is wide.
 */
export function selfPieces(tree: TraceTree, shape: Shape, row: number, range: TimeRange, finest: number): number[] {
  const end = Math.min(tree.offset[row]! + tree.duration[row]!, range.to)
  const pieces: number[] = []
  let at = Math.max(tree.offset[row]!, range.from)
  for (let child = row + 1; child >= 0 && child <= shape.last[row]!; child = nextSibling(shape, child)) {
    const start = tree.offset[child]!
    if (start >= end) break
    if (start - at >= finest) pieces.push(at, start)
    const length = tree.duration[child]!
    const childEnd = Number.isNaN(length) ? end : start + length
    if (childEnd > at) at = childEnd
  }
  if (end - at >= finest) pieces.push(at, end)
  return pieces
}

const second = 1_000_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const longSteps = [1, 2, 5, 10, 15, 30]
  .flatMap(n => [n * second])
  .concat(
    [1, 2, 5, 10, 15, 30].map(n => n * minute),
    [1, 2, 3, 6, 12, 24, 48, 168].map(n => n * hour),
  )

/** The shortest round step of which at most `most` fit. */
export function tickStep(length: number, most: number): number {
  const least = length / Math.max(1, most)
  if (least < second) {
    const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
    return Math.max(1, [1, 2, 5, 10].map(n => n * power).find(step => step >= least) ?? power)
  }
  return longSteps.find(step => step >= least) ?? Math.ceil(least / (168 * hour)) * 168 * hour
}

/** Room from one tick to the next, in pixels: more where labels are long. */
export function tickRoom({ from, to }: TimeRange, width: number): number {
  const step = tickStep(to - from, Math.floor(width / leastRoom))
  return Math.max(leastRoom, tickLabel(Math.floor(to / step) * step, step, to).length * 7 + 12)
}

const leastRoom = 72

export interface Tick {
  readonly at: number
  readonly label: string
}

export function ticksOf(range: TimeRange, most: number): Tick[] {
  const step = tickStep(range.to - range.from, most)
  const ticks: Tick[] = []
  for (let i = Math.ceil(range.from / step); i * step <= range.to; i++) {
    ticks.push({ at: i * step, label: tickLabel(i * step, step, range.to) })
  }
  return ticks
}

/** One unit for the whole axis, chosen by its end, with the digits that its step needs. */
function tickLabel(at: number, step: number, end: number): string {
  if (at === 0) return '0'
  if (end < 1000) return `${at} µs`
  if (end < second) return `${digits(at / 1000, step / 1000)} ms`
  if (end < minute) return `${digits(at / second, step / second)} s`
  const places = decimals(step / second)
  const minutes = Math.floor(at / minute)
  const padded = ((at % minute) / second).toFixed(places).padStart(places ? places + 3 : 2, '0')
  if (end < hour) return `${minutes}:${padded}`
  const clock = `${String(minutes % 60).padStart(2, '0')}:${padded}`
  if (end < day) return `${Math.floor(minutes / 60)}:${clock}`
  const days = `${Math.floor(at / day)}d`
  return step % day === 0
    ? days
    : `${days} ${Math.floor((at % day) / hour)}:${step < minute ? clock : clock.slice(0, 2)}`
}

function digits(value: number, step: number): string {
  return value.toFixed(decimals(step))
}

function decimals(step: number): number {
  return step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))
}
