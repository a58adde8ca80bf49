// Charts without their pixels: what is stepped through, said, listed and asked for.

import { describe, expect, test } from 'vitest'
import type { Output } from '../../shared/contract/index.ts'
import { barsOf } from '../../renderer/components/chart/bars.ts'
import { cellsOf } from '../../renderer/components/chart/cells.ts'
import { dotsOf } from '../../renderer/components/chart/dots.ts'
import { linesOf } from '../../renderer/components/chart/lines.ts'
import type { Picture, Spot } from '../../renderer/components/chart/picture.ts'
import { clockSteps, evenTicks, logTicks, timeTicks, wholeSteps } from '../../renderer/components/chart/ticks.ts'
import { readChartAddress } from '../../renderer/views/costs/chart/model/address.ts'
import { denseIn, timeNotes } from '../../renderer/views/costs/chart/model/notes.ts'
import { callsBehind, callsBetween } from '../../renderer/views/costs/chart/model/opened.ts'
import { pointsPicture } from '../../renderer/views/costs/chart/model/points-picture.ts'
import { spreadPicture } from '../../renderer/views/costs/chart/model/spread-picture.ts'
import { timePicture } from '../../renderer/views/costs/chart/model/time-picture.ts'

const none = Number.NaN
const numbers = (...values: number[]) => Float64Array.from(values)

/** Every spot that steps lead to, from the first on. */
function walk({ ends, step }: Pick<Picture, 'ends' | 'step'>): Set<string> {
  const seen = new Map<string, Spot>()
  const look = (spot: Spot | undefined) => {
    if (!spot || seen.has(`${spot.at} ${spot.part}`)) return
    seen.set(`${spot.at} ${spot.part}`, spot)
    for (const [across, up] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const)
      look(step(spot, across, up))
  }
  look(ends.first)
  return new Set(seen.keys())
}

