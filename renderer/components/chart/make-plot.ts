import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { dashes, type Paints } from './paints.ts'
import type { Axis, Picture } from './picture.ts'

interface Size {
  readonly width: number
  readonly height: number
}

const font = '11px Inter, ui-sans-serif, system-ui, sans-serif'
/** Pixels from tick to tick, at least. */
const apart = { x: 78, y: 34 }

/** The library draws axes and lines, the picture the rest. Pointers and keys are not its business. */
export function makePlot(picture: Picture, paints: Paints, size: Size, into: HTMLElement, drawn?: () => void): UPlot {
  const { x, y, lines } = picture
  const ys = lines?.ys ?? []
  const options: UPlot.Options = {
    ...size,
    ms: 1,
    legend: { show: false },
    cursor: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    padding: [10, 14, 0, 0],
    scales: { x: { time: false, auto: false, range: [x.from, x.to] }, y: { auto: false, range: [y.from, y.to] } },
    axes: [axisOf(x, paints, 'x'), axisOf(y, paints, 'y')],
    series: [
      {},
      ...ys.map((_, i): UPlot.Series => {
        const { ink } = picture.parts[i]!
        const stroke = paints.inks[ink] ?? paints.text
        return { stroke, width: 2, dash: [...dashes[ink]!], points: { size: 5, fill: stroke, stroke, dash: [] } }
      }),
    ],
    hooks: {
      drawAxes: [
        plot => {
          const { context, ratio } = { context: plot.ctx, ratio: devicePixelRatio }
          const { left, top, width, height } = plot.bbox
          context.save()
          context.beginPath()
          context.rect(left, top, width, height)
          context.clip()
          picture.draw?.({
            context,
            paints,
            ratio,
            toX: value => plot.valToPos(value, 'x', true),
            toY: value => plot.valToPos(value, 'y', true),
          })
          context.restore()
        },
      ],
      draw: [() => drawn?.()],
    },
  }
  return new UPlot(options, dataOf(picture), into)
}

function axisOf(axis: Axis, paints: Paints, of: 'x' | 'y'): UPlot.Axis {
  const ticksFor = (plot: UPlot) => {
    const room = (of === 'x' ? plot.bbox.width : plot.bbox.height) / devicePixelRatio
    return axis.ticks(Math.max(2, Math.floor(room / apart[of])))
  }
  return {
    label: axis.label,
    font,
    labelFont: font,
    labelSize: 20,
    stroke: paints.muted,
    grid: { stroke: paints.grid, width: 1, show: of === 'y' },
    ticks: { stroke: paints.grid, width: 1, size: 4 },
    border: { show: true, stroke: paints.muted, width: 1 },
    splits: plot => ticksFor(plot).map(({ at }) => at),
    values: (plot, splits) => {
      const texts = new Map(ticksFor(plot).map(({ at, text }) => [at, text]))
      return splits.map(at => texts.get(at) ?? '')
    },
    size: of === 'x' ? 26 : (_, values) => 16 + Math.max(24, ...(values ?? []).map(text => text.length * 6.2)),
  }
}

function dataOf({ x, lines }: Picture): UPlot.AlignedData {
  if (!lines) return [[x.from, x.to]]
  const ys = lines.ys.map(own => Array.from(own, value => (Number.isNaN(value) ? null : value)))
  return [Array.from(lines.x), ...ys]
}
