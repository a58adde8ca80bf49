import { expect, test } from 'vitest'
import type { Sample } from '../../shared/statistics/sample.ts'
import { verdict, verdicts, type Metric } from '../../shared/statistics/verdict.ts'
import { verdictWords } from '../../shared/statistics/verdict-words.ts'
import { sampler } from './samples.ts'

const from = sampler(1)
const { some, normal, logNormal, ones } = from
const cost = (n: number, factor = 1): Sample => ({ values: some(n, () => factor * logNormal()) })
const errors = (n: number, share: number): Sample => ({ values: ones(n, share) })

test('less is better of costs, more of scores, and nobody knows of lengths', () => {
  const [a, b] = [cost(800), cost(800, 1.5)]
  const asked = { name: 'x', quantity: 'mean', a, b } as const
  expect(verdict({ ...asked, better: 'less' }).outcome).toBe('worse')
  expect(verdict({ ...asked, better: 'more' }).outcome).toBe('better')
  expect(verdict(asked).outcome).toBe('changed')
  expect(verdict({ ...asked, a: b, b: a, better: 'less' }).outcome).toBe('better')
})

test('a verdict rests on counts, an interval and a test, and says so', () => {
  const a = { values: Float64Array.from({ length: 1000 }, (_, i) => (i < 42 ? 1 : 0)) }
  const b = { values: [...Array.from({ length: 1000 }, (_, i) => (i < 91 ? 1 : 0)), Number.NaN] }
  const found = verdict({ name: 'errors', better: 'less', quantity: 'share', a, b })
  expect(found).toMatchObject({
    outcome: 'worse',
    a: { calls: 1000, unknown: 0, estimate: { value: 0.042 } },
    b: { calls: 1000, unknown: 1, estimate: { value: 0.091 } },
    test: 'two proportions',
    together: 1,
  })
  expect(verdictWords(found, x => `${(x * 100).toFixed(1)} %`)).toBe(
    'Worse: 9.1 % after 4.2 % (difference +4.9 %, 95 % interval +2.7 % to +7.1 %; two proportions, p < 0.001; 1,000 and 1,000 calls).',
  )
})

test('of few calls the exact tests decide', () => {
  expect(verdict({ name: 'x', quantity: 'share', a: errors(40, 0.02), b: errors(30, 0.02) }).test).toBe('Fisher exact')
  expect(verdict({ name: 'x', quantity: 'mean', a: cost(40), b: cost(30) }).test).toBe('permutation')
  expect(verdict({ name: 'x', quantity: 'mean', a: cost(400), b: cost(30) }).test).toBe('bootstrap')
})

test('without a difference there is no evidence, however many metrics are asked', () => {
  const metrics = Array.from({ length: 40 }, (_, k): Metric => {
    const [a, b] = [cost(150), cost(150)]
    return k % 2
      ? { name: `${k}`, quantity: 'mean', a, b }
      : { name: `${k}`, quantity: 'percentile', percentile: 50, a, b }
  })
  const found = verdicts(metrics)
  expect(found.map(({ outcome }) => outcome)).toEqual(metrics.map(() => 'no evidence'))
  // One by one some of them would pass: that is what the correction is for.
  expect(found.some(({ p }) => p! <= 0.05)).toBe(true)
  expect(found.every(({ p, adjustedP, together }) => adjustedP! >= p! && together === 40)).toBe(true)
})

test('what is there is found among many', () => {
  const metrics: Metric[] = Array.from({ length: 20 }, (_, k) => ({
    name: `${k}`,
    quantity: 'mean',
    a: cost(150),
    b: cost(150),
  }))
  const found = verdicts([
    ...metrics,
    { name: 'cost', better: 'less', quantity: 'mean', a: cost(2000), b: cost(2000, 2) },
  ])
  expect(found.at(-1)).toMatchObject({ outcome: 'worse', together: 21 })
  expect(found.at(-1)!.ratio!.interval.low).toBeLessThan(2)
  expect(found.at(-1)!.ratio!.interval.high).toBeGreaterThan(2)
})

