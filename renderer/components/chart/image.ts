import { makePlot } from './make-plot.ts'
import { drawSwatch, readPaints, type Paints } from './paints.ts'
import type { Part, Picture } from './picture.ts'

/** Pixels: wide enough to be read in a pull request. */
const [width, height] = [1200, 520]
const [edge, line, swatch] = [20, 20, 24]
const small = '12px Inter, ui-sans-serif, system-ui, sans-serif'
const large = '600 16px Inter, ui-sans-serif, system-ui, sans-serif'

/** The chart with its title, notes, axes and legend, in the theme now shown or in the light one. */
export async function imageOf(picture: Picture, notes: readonly string[], theme?: 'light'): Promise<Blob> {
  const paints = readPaints(theme)
  const holder = document.createElement('div')
  const drawn = await new Promise<HTMLCanvasElement>(resolve => {
    const plot = makePlot(picture, paints, { width: width - 2 * edge, height }, holder, () => resolve(plot.ctx.canvas))
  })
  const ratio = devicePixelRatio
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser draws no pictures.')
  context.font = small
  const rows = picture.parts.length > 1 ? legendRows(context, picture.parts) : []
  const told = notes.flatMap(note => wrapped(context, note, width - 2 * edge))
  canvas.width = width * ratio
  canvas.height = (edge + 28 + height + (rows.length + told.length) * line + edge) * ratio
  context.fillStyle = paints.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(drawn, edge * ratio, (edge + 28) * ratio)
  context.scale(ratio, ratio)
  context.textBaseline = 'middle'
  context.fillStyle = paints.text
  context.font = large
  context.fillText(picture.title, edge, edge + 8, width - 2 * edge)
  context.font = small
  let y = edge + 28 + height + line / 2
  for (const row of rows) {
    drawRow(context, paints, row, y, picture.lines !== undefined)
    y += line
  }
  context.fillStyle = paints.muted
  for (const text of told) {
    context.fillText(text, edge, y)
    y += line
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png')
  })
}

interface Placed {
  readonly part: Part
  readonly text: string
  readonly x: number
}

function legendRows(context: CanvasRenderingContext2D, parts: readonly Part[]): Placed[][] {
  const rows: Placed[][] = [[]]
  let x = edge
  for (const part of parts) {
    const text = `${part.label}  ${part.value(undefined)}`
    const wide = swatch + 8 + context.measureText(text).width + 24
    if (x + wide > width - edge && x > edge) {
      rows.push([])
      x = edge
    }
    rows.at(-1)!.push({ part, text, x })
    x += wide
  }
  return rows
}

function drawRow(
  context: CanvasRenderingContext2D,
  paints: Paints,
  row: readonly Placed[],
  y: number,
  isLine: boolean,
) {
  for (const { part, text, x } of row) {
    // The context is scaled: a pattern is drawn pixel by pixel.
    drawSwatch(context, paints, { ink: part.ink, isLine }, { x, y: y - 6, width: swatch, height: 12 }, 1)
    context.fillStyle = paints.text
    context.fillText(text, x + swatch + 8, y, width - edge - x - swatch - 8)
  }
}

function wrapped(context: CanvasRenderingContext2D, text: string, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && context.measureText(longer).width <= most) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
