import { placeOf } from './bars.ts'
import type { Picture, Spot } from './picture.ts'

/** Lines through the middles of stretches; NaN is a gap. */
export function linesOf(
  starts: Float64Array,
  values: readonly Float64Array[],
): Pick<Picture, 'lines' | 'ends' | 'step' | 'hit' | 'box'> & { readonly highest: number } {
  const count = Math.max(0, starts.length - 1)
  const x = Float64Array.from({ length: count }, (_, i) => (starts[i]! + starts[i + 1]!) / 2)
  const has = (at: number, part: number) => !Number.isNaN(values[part]?.[at] ?? Number.NaN)
  /** Parts that have a value there, lowest first. */
  const partsAt = (at: number) =>
    values
      .flatMap((_, part) => (has(at, part) ? [part] : []))
      .sort((a, b) => values[a]![at]! - values[b]![at]! || a - b)
  const along = (from: number, by: number, part: number): Spot | undefined => {
    for (let at = from; at >= 0 && at < count; at += by) {
      if (has(at, part)) return { at, part }
      const [first] = partsAt(at)
      if (first !== undefined) return { at, part: first }
    }
    return undefined
  }
  let highest = 0
  for (const own of values) for (const value of own) if (value > highest) highest = value
  return {
    highest,
    lines: { x, ys: values },
    ends: { first: along(0, 1, 0), last: along(count - 1, -1, 0) },
    step: ({ at, part }, across, up) => {
      if (across !== 0) return along(at + across, across, part)
      const parts = partsAt(at)
      const next = parts[parts.indexOf(part) + up]
      return next === undefined ? undefined : { at, part: next }
    },
    hit: (px, py) => {
      const at = placeOf(starts, px)
      if (at === undefined) return undefined
      const [first, ...rest] = partsAt(at)
      if (first === undefined) return undefined
      const far = (part: number) => Math.abs(values[part]![at]! - py)
      return { at, part: rest.reduce((one, other) => (far(other) < far(one) ? other : one), first) }
    },
    box: ({ at, part }) => {
      if (!has(at, part)) return undefined
      const value = values[part]![at]!
      return { x0: x[at]!, x1: x[at]!, y0: value, y1: value }
    },
  }
}
