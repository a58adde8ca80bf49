// What charts are drawn from, against a naive reading of the records that the store was made of.

import { describe, expect, test } from 'vitest'
import { chartPoints, chartSeries, chartSpread } from '../../electron/rpc/charts.ts'
import { linearEdges, logEdges, placeIn } from '../../electron/store/charts/edges.ts'
import type { Store } from '../../electron/store/open.ts'
import { TimeBuckets } from '../../electron/store/pivot/buckets.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import type { Input } from '../../shared/contract/index.ts'
import { seededRandom, type Random } from '../helpers/random.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

const never = new AbortController().signal
const asking = (store: Store) => ({ store, elsewhere: readElsewhere(store, () => undefined) })
const series = (store: Store, more: Partial<Input<'charts.series'>> = {}) =>
  chartSeries(asking(store), { zone: 'UTC', measure: 'cost', top: 7, ...more }, never)

const start = BigInt(Date.parse('2026-10-20T00:00:00Z')) * 1_000_000n

/** Calls over two weeks in which a clock goes back; some without a time, a model, a cost or a length. */
function randomCalls(random: Random, count: number): Said[] {
  return Array.from({ length: count }, (_, i): Said => {
    const model = random.pick(['a', 'b', 'c', 'd', 'e', 'f', ''])
    const tags = random.pick([[], ['x'], ['y'], ['x', 'y'], ['x', 'y', 'z']])
    return {
      trace: `t${i >> 1}`,
      id: `s${i}`,
      name: 'chat',
      kind: 'generation',
      status: random.below(5) === 0 ? 'error' : 'ok',
      ...(random.below(9) === 0 ? {} : { start: start + BigInt(random.below(14 * 86_400)) * 1_000_000_000n }),
      ...(random.below(9) === 0 ? {} : { duration: BigInt(random.below(1000)) * 1_000_000n }),
      traits: { tags },
      call: {
        ...(model === '' ? {} : { model }),
        input: random.below(50),
        ...(random.below(4) === 0 ? {} : { cost: random.below(10_000) }),
      },
      ...(random.below(3) === 0 ? {} : { scores: [{ name: 'helpful', value: random.below(5) / 4 }] }),
    }
  })
}

type Call = Said & { readonly call: NonNullable<Said['call']> }

const measured: { readonly [name: string]: (calls: readonly Call[]) => number } = {
  cost: calls => sum(calls.map(({ call }) => call.cost)),
  calls: calls => calls.length,
  errors: calls => calls.filter(({ status }) => status === 'error').length,
  'latency.p95': calls => nearestRank(lengths(calls), 95),
}

function lengths(calls: readonly Call[]): number[] {
  return calls.flatMap(({ duration }) => (duration === undefined ? [] : [Number(duration) / 1000]))
}

function sum(numbers: readonly (number | undefined)[]): number {
  const known = numbers.filter(number => number !== undefined)
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => a + b, 0)
}

function nearestRank(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? Number.NaN
}

function valuesOf({ call, traits }: Call, by: string): (string | null)[] {
  if (by === 'model') return [call.model ?? null]
  const tags = traits?.tags ?? []
  return tags.length === 0 ? [null] : [...tags]
}

