import { placeOf } from './bars.ts'
import type { Picture, Spot } from './picture.ts'

interface Cells {
  /** Edges: cells lie between them. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Line by line, the lowest first. */
  readonly counts: Uint32Array
}

/** How many lie in each cell, by the size of a mark in it. */
export function cellsOf({ x, y, counts }: Cells): Pick<Picture, 'draw' | 'ends' | 'step' | 'hit' | 'box'> {
  const [columns, lines] = [x.length - 1, y.length - 1]
  const has = (at: number, part: number) => at >= 0 && at < columns && (counts[part * columns + at] ?? 0) > 0
  const inColumn = (at: number, near: number): Spot | undefined => {
    let best: Spot | undefined
    for (let part = 0; part < lines; part++) {
      if (has(at, part) && (!best || Math.abs(part - near) < Math.abs(best.part - near))) best = { at, part }
    }
    return best
  }
  const along = (from: number, by: number, part: number): Spot | undefined => {
    for (let at = from; at >= 0 && at < columns; at += by) {
      const found = inColumn(at, part)
      if (found) return found
    }
    return undefined
  }
  return {
    ends: { first: along(0, 1, 0), last: along(columns - 1, -1, 0) },
    step: ({ at, part }, across, up) => {
      if (across !== 0) return along(at + across, across, part)
      for (let next = part + up; next >= 0 && next < lines; next += up) if (has(at, next)) return { at, part: next }
      return undefined
    },
    hit: (px, py) => {
      const [at, part] = [placeOf(x, px), placeOf(y, py)]
      return at !== undefined && part !== undefined && has(at, part) ? { at, part } : undefined
    },
    box: ({ at, part }) => (has(at, part) ? { x0: x[at]!, x1: x[at + 1]!, y0: y[part]!, y1: y[part + 1]! } : undefined),
    draw: ({ context, paints, ratio, toX, toY }) => {
      const most = counts.reduce((a, b) => Math.max(a, b), 1)
      context.beginPath()
      for (let at = 0; at < columns; at++) {
        for (let part = 0; part < lines; part++) {
          const count = counts[part * columns + at]!
          if (count === 0) continue
          const [left, right] = [toX(x[at]!), toX(x[at + 1]!)]
          const [top, bottom] = [toY(y[part + 1]!), toY(y[part]!)]
          // One of a million shows.
          const size = Math.max(0.22, Math.sqrt(Math.log1p(count) / Math.log1p(most)))
          const [wide, tall] = [Math.max(ratio, (right - left) * size), Math.max(ratio, (bottom - top) * size)]
          context.rect((left + right - wide) / 2, (top + bottom - tall) / 2, wide, tall)
        }
      }
      context.fillStyle = paints.inks[0]!
      context.fill()
    },
  }
}