test('a percentile needs calls beyond it', () => {
  const p95 = (n: number) => verdict({ name: 'x', quantity: 'percentile', percentile: 95, a: cost(n), b: cost(500) })
  expect(p95(199)).toMatchObject({ outcome: 'not enough data', lack: { code: 'few-calls', least: 200, has: 199 } })
  expect(p95(200).outcome).toBe('no evidence')
  for (const percentile of [0, 100, -5, 300, Number.NaN]) {
    const found = verdict({ name: 'x', quantity: 'percentile', percentile, a: cost(500), b: cost(500) })
    expect(found.lack).toEqual({ code: 'no-such-percentile' })
  }
})

test('calls of few sessions are few, however many', () => {
  const sessions = (count: number): Sample => ({
    values: some(900, normal),
    clusters: Array.from({ length: 900 }, (_, i) => i % count),
  })
  for (const quantity of ['mean', 'share'] as const) {
    const found = verdict({
      name: 'x',
      quantity,
      a: quantity === 'share' ? { ...sessions(9), values: ones(900, 0.5) } : sessions(9),
      b: quantity === 'share' ? { ...sessions(100), values: ones(900, 0.5) } : sessions(100),
    })
    expect(found).toMatchObject({ outcome: 'not enough data', lack: { code: 'few-clusters', least: 10, has: 9 } })
  }
  const found = verdict({ name: 'x', quantity: 'mean', a: from.clustered(30, x => x), b: from.clustered(30, x => x) })
  expect(found.a.clusters).toBe(30)
  expect(verdictWords(found, x => x.toFixed(2))).toMatch(/calls in 30 and 30 clusters\)\.$/)
})

test('where a difference matters from, an interval that reaches there is not enough data', () => {
  const a = cost(100)
  const asked = { name: 'x', better: 'less', quantity: 'mean', a, b: a } as const
  expect(verdict({ ...asked, relevant: 5 }).outcome).toBe('no evidence')
  const unsure = verdict({ ...asked, relevant: 0.05 })
  expect(unsure).toMatchObject({ outcome: 'not enough data', lack: { code: 'too-wide', relevant: 0.05 } })
  expect(verdictWords(unsure, x => x.toFixed(2))).toMatch(/^Not enough data: both no difference and one of 0.05 agree/)
})

test('a share of sums: cached of input tokens', () => {
  const of = some(400, () => 1000 * logNormal())
  const part = (share: number) => ({ values: of.map(x => x * share * (0.9 + 0.2 * ones(1, 0.5)[0]!)), of })
  const found = verdict({ name: 'cached', better: 'more', quantity: 'mean', a: part(0.3), b: part(0.4) })
  expect(found.outcome).toBe('better')
  expect(found.difference!.value).toBeCloseTo(0.1, 1)
  // Nothing is no part of nothing: unknown.
  const empty = { values: new Float64Array(50), of: new Float64Array(50) }
  expect(verdict({ name: 'cached', quantity: 'mean', a: empty, b: empty })).toMatchObject({
    outcome: 'not enough data',
    a: { calls: 0, unknown: 50 },
  })
})

test('the same inputs show what different ones do not', () => {
  const difficulty = some(60, () => 5 * normal())
  const a = difficulty.map(x => x + normal())
  const b = difficulty.map(x => x + 0.8 + normal())
  for (const quantity of ['paired mean', 'paired median'] as const) {
    const found = verdict({ name: 'score', better: 'more', quantity, pairs: { a, b } })
    expect(found.outcome).toBe('better')
    expect(found.effect!).toBeGreaterThan(0)
  }
  expect(verdict({ name: 'score', better: 'more', quantity: 'mean', a: { values: a }, b: { values: b } }).outcome).toBe(
    'no evidence',
  )
  const passed = (from: Float64Array) => from.map(x => (x > 0 ? 1 : 0))
  const shares = verdict({ name: 'pass', quantity: 'paired share', pairs: { a: passed(a), b: passed(b) } })
  expect(shares.test).toBe('McNemar exact')
  const clusters = Array.from(a, (_, i) => i >> 1)
  for (const quantity of ['paired share', 'paired mean', 'paired median'] as const) {
    const found = verdict({ name: 'x', quantity, pairs: { a: passed(a), b: passed(b), clusters } })
    expect(found).toMatchObject({
      a: { calls: 60, clusters: 30 },
      outcome: expect.stringMatching(/no evidence|changed/),
    })
  }
})

