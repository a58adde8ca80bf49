import { fillOf } from './paints.ts'
import type { Box, Ground, Picture, Spot } from './picture.ts'

interface Bars {
  /** Where each bar begins, and the last one ends. */
  readonly starts: Float64Array
  /** Part by part from the axis up; NaN and zero draw nothing. */
  readonly values: readonly Float64Array[]
  readonly inks: readonly number[]
}

/** Bars from edge to edge, parts of which stand on each other. */
export function barsOf({ starts, values, inks }: Bars): Pick<Picture, 'draw' | 'ends' | 'step' | 'hit' | 'box'> & {
  readonly highest: number
} {
  const count = Math.max(0, starts.length - 1)
  const tops = stacked(values, count)
  const has = (at: number, part: number) => (values[part]?.[at] ?? 0) > 0
  const partsAt = (at: number) => values.flatMap((_, part) => (has(at, part) ? [part] : []))
  const floor = (at: number, part: number) => (part === 0 ? 0 : tops[part - 1]![at]!)
  const box = ({ at, part }: Spot): Box | undefined =>
    has(at, part) ? { x0: starts[at]!, x1: starts[at + 1]!, y0: floor(at, part), y1: tops[part]![at]! } : undefined
  const nearest = (at: number, part: number): Spot | undefined => {
    const [first, ...rest] = partsAt(at)
    if (first === undefined) return undefined
    const best = rest.reduce((one, other) => (Math.abs(other - part) < Math.abs(one - part) ? other : one), first)
    return { at, part: best }
  }
  const along = (from: number, by: number, part: number): Spot | undefined => {
    for (let at = from; at >= 0 && at < count; at += by) {
      const found = nearest(at, part)
      if (found) return found
    }
    return undefined
  }
  const top = tops.at(-1)
  return {
    highest: top ? top.reduce((a, b) => Math.max(a, b), 0) : 0,
    ends: { first: along(0, 1, 0), last: along(count - 1, -1, 0) },
    step: ({ at, part }, across, up) => {
      if (across !== 0) return along(at + across, across, part)
      const next = up > 0 ? partsAt(at).find(one => one > part) : partsAt(at).findLast(one => one < part)
      return next === undefined ? undefined : { at, part: next }
    },
    hit: (x, y) => {
      const at = placeOf(starts, x)
      if (at === undefined) return undefined
      const parts = partsAt(at)
      const part = parts.find(one => tops[one]![at]! >= y) ?? parts.at(-1)
      return part === undefined ? undefined : { at, part }
    },
    box,
    draw: ground => {
      const drawn = barsToDraw(ground, starts, top)
      values.forEach((own, part) => drawPart(ground, starts, drawn, { own, tops: tops[part]!, ink: inks[part]! }))
    },
  }
}

function stacked(values: readonly Float64Array[], count: number): Float64Array[] {
  const sum = new Float64Array(count)
  return values.map(own => {
    for (let i = 0; i < count; i++) if (own[i]! > 0) sum[i]! += own[i]!
    return sum.slice()
  })
}

/** The bar that holds a value; undefined outside. */
export function placeOf(starts: Float64Array, x: number): number | undefined {
  if (starts.length < 2 || !(x >= starts[0]!) || !(x <= starts.at(-1)!)) return undefined
  let [from, to] = [0, starts.length - 2]
  while (from < to) {
    const middle = (from + to + 1) >>> 1
    if (starts[middle]! <= x) from = middle
    else to = middle - 1
  }
  return from
}

/** All bars; where several share a dot, the highest of them, whole. */
function barsToDraw(
  { ratio, toX }: Pick<Ground, 'ratio' | 'toX'>,
  starts: Float64Array,
  top: Float64Array | undefined,
) {
  const drawn: number[] = []
  let column = Number.NaN
  for (let i = 0; i < (top?.length ?? 0); i++) {
    if (!(top![i]! > 0)) continue
    const left = toX(starts[i]!)
    const dot = toX(starts[i + 1]!) - left < narrow * ratio ? Math.floor(left) : Number.NaN
    if (dot !== column) drawn.push(i)
    else if (top![i]! > top![drawn.at(-1)!]!) drawn[drawn.length - 1] = i
    column = dot
  }
  return drawn
}

/** Pixels below which there is no room between bars. */
const narrow = 2

interface DrawnPart {
  readonly own: Float64Array
  readonly tops: Float64Array
  readonly ink: number
}

function drawPart(ground: Ground, starts: Float64Array, drawn: readonly number[], { own, tops, ink }: DrawnPart): void {
  const { context, paints, ratio, toX, toY } = ground
  context.beginPath()
  const zero = toY(0)
  for (const i of drawn) {
    if (!(own[i]! > 0)) continue
    const [left, right] = [toX(starts[i]!), toX(starts[i + 1]!)]
    const bottom = Math.min(zero, toY(tops[i]! - own[i]!))
    // What there is shows, if barely; a line of the ground tells parts apart.
    const height = Math.max(bottom - toY(tops[i]!), ratio)
    if (right - left < narrow * ratio) {
      context.rect(Math.floor(left), bottom - height, Math.max(1, right - left), height)
      continue
    }
    const gap = Math.min(2 * ratio, (right - left) * 0.12)
    const seam = height > 4 * ratio ? ratio : 0
    context.rect(left + gap / 2, bottom - height + seam / 2, right - left - gap, height - seam / 2)
  }
  context.fillStyle = fillOf(context, paints, ink, ratio)
  context.fill()
}
