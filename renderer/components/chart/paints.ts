import { readColor } from '../../theme/read-color.ts'

/** Colours as a canvas understands them. */
export interface Paints {
  readonly ground: string
  readonly text: string
  readonly muted: string
  readonly grid: string
  /** One for each part of a picture; the last is for all others together. */
  readonly inks: readonly string[]
}

/** Parts that are told apart; one more is for all others. */
export const mostInks = 8
export const othersInk = mostInks

/** Those of the theme now shown, unless one is named: a picture for a page of white paper is light. */
export function readPaints(theme?: 'light' | 'dark'): Paints {
  const inks = Array.from({ length: mostInks }, (_, i) => readColor(`--chart-${i + 1}`, theme))
  return {
    ground: readColor('--bg', theme),
    text: readColor('--text', theme),
    muted: readColor('--text-muted', theme),
    grid: readColor('--border', theme),
    inks: [...inks, readColor('--chart-others', theme)],
  }
}

/** How the line of each ink is broken, so that nobody needs to tell colours apart. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [8, 3, 2, 3],
  [14, 4],
  [4, 4],
  [12, 3, 2, 3, 2, 3],
  [1, 4],
  [6, 6],
]

/** Pixels of a tile of a pattern. */
const side = 8

/** Strokes on a tile, in eighths of its side: what is drawn in the colour of the ground over that of the ink. */
const strokes: readonly (readonly (readonly [number, number, number, number])[])[] = [
  [],
  [
    [-1, 5, 5, -1],
    [3, 9, 9, 3],
  ],
  [
    [1.5, 2, 2.5, 2],
    [5.5, 6, 6.5, 6],
  ],
  [[0, 4, 8, 4]],
  [
    [3, -1, 9, 5],
    [-1, 3, 5, 9],
  ],
  [[4, 0, 4, 8]],
  [
    [0, 4, 8, 4],
    [4, 0, 4, 8],
  ],
  [
    [0, 0, 8, 8],
    [0, 8, 8, 0],
  ],
  [[3.5, 4, 4.5, 4]],
]

/** The ink with its pattern. `ratio` is how many dots of the canvas a pixel is. */
export function fillOf(context: CanvasRenderingContext2D, paints: Paints, ink: number, ratio: number) {
  const color = paints.inks[ink] ?? paints.text
  const lines = strokes[ink] ?? []
  if (lines.length === 0) return color
  const tile = document.createElement('canvas')
  tile.width = tile.height = Math.max(1, Math.round(side * ratio))
  const on = tile.getContext('2d')
  if (!on) return color
  on.fillStyle = color
  on.fillRect(0, 0, tile.width, tile.height)
  on.scale(tile.width / 8, tile.height / 8)
  on.strokeStyle = paints.ground
  on.lineWidth = 1.1
  for (const [x0, y0, x1, y1] of lines) {
    on.beginPath()
    on.moveTo(x0, y0)
    on.lineTo(x1, y1)
    on.stroke()
  }
  return context.createPattern(tile, 'repeat') ?? color
}

/** A sample of an ink: a patch of its pattern, or a piece of its line. */
export function drawSwatch(
  context: CanvasRenderingContext2D,
  paints: Paints,
  { ink, isLine }: { readonly ink: number; readonly isLine: boolean },
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ratio: number,
): void {
  context.save()
  context.translate(x, y)
  if (isLine) {
    context.strokeStyle = paints.inks[ink] ?? paints.text
    context.lineWidth = 2 * ratio
    context.setLineDash((dashes[ink] ?? []).map(length => length * ratio))
    context.beginPath()
    context.moveTo(0, height / 2)
    context.lineTo(width, height / 2)
    context.stroke()
  } else {
    context.fillStyle = fillOf(context, paints, ink, ratio)
    context.fillRect(0, 0, width, height)
  }
  context.restore()
}
