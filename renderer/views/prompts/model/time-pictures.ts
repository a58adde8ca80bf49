import type { Output } from '../../../../shared/contract/index.ts'
import type { EvidenceMeasured } from '../../../../shared/contract/prompt-evidence.ts'
import { aboutMeasures, type EvidenceMeasure } from '../../../../shared/prompts/measures.ts'
import { formatCount, formatPlural, unknown } from '../../../../shared/format/numbers.ts'
import { formatDate, formatTime } from '../../../../shared/format/times.ts'
import { barsOf } from '../../../components/chart/bars.ts'
import { linesOf } from '../../../components/chart/lines.ts'
import { mostInks } from '../../../components/chart/paints.ts'
import type { Ground, Picture } from '../../../components/chart/picture.ts'
import { clockSteps, decimalSteps, evenTicks, timeTicks, wholeSteps } from '../../../components/chart/ticks.ts'
import { nameWords, printerOf, type VersionTitles } from './words.ts'

type Series = Output<'prompts.series'>
type Changes = Output<'prompts.versions'>['changes']

/** How many calls each version had, stacked; promotions and rollbacks are marked. */
export function trafficPicture(series: Series, changes: Changes, titles: VersionTitles): Picture {
  const columns = columnsOf(series, series.calls, 0)
  return timePicture(series, changes, titles, {
    title: `Calls per ${series.per}`,
    columns,
    shape: barsOf({ starts: milliseconds(series), values: columns, inks: columns.map((_, i) => i % mostInks) }),
    print: formatCount,
    steps: wholeSteps,
  })
}

/** A measure over time, a line a version. */
export function measurePicture(
  series: Series,
  changes: Changes,
  titles: VersionTitles,
  measure: EvidenceMeasure,
  place: number,
): Picture {
  const { label, unit } = aboutMeasures[measure]
  const columns = columnsOf(series, series.values, place)
  return timePicture(series, changes, titles, {
    title: `${label} per ${series.per}`,
    columns,
    shape: linesOf(milliseconds(series), columns),
    print: printerOf(unit),
    steps: stepsOf(unit),
  })
}

interface Shown {
  readonly title: string
  readonly columns: readonly Float64Array[]
  readonly shape: Pick<Picture, 'ends' | 'step' | 'hit' | 'box' | 'draw' | 'lines'> & { readonly highest: number }
  readonly print: (value: number) => string
  readonly steps: (least: number) => number
}

function timePicture(series: Series, changes: Changes, titles: VersionTitles, shown: Shown): Picture {
  const { title, columns, shape, print, steps } = shown
  const starts = milliseconds(series)
  const buckets = Math.max(0, starts.length - 1)
  const names = series.versions.map(version => titles.get(version) ?? nameWords(version))
  const highest = shape.highest > 0 ? shape.highest * 1.06 : 1
  const told = (version: number, at: number) => {
    const value = columns[version]?.[at] ?? Number.NaN
    return Number.isNaN(value) ? unknown : print(value)
  }
  const when = (at: number) => bucketWords(series, at)
  const used = Array.from({ length: buckets }, (_, at) => at).filter(at =>
    series.versions.some((_, version) => series.calls[version * buckets + at]! > 0),
  )
  return {
    title,
    x: {
      label: buckets === 0 ? '' : `${formatDate(series.starts[0])} to ${formatDate(series.starts[buckets]! - 1)}`,
      from: starts[0] ?? 0,
      to: starts.at(-1) ?? 1,
      ticks: most => timeTicks(starts.subarray(0, buckets), most),
    },
    y: { label: title, from: 0, to: highest, ticks: most => evenTicks(0, highest, most, print, steps) },
    parts: names.map((label, version) => ({
      label,
      ink: version % mostInks,
      value: spot => (spot ? told(version, spot.at) : ''),
    })),
    ...shape,
    draw: ground => {
      shape.draw?.(ground)
      for (const { at } of changes) drawChange(ground, at / 1000, highest)
    },
    words: ({ at, part }) =>
      `${when(at)}, ${names[part] ?? ''}: ${told(part, at)}, ${formatPlural(series.calls[part * buckets + at] ?? 0, 'call')}`,
    table: {
      head: ['When', ...names],
      rows: used.length,
      row: i => ({ cells: [when(used[i]!), ...names.map((_, version) => told(version, used[i]!))], spot: undefined }),
    },
  }
}

/** A line where most calls went over to another version. */
function drawChange({ context, paints, ratio, toX, toY }: Ground, at: number, highest: number): void {
  const x = Math.round(toX(at))
  context.save()
  context.strokeStyle = paints.text
  context.lineWidth = ratio
  context.setLineDash([4 * ratio, 3 * ratio])
  context.beginPath()
  context.moveTo(x, toY(0))
  context.lineTo(x, toY(highest))
  context.stroke()
  context.restore()
}

function columnsOf({ starts, versions }: Series, values: Float64Array, place: number): Float64Array[] {
  const buckets = Math.max(0, starts.length - 1)
  return versions.map((_, version) => {
    const from = (place * versions.length + version) * buckets
    return values.subarray(from, from + buckets)
  })
}

function milliseconds({ starts }: Series): Float64Array {
  return starts.map(start => start / 1000)
}

function bucketWords({ per, starts }: Series, at: number): string {
  const day = formatDate(starts[at])
  if (per === 'hour') return `${day} ${formatTime(starts[at]).slice(0, 5)}`
  return per === 'week' ? `week of ${day}` : per === 'month' ? day.slice(0, 7) : day
}

function stepsOf(unit: EvidenceMeasured['unit']): (least: number) => number {
  if (unit === 'microseconds') return clockSteps
  return unit === 'share' || unit === 'nanodollars' || unit === 'score' ? decimalSteps : wholeSteps
}