describe('over time', () => {
  test('every bucket of every series is what the records say', async () => {
    for (const [seed, zone] of ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe'].entries()) {
      const random = seededRandom(seed)
      const calls = randomCalls(random, 300) as Call[]
      using store = memoryStore()
      importFile(store, calls)
      for (const by of ['model', 'tag']) {
        for (const per of ['hour', 'day', 'week', 'month'] as const) {
          for (const measure of ['cost', 'calls', 'errors', 'latency.p95'] as const) {
            const top = 1 + random.below(4)
            const answer = await series(store, { by, per, measure, top, zone })
            const buckets = new TimeBuckets(per, zone)
            const all = new Set(calls.flatMap(call => valuesOf(call, by)))
            const shown = answer.series.flatMap(one => (one.type === 'value' ? [one.value] : []))
            const others = [...all].filter(value => !shown.includes(value))
            const last = answer.series.at(-1)!
            expect(last.type === 'others' ? last.values : 0).toBe(others.length)
            expect(others.length).not.toBe(1)
            const whole = (value: string | number | null) =>
              measured[measure]!(calls.filter(call => valuesOf(call, by).includes(value as string | null)))
            const ranks = shown.map(value => whole(value as string | null))
            for (const value of others) expect(whole(value)).toBeLessThanOrEqual(Math.min(...ranks))

            const width = answer.starts.length - 1
            const dated = calls.filter(call => call.start !== undefined)
            const wanted: number[][] = [[], []]
            for (const one of answer.series) {
              for (let b = 0; b < width; b++) {
                const [from, to] = [answer.starts[b]!, answer.starts[b + 1]!]
                const behind = dated.filter(call => {
                  const at = Number(call.start! / 1000n)
                  const own = valuesOf(call, by)
                  const isOne =
                    one.type === 'value'
                      ? own.includes(one.value as string | null)
                      : own.some(value => others.includes(value))
                  // Where the clock goes back by half an hour, an hour of it begins before the one before has ended.
                  const inBucket = per === 'hour' ? buckets.of(at) === from : at >= from && at < to
                  return isOne && inBucket
                })
                wanted[0]!.push(behind.length)
                wanted[1]!.push(behind.length > 0 ? measured[measure]!(behind) : Number.NaN)
              }
            }
            expect([Array.from(answer.calls), Array.from(answer.values)]).toEqual(wanted)
            expect(answer.undated).toBe(calls.length - dated.length)
            expect(answer.unknown).toBe(
              measure === 'cost'
                ? calls.filter(({ call }) => call.cost === undefined).length
                : measure === 'latency.p95'
                  ? calls.length - lengths(calls).length
                  : 0,
            )
            expect(answer.overlaps).toBe(by === 'tag')
          }
        }
      }
    }
  })

  test('days begin by the clock: 23, 24 and 25 hours, and where midnight is skipped', async () => {
    const hours = (zone: string, day: string) => {
      const buckets = new TimeBuckets('day', zone)
      const bucket = Date.parse(day) / 86_400_000
      return (buckets.begin(buckets.after(bucket)) - buckets.begin(bucket)) / 3.6e9
    }
    expect(hours('Europe/Berlin', '2026-03-29')).toBe(23)
    expect(hours('Europe/Berlin', '2026-03-30')).toBe(24)
    expect(hours('Europe/Berlin', '2026-10-25')).toBe(25)
    const cairo = new TimeBuckets('day', 'Africa/Cairo')
    expect(cairo.begin(Date.parse('2026-04-24') / 86_400_000)).toBe(Date.parse('2026-04-23T22:00:00Z') * 1000)
    const month = new TimeBuckets('month', 'America/New_York')
    const november = month.of(Date.parse('2026-11-15T00:00:00Z') * 1000)
    expect([month.begin(november), month.begin(month.after(november))]).toEqual(
      ['2026-11-01T04:00:00Z', '2026-12-01T05:00:00Z'].map(iso => Date.parse(iso) * 1000),
    )
  })

  test('longer buckets where there would be too many, and as suits the stretch where nobody said', async () => {
    using store = memoryStore()
    const at = (id: string, iso: string): Said => ({
      trace: id,
      id,
      kind: 'generation',
      start: BigInt(Date.parse(iso)) * 1_000_000n,
      call: { cost: 1 },
    })
    importFile(store, [at('a', '2001-01-01T00:00:00Z'), at('b', '2026-01-01T00:00:00Z')])
    const answer = await series(store, { per: 'hour' })
    expect([answer.per, answer.starts.length, answer.series]).toEqual(['day', 9_133, [{ type: 'all' }]])
    expect((await series(store)).per).toBe('month')
    importFile(store, [at('c', '1970-01-01T00:00:01Z')], { path: '/dumps/c.jsonl' })
    const set = await series(store, { per: 'day' })
    expect([set.starts.length, set.total, set.outside]).toEqual([9_133, 3, 1])
    const old = await series(store, { where: { query: 'started:<1980', now: 0, zone: 'UTC' } })
    expect([old.total, old.outside, old.calls]).toEqual([1, 0, Float64Array.of(1)])
    const where = { query: 'started:>2020', now: 0, zone: 'UTC' }
    expect(await series(store, { where })).toMatchObject({ per: 'hour', total: 1, calls: Float64Array.of(1) })
    const none = await series(store, { where: { ...where, query: 'model:none' }, by: 'model' })
    expect([none.starts.length, none.series, none.total]).toEqual([0, [], 0])
    await expect(async () => series(store, { zone: 'Nowhere/Land' })).rejects.toThrow('no such time zone')
  })
})

describe('spread', () => {
  test('each call in the bin that holds it; unknown and zero beside them', async () => {
    for (const scale of ['linear', 'log'] as const) {
      const calls = randomCalls(seededRandom(7), 500) as Call[]
      using store = memoryStore()
      importFile(store, calls)
      const answer = await chartSpread(asking(store), { of: 'cost', scale, most: 40 }, never)
      const known = calls.flatMap(({ call }) => call.cost ?? [])
      const drawn = scale === 'log' ? known.filter(cost => cost > 0) : known
      expect(answer).toMatchObject({ total: 500, unknown: 500 - known.length, zeros: known.length - drawn.length })
      expect(answer.counts.length).toBeLessThanOrEqual(40)
      expect(Array.from(answer.counts)).toEqual(
        Array.from(
          answer.counts,
          (_, b) => drawn.filter(cost => cost >= answer.edges[b]! && cost < answer.edges[b + 1]!).length,
        ),
      )
      expect(answer.counts.reduce((a, b) => a + b, 0)).toBe(drawn.length)
      expect(Array.from(answer.percentiles)).toEqual([50, 95, 99].map(share => nearestRank(known, share)))
    }
  })

  test('edges are ascending whole numbers around what they hold, no more than were asked for', () => {
    const random = seededRandom(3)
    for (let n = 0; n < 300; n++) {
      const least = 1 + Math.floor(random.logNormal(1000, 6))
      const greatest = least + Math.floor(random.logNormal(1000, 8))
      const most = 20 + random.below(60)
      for (const edges of [linearEdges(least, greatest, most), logEdges(least, greatest, most)]) {
        expect(edges[0]).toBeLessThanOrEqual(least)
        expect(edges.at(-1)).toBeGreaterThan(greatest)
        expect(edges.length - 1).toBeLessThanOrEqual(most)
        expect(Array.from(edges)).toEqual([...new Set(edges)].map(Math.round).toSorted((x, y) => x - y))
        for (const number of [least, greatest]) {
          const bin = placeIn(edges, number)
          expect(edges[bin]! <= number && number < edges[bin + 1]!).toBe(true)
        }
      }
    }
    expect(Array.from(linearEdges(0, 0, 10))).toEqual([0, 1])
  })

  test('nothing known is no bin', async () => {
    using store = memoryStore()
    importFile(store, [{ trace: 'a', id: 'a', kind: 'generation', call: { model: 'm' } }])
    expect(await chartSpread(asking(store), { of: 'cost', scale: 'log', most: 10 }, never)).toMatchObject({
      total: 1,
      unknown: 1,
      edges: new Float64Array(),
      counts: new Uint32Array(),
      percentiles: new Float64Array(),
    })
  })
})

