import type { Output } from '../../../../../shared/contract/index.ts'
import { formatCount, formatPlural } from '../../../../../shared/format/numbers.ts'
import { visibleLine } from '../../../../../shared/format/visible-text.ts'
import type { PointMeasure } from '../../../../../shared/query/chart-measures.ts'
import { cellsOf } from '../../../../components/chart/cells.ts'
import { dotsOf } from '../../../../components/chart/dots.ts'
import type { Axis, Picture } from '../../../../components/chart/picture.ts'
import { evenTicks, logTicks } from '../../../../components/chart/ticks.ts'
import { printer, stepsFor } from './texts.ts'

interface Asked {
  readonly score: string
  readonly against: PointMeasure
  readonly scale: 'linear' | 'log'
}

/** Traces by a score and what their calls took: points, or cells where they are too many. */
export function pointsPicture(answer: Output<'charts.points'>, { score, against, scale }: Asked): Picture {
  const { isCounted, ids, counts, x } = answer
  const isLog = scale === 'log'
  const type = against === 'cost' ? 'money' : 'tokens'
  const print = printer(type)
  const name = visibleLine(score, 60)
  const label = against === 'cost' ? 'Cost of the trace' : 'Tokens of the trace'
  const up = (values: Float64Array) => (isLog ? values.map(value => Math.log10(Math.max(value, 0.5))) : values)
  const own = answer.y
  const y = up(own)
  const shape = isCounted ? cellsOf({ x, y, counts }) : dotsOf(x, y)
  const [across, tall] = [reach(x), reach(y)]
  const count = (at: number, part: number) => counts[part * (x.length - 1) + at]!
  const used = isCounted
    ? [...counts.keys()]
        .filter(i => counts[i]! > 0)
        .map(i => ({ at: i % (x.length - 1), part: Math.floor(i / (x.length - 1)) }))
    : [...x.keys()].map(at => ({ at, part: 0 }))
  const cellText = (at: number, part: number) => [
    `${printScore(x[at]!)} to ${printScore(x[at + 1]!)}`,
    `${print(own[part]!)} to ${print(own[part + 1]!)}`,
  ]
  const yAxis: Axis = {
    label: isLog ? `${label}, logarithmic` : label,
    ...tall,
    ticks: most =>
      isLog ? logTicks(tall.from, tall.to, most, print) : evenTicks(tall.from, tall.to, most, print, stepsFor(type)),
  }
  return {
    title: `${label} against ${name}`,
    x: {
      label: `${name}, mean of the trace`,
      ...across,
      ticks: most => evenTicks(across.from, across.to, most, printScore),
    },
    y: yAxis,
    parts: [{ label: 'Traces', ink: 0, value: () => formatCount(answer.shown) }],
    ...shape,
    words: ({ at, part }) => {
      if (!isCounted) return `${name} ${printScore(x[at]!)}, ${print(own[at]!)}: trace ${visibleLine(ids[at]!, 40)}`
      const [score, took] = cellText(at, part)
      return `${name} ${score}, ${took}: ${formatPlural(count(at, part), 'trace')}`
    },
    table: {
      head: isCounted ? [name, label, 'Traces'] : ['Trace', name, label],
      rows: used.length,
      row: i => {
        const spot = used[i]!
        const { at, part } = spot
        const texts = isCounted
          ? [...cellText(at, part), formatCount(count(at, part))]
          : [visibleLine(ids[at]!, 40), printScore(x[at]!), print(own[at]!)]
        return { cells: texts, spot }
      },
    },
  }
}

function printScore(value: number): string {
  return String(Number(value.toPrecision(4)))
}

/** With a little room around what lies at the ends. */
function reach(values: Float64Array): { readonly from: number; readonly to: number } {
  let [from, to] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < from) from = value
    if (value > to) to = value
  }
  if (from > to) return { from: 0, to: 1 }
  const room = (to - from) * 0.04 || Math.abs(to) * 0.1 || 1
  return { from: from - room, to: to + room }
}