describe('steps reach all that is drawn, and nothing else', () => {
  test('bars', () => {
    const bars = barsOf({
      starts: numbers(0, 10, 20, 40),
      values: [numbers(1, none, 0), numbers(2, none, 3)],
      inks: [0, 1],
    })
    expect(walk(bars)).toEqual(new Set(['0 0', '0 1', '2 1']))
    expect(bars.box({ at: 0, part: 1 })).toEqual({ x0: 0, x1: 10, y0: 1, y1: 3 })
    expect([bars.highest, bars.ends.last]).toEqual([3, { at: 2, part: 1 }])
    const near = { x: 1, y: 1 }
    expect(bars.hit(5, 0.5, near)).toEqual({ at: 0, part: 0 })
    expect(bars.hit(5, 99, near)).toEqual({ at: 0, part: 1 })
    expect([bars.hit(15, 0, near), bars.hit(-1, 0, near), bars.hit(41, 0, near)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('bars that share a dot are drawn as the highest of them, whole', () => {
    const bars = barsOf({
      starts: numbers(0, 0.2, 0.4, 0.6, 5),
      values: [numbers(1, 2, 1, 1), numbers(1, 3, 0, 1)],
      inks: [0, 0],
    })
    const rects: number[][] = []
    const context = { beginPath: () => {}, fill: () => {}, rect: (...at: number[]) => void rects.push(at) }
    const paints = { ground: '', text: '', muted: '', grid: '', inks: ['red', 'red'] }
    const ground = { context: context as unknown as CanvasRenderingContext2D, paints, ratio: 1 }
    bars.draw!({ ...ground, toX: x => x, toY: y => 10 - y })
    // Left, top, width and height: of the second bar, and of the wide one behind.
    expect(rects.map(([left, , , height]) => [Math.floor(left!), height])).toEqual([
      [0, 2],
      [0, 1],
      [0, 3],
      [0, 1],
    ])
  })

  test('lines, points and cells', () => {
    const lines = linesOf(numbers(0, 10, 20), [numbers(5, none), numbers(1, 2)])
    expect(walk(lines)).toEqual(new Set(['0 0', '0 1', '1 1']))
    expect(lines.hit(4, 4, { x: 1, y: 1 })).toEqual({ at: 0, part: 0 })
    const dots = dotsOf(numbers(1, 3, 2), numbers(9, 8, 7))
    expect(walk(dots).size).toBe(3)
    expect(dots.hit(2.9, 8, { x: 0.1, y: 0.1 })).toEqual({ at: 1, part: 0 })
    expect(dots.hit(2.5, 7.5, { x: 0.01, y: 0.01 })).toBeUndefined()
    const cells = cellsOf({ x: numbers(0, 1, 2, 3), y: numbers(0, 1, 2), counts: Uint32Array.of(1, 0, 0, 1, 0, 9) })
    expect(walk(cells)).toEqual(new Set(['0 0', '0 1', '2 1']))
    expect(cells.hit(2.5, 1.5, { x: 1, y: 1 })).toEqual({ at: 2, part: 1 })
  })

  test('nothing', () => {
    const empty = barsOf({ starts: numbers(), values: [], inks: [] })
    expect([empty.ends, empty.hit(0, 0, { x: 1, y: 1 })]).toEqual([{ first: undefined, last: undefined }, undefined])
  })
})

describe('ticks', () => {
  test('are easy to read, and no more than there is room for', () => {
    const texts = (ticks: readonly { readonly text: string }[]) => ticks.map(({ text }) => text)
    expect(texts(evenTicks(0, 7.3, 5, String))).toEqual(['0', '2', '4', '6'])
    expect(texts(evenTicks(0, 1.06, 6, String, wholeSteps))).toEqual(['0', '1'])
    expect(texts(evenTicks(0, 200e6, 4, us => `${us / 1e6}`, clockSteps))).toEqual(['0', '60', '120', '180'])
    expect(texts(logTicks(0, 3, 12, String))).toEqual(['1', '2', '5', '10', '20', '50', '100', '200', '500', '1000'])
    expect(texts(logTicks(0, 3, 5, String))).toEqual(['1', '10', '100', '1000'])
    expect(evenTicks(0, Number.NaN, 5, String)).toEqual([])
  })

  test('of time stand where hours, days and months begin by the clock', () => {
    const days = Float64Array.from({ length: 60 }, (_, i) => new Date(2026, 9, 1 + i).getTime())
    expect(timeTicks(days, 9).map(({ text }) => text)).toEqual([
      'Oct 5',
      'Oct 12',
      'Oct 19',
      'Oct 26',
      'Nov 2',
      'Nov 9',
      'Nov 16',
      'Nov 23',
    ])
    expect(timeTicks(days, 60)).toHaveLength(60)
    const hours = Float64Array.from({ length: 30 }, (_, i) => new Date(2026, 5, 1, i).getTime())
    expect(timeTicks(hours, 6).map(({ text }) => text)).toEqual(['Jun 1', '06:00', '12:00', '18:00', 'Jun 2'])
    expect(timeTicks(numbers(), 5)).toEqual([])
  })
})

const day = (n: number) => new Date(2026, 10, n).getTime() * 1000

const answer: Output<'charts.series'> = {
  exact: true,
  per: 'day',
  total: 14,
  undated: 2,
  outside: 3,
  unknown: 1,
  starts: numbers(day(3), day(4), day(5)),
  series: [
    { type: 'value', value: 'gpt-4o' },
    { type: 'value', value: null },
    { type: 'others', values: 3 },
  ],
  values: numbers(2e9, none, 1e9, none, 1e9, none),
  calls: numbers(5, 0, 2, 1, 4, 0),
  overlaps: false,
}

describe('over time', () => {
  test('words, totals and numbers: unknown is no zero, and without calls nothing is unknown', () => {
    const picture = timePicture(answer, 'cost', 'model', 'UTC')
    expect(picture.title).toBe('Cost by model, per day')
    expect(picture.words({ at: 0, part: 0 })).toBe('2026-11-03, gpt-4o: $2.00, 50% of $4.00, 5 calls')
    expect(picture.parts.map(part => [part.label, part.value(undefined)])).toEqual([
      ['gpt-4o', '$2.00'],
      ['no model', '$1.00'],
      ['3 others', '$1.00'],
    ])
    expect(picture.table.head).toEqual(['Day', 'gpt-4o', 'no model', '3 others', 'Together'])
    expect([0, 1].map(i => picture.table.row(i).cells)).toEqual([
      ['2026-11-03', '$2.00', '$1.00', '$1.00', '$4.00'],
      ['2026-11-04', '$0', '—', '$0', '—'],
    ])
    expect(timeNotes(answer, 'cost', 'Model', 'hour')).toEqual([
      '1 call of 14 says no cost: not drawn.',
      '2 calls of 14 without a time: not drawn.',
      '3 calls dated before 2000, by a clock that was not set: not drawn.',
      'The 2 that come first by cost; 3 others together.',
      'Drawn per day: there are too many hours.',
    ])
  })

  test('what does not add up is a line each, and absent where nothing is known', () => {
    const picture = timePicture(answer, 'latency.p95', 'model', 'UTC')
    expect(picture.lines?.ys).toHaveLength(3)
    expect(picture.table.row(1).cells).toEqual(['2026-11-04', '—', '—', '—'])
  })

  test('what is behind a part is a query; all others are none of the shown', () => {
    const shown = { query: 'is:error', by: 'model', per: 'day', series: answer.series, measure: 'cost' } as const
    expect(callsBehind(shown, day(3), 0)).toBe('is:error model:gpt-4o started:2026-11-03')
    expect(callsBehind(shown, day(3), 1)).toBe('is:error -has:model started:2026-11-03')
    expect(callsBehind(shown, day(3), 2)).toBe('is:error started:2026-11-03 -model:gpt-4o has:model')
    expect(callsBehind(shown, day(3), -1)).toBe('is:error started:2026-11-03')
    expect(callsBehind({ ...shown, per: 'week' }, day(2), 0)).toContain('started:2026-11-02..2026-11-08')
    expect(callsBehind({ ...shown, per: 'month' }, day(1), 0)).toContain('started:2026-11')
    expect(callsBetween('', 'cost', 1_260_000, 1_580_000)).toBe('cost:>=0.00126 cost:<0.00158')
    expect(callsBetween('model:x', 'duration', 100, 200)).toBe('model:x duration:>=100ns duration:<200ns')
  })
})

test('spreads and points, with their hostile names made visible', () => {
  const spread = {
    exact: true,
    total: 9,
    unknown: 0,
    zeros: 0,
    edges: numbers(1, 2, 5),
    counts: Uint32Array.of(3, 6),
    percentiles: numbers(2, 4, 4),
  }
  const picture = spreadPicture(spread, 'tokens.input', 'log')
  expect(picture.words({ at: 1, part: 0 })).toBe('2 to 5: 6 calls, 67%')
  expect(picture.table.rows).toBe(2)
  const said = { exact: true, traces: 2, shown: 2, unscored: 0, worded: 0, unmeasured: 0, partly: 0 }
  const points = {
    ...said,
    isCounted: false,
    ids: ['a', 'b'],
    x: numbers(0, 1),
    y: numbers(1e9, 2e9),
    counts: new Uint32Array(),
  }
  const asked = { score: '__proto__\u202e', against: 'cost', scale: 'linear' } as const
  expect(pointsPicture(points, asked).words({ at: 1, part: 0 })).toBe('__proto__⟦U+202E⟧ 1, $2.00: trace b')
  const cells = { ...said, isCounted: true, ids: [], x: numbers(0, 1), y: numbers(0, 1e9), counts: Uint32Array.of(2) }
  expect(pointsPicture(cells, asked).table.row(0).cells).toEqual(['0 to 1', '$0 to $1.00', '2'])
})

test('an address that names what does not exist shows what is usual', () => {
  const address = readChartAddress(new URLSearchParams('plot=pie&by=nonsense&per=eon&measure=__proto__&of=x&scale=y'))
  expect(address).toMatchObject({
    plot: 'time',
    by: undefined,
    per: undefined,
    measure: 'cost',
    of: 'cost',
    scale: 'linear',
  })
  expect(readChartAddress(new URLSearchParams('plot=spread&of=ttft'))).toMatchObject({ of: 'ttft', scale: 'log' })
  expect(readChartAddress(new URLSearchParams('split=none')).by).toBeUndefined()
})

test('the time of nearly all calls takes the place of the time of the query', () => {
  const day = (date: string) => new Date(`${date}T00:00`).getTime() * 1000
  const dense = { from: day('2026-10-01'), to: day('2026-12-01'), outside: 2 }
  const answer = { dense } as Output<'charts.series'>
  expect(denseIn(answer, 'model:a started:>2020')).toEqual({
    note: 'All but 2 calls started 2026-10-01 to 2026-11-30.',
    label: 'Show that time only',
    query: 'model:a started:2026-10-01..2026-11-30',
  })
  expect(denseIn({} as Output<'charts.series'>, '')).toBeUndefined()
})