const hostile: Record<string, number[]> = {
  'no calls': [],
  'one call': [1],
  'two calls': [0, 1],
  'nothing known': Array.from({ length: 50 }, () => Number.NaN),
  infinite: Array.from({ length: 50 }, (_, i) => (i % 2 ? Infinity : -Infinity)),
  'all nothing': Array.from({ length: 50 }, () => 0),
  'all one': Array.from({ length: 50 }, () => 1),
  'all equal': Array.from({ length: 50 }, () => 0.1),
  huge: Array.from({ length: 50 }, (_, i) => (i % 2 ? 1e308 : -1e308)),
  'huge once': Array.from({ length: 1100 }, (_, i) => (i ? 1 : 1.7e308)),
  tiny: Array.from({ length: 50 }, (_, i) => i * 5e-324),
  'negative zeros': Array.from({ length: 50 }, () => -0),
  plain: Array.from({ length: 50 }, (_, i) => i % 7),
  many: Array.from({ length: 1100 }, (_, i) => i % 5),
}
const names = Object.keys(hostile)
const beside = [...names.slice(0, 3), 'all one', 'huge', 'plain']

test.each(names)('%s: never throws, never says NaN', name => {
  for (const other of new Set([name, ...beside])) {
    const [a, b] = [hostile[name]!, hostile[other]!]
    const clusterings = [undefined, a.map((_, i) => i % 20), a.map(() => 1), a.map(() => Number.NaN), [1]]
    for (const clusters of other === 'plain' ? clusterings : clusterings.slice(0, 1)) {
      const [left, right] = [{ values: a, ...(clusters && { clusters }) }, { values: b }]
      const pairs = { a, b, ...(clusters && { clusters }) }
      const metrics: Metric[] = [
        { name, quantity: 'share', a: left, b: right },
        { name, quantity: 'mean', a: left, b: right, better: 'more', relevant: 0.1 },
        { name, quantity: 'mean', a: { ...left, of: a }, b: { ...right, of: b } },
        { name, quantity: 'percentile', percentile: 50, a: left, b: right },
        { name, quantity: 'paired share', pairs },
        { name, quantity: 'paired mean', pairs },
        { name, quantity: 'paired median', pairs },
      ]
      for (const found of verdicts(metrics)) {
        expect(badNumbers(found, found.name)).toEqual([])
        expect(found.outcome === 'not enough data').toBe(found.lack !== undefined)
        expect(verdictWords(found, x => x.toPrecision(3))).not.toMatch(/NaN|undefined|Infinity/)
        expect(found.lack !== undefined || Math.min(found.a.calls, found.b.calls) >= 10).toBe(true)
      }
    }
  }
})

/** Where in a verdict there are numbers that are none. */
function badNumbers(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => badNumbers(part, `${path}.${key}`))
}

test('values without spread: the same is no evidence, different is different', () => {
  const all = (value: number) => ({ values: hostile['all equal']!.map(() => value) })
  const asked = { name: 'x', better: 'less', quantity: 'mean' } as const
  expect(verdict({ ...asked, a: all(0.1), b: all(0.1) }).outcome).toBe('no evidence')
  expect(verdict({ ...asked, a: all(0.1), b: all(0.3) }).outcome).toBe('worse')
  expect(verdict({ name: 'x', better: 'less', quantity: 'share', a: all(0), b: all(1) }).outcome).toBe('worse')
  expect(verdict({ name: 'x', better: 'less', quantity: 'share', a: all(0), b: all(0) }).outcome).toBe('no evidence')
})
