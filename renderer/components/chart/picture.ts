import type { Paints } from './paints.ts'

/** A bar, a point or a cell: its place along x, and its part, counted from the axis up. */
export interface Spot {
  readonly at: number
  readonly part: number
}

export interface Tick {
  readonly at: number
  readonly text: string
}

export interface Axis {
  readonly label: string
  readonly from: number
  readonly to: number
  /** No more than so many. */
  readonly ticks: (most: number) => readonly Tick[]
}

export interface Part {
  readonly label: string
  readonly ink: number
  /** Of all of it, or of a spot. */
  readonly value: (spot: Spot | undefined) => string
}

/** In units of the axes. */
export interface Box {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
}

/** Where a picture draws itself: values to dots of the canvas. */
export interface Ground {
  readonly context: CanvasRenderingContext2D
  readonly paints: Paints
  readonly ratio: number
  readonly toX: (value: number) => number
  readonly toY: (value: number) => number
}

/** The same numbers, to be read. */
export interface NumberTable {
  readonly head: readonly string[]
  readonly rows: number
  readonly row: (i: number) => { readonly cells: readonly string[]; readonly spot: Spot | undefined }
}

/** What is drawn, stepped through by keys, spoken and listed as numbers. Knows nothing of pixels but those of `Ground`. */
export interface Picture {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly parts: readonly Part[]
  /** Lines, which the library draws; NaN is a gap. */
  readonly lines?: { readonly x: Float64Array; readonly ys: readonly Float64Array[] }
  /** Everything else. */
  readonly draw?: (ground: Ground) => void
  /** Where keys begin: at the end where what is newest or most stands. */
  readonly ends: { readonly first: Spot | undefined; readonly last: Spot | undefined }
  /** The next spot that has something, to the right (1) or left (−1), up (1) or down (−1); undefined where there is none. */
  readonly step: (from: Spot, across: number, up: number) => Spot | undefined
  /** What a pointer means. `near`: how much of each axis a pixel is. */
  readonly hit: (x: number, y: number, near: { readonly x: number; readonly y: number }) => Spot | undefined
  readonly box: (spot: Spot) => Box | undefined
  readonly words: (spot: Spot) => string
  readonly table: NumberTable
}