describe('against a score', () => {
  const points = (store: Store, more: Partial<Input<'charts.points'>> = {}) =>
    chartPoints(asking(store), { score: 'Helpful', of: 'cost', scale: 'linear', most: 10_000, ...more }, never)

  test('each trace by the mean of its scores and the sum of its calls; too many are counted in cells', async () => {
    const calls = randomCalls(seededRandom(11), 600) as Call[]
    using store = memoryStore()
    importFile(store, calls)
    const traces = Map.groupBy(calls, ({ trace }) => trace)
    const wanted = [...traces.values()].map(own => ({
      x: mean(own.flatMap(({ scores }) => scores ?? []).map(({ value }) => value)),
      y: sum(own.map(({ call }) => call.cost)),
      isPartly: own.some(({ call }) => call.cost === undefined),
    }))
    const drawn = wanted.filter(({ x, y }) => !Number.isNaN(x) && !Number.isNaN(y))
    const answer = await points(store)
    const pairs = (x: Float64Array, y: Float64Array) => Array.from(x, (value, i) => `${value} ${y[i]}`).toSorted()
    expect(pairs(answer.x, answer.y)).toEqual(drawn.map(({ x, y }) => `${x} ${y}`).toSorted())
    expect(answer).toMatchObject({
      traces: 300,
      shown: drawn.length,
      unscored: wanted.filter(({ x }) => Number.isNaN(x)).length,
      unmeasured: wanted.filter(({ x, y }) => !Number.isNaN(x) && Number.isNaN(y)).length,
      partly: drawn.filter(({ isPartly }) => isPartly).length,
    })

    const cells = await points(store, { most: 10 })
    expect(cells.shown).toBe(drawn.length)
    expect(cells.counts.reduce((a, b) => a + b, 0)).toBe(drawn.length)
    const columns = cells.x.length - 1
    const fullest = cells.counts.indexOf(Math.max(...cells.counts))
    const [column, line] = [fullest % columns, Math.floor(fullest / columns)]
    const within = {
      x: [cells.x[column]!, cells.x[column + 1]!] as const,
      y: [cells.y[line]!, cells.y[line + 1]! - 1] as const,
    }
    const inside = await points(store, { within })
    expect(inside.shown).toBe(cells.counts[fullest])
    for (const y of inside.y) expect(y >= within.y[0] && y <= within.y[1]).toBe(true)
  })

  test('a score that nobody gave', async () => {
    using store = memoryStore()
    importFile(store, randomCalls(seededRandom(1), 20))
    expect(await points(store, { score: '__proto__' })).toMatchObject({ traces: 10, shown: 0, unscored: 10, worded: 0 })
  })
})

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? Number.NaN : numbers.reduce((a, b) => a + b, 0) / numbers.length
}

test('a call dated far from all others is counted, with the time in which the others lie', async () => {
  const call = (i: number, date: string): Said => ({
    trace: `t${i}`,
    id: `s${i}`,
    name: 'chat',
    kind: 'generation',
    start: BigInt(Date.parse(date)) * 1_000_000n,
    call: { model: 'a', cost: 1 },
  })
  const days = ['2026-10-02', '2026-10-05', '2026-10-05', '2026-11-28', '2026-11-30']
  using store = memoryStore()
  importFile(
    store,
    [...days, '2199-01-01'].map((day, i) => call(i, day)),
  )
  const day = (date: string) => Date.parse(date) * 1000
  const dense = { from: day('2026-10-01'), to: day('2026-12-01'), outside: 1 }
  expect(await series(store)).toMatchObject({ per: 'month', dense })
  // By model too: each call is counted once.
  expect((await series(store, { by: 'model' })).dense).toEqual(dense)
  using close = memoryStore()
  importFile(
    close,
    [...days, '2026-12-24'].map((date, i) => call(i, date)),
  )
  expect((await series(close, { per: 'day' })).dense).toBeUndefined()
})
