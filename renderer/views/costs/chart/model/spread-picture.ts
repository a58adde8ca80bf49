import type { Output } from '../../../../../shared/contract/index.ts'
import { formatCount, formatPlural, formatShare } from '../../../../../shared/format/numbers.ts'
import { spreads, type SpreadField } from '../../../../../shared/query/chart-measures.ts'
import { barsOf } from '../../../../components/chart/bars.ts'
import type { Picture } from '../../../../components/chart/picture.ts'
import { evenTicks, logTicks, wholeSteps } from '../../../../components/chart/ticks.ts'
import { printer, roomAbove, stepsFor } from './texts.ts'

/** How many calls have how much of something. */
export function spreadPicture(answer: Output<'charts.spread'>, of: SpreadField, scale: 'linear' | 'log'): Picture {
  const { label, type } = spreads[of]
  // Lengths of time are written from microseconds.
  const unit = type === 'duration' ? 1000 : 1
  const print = (value: number) => printer(type)(value / unit)
  const { edges, counts } = answer
  const isLog = scale === 'log'
  // A bin of small whole numbers may begin at none.
  const drawn = isLog ? edges.map(edge => Math.log10(Math.max(edge, 0.5))) : edges.map(edge => edge / unit)
  const shape = barsOf({ starts: drawn, values: [Float64Array.from(counts)], inks: [0] })
  const known = counts.reduce((a, b) => a + b, 0)
  const bin = (at: number) => `${print(edges[at]!)} to ${print(edges[at + 1]!)}`
  const used = [...counts.keys()].filter(at => counts[at]! > 0)
  const [from, to] = [drawn[0] ?? 0, drawn.at(-1) ?? 1]
  return {
    title: label,
    x: {
      label: `${label}${isLog ? ', logarithmic' : ''}`,
      from,
      to,
      ticks: most =>
        isLog ? logTicks(from, to, most, print) : evenTicks(from, to, most, printer(type), stepsFor(type)),
    },
    y: {
      label: 'Calls',
      from: 0,
      to: roomAbove(shape.highest),
      ticks: most => evenTicks(0, roomAbove(shape.highest), most, formatCount, wholeSteps),
    },
    parts: [{ label: 'Calls', ink: 0, value: spot => formatCount(spot ? counts[spot.at] : known) }],
    ...shape,
    words: ({ at }) => `${bin(at)}: ${formatPlural(counts[at]!, 'call')}, ${formatShare(counts[at]!, known)}`,
    table: {
      head: [label, 'Calls', 'Share'],
      rows: used.length,
      row: i => {
        const at = used[i]!
        return {
          cells: [bin(at), formatCount(counts[at]), formatShare(counts[at]!, known)],
          spot: { at, part: 0 },
        }
      },
    },
  }
}
