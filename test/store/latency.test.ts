// Where time goes, against a naive reading of the records that the store was made of.

import { describe, expect, test } from 'vitest'
import { costTable } from '../../electron/rpc/costs.ts'
import { latencyFailures, latencyOperations, latencySlowest } from '../../electron/rpc/latency.ts'
import type { Store } from '../../electron/store/open.ts'
import { readElsewhere, type Elsewhere, type Need } from '../../electron/store/table/elsewhere.ts'
import type { Input } from '../../shared/contract/index.ts'
import { operationMeasureNames } from '../../shared/query/latency-measures.ts'
import { seededRandom, type Random } from '../helpers/random.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

const never = new AbortController().signal
const second = 1_000_000_000n
const question = (query: string) => ({ query, now: 0, zone: 'UTC' })
const first = 1_767_225_600n * second

/** Traces of an agent, tools one after the other and calls that may overlap them. */
function randomTraces(random: Random, count: number): Said[] {
  return Array.from({ length: count }, (_, t): Said[] => {
    const start = first + BigInt(t) * 100n * second
    const child = (id: string, over: Partial<Said>): Said => ({
      trace: `t${t}`,
      id: `${t}-${id}`,
      parent: `${t}-root`,
      start: start + BigInt(random.below(8)) * second,
      ...(random.below(8) === 0 ? {} : { duration: BigInt(1 + random.below(4)) * second }),
      status: random.below(3) === 0 ? 'error' : 'ok',
      ...over,
    })
    return [
      { trace: `t${t}`, id: `${t}-root`, name: 'agent', kind: 'agent', start, duration: 10n * second },
      child('a', { name: random.pick(['look up', 'fetch']), kind: 'tool' }),
      child('b', { name: 'chat', kind: 'generation', call: { model: random.pick(['small', 'large']), input: 5 } }),
      child('c', { name: 'chat', kind: 'generation', call: { model: random.pick(['small', 'large']), input: 5 } }),
    ]
  }).flat()
}

const nearestRank = (numbers: readonly number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.max(0, Math.ceil((numbers.length * share) / 100) - 1)] ?? Number.NaN

const lengthsOf = (spans: readonly Said[]) =>
  spans.flatMap(({ duration }) => (duration === undefined ? [] : [Number(duration / 1000n)]))

/** Second by second: those of a span in which no child runs. All times of these records are whole seconds. */
function selfOf(span: Said, all: readonly Said[]): number {
  const seconds = (one: Said) =>
    Array.from({ length: Number((one.duration ?? 0n) / second) }, (_, n) => Number((one.start ?? 0n) / second) + n)
  const below = new Set(all.filter(one => one.parent === span.id).flatMap(seconds))
  return seconds(span).filter(one => !below.has(one)).length * 1e6
}

const asking = (store: Store, elsewhere: Elsewhere = readElsewhere(store, () => undefined)) => ({ store, elsewhere })

async function operations(store: Store, more: Partial<Input<'latency.operations'>> = {}) {
  const input = { by: ['name', 'model'], sort: { by: 'count' as const, descending: true }, limit: 100, ...more }
  const answer = await latencyOperations(asking(store), input, never)
  const rows = answer.keys.map((key, r) => [
    key,
    ...operationMeasureNames.map((_, m) => answer.values[m * answer.keys.length + r]!),
  ])
  return { answer, rows }
}

describe('operations', () => {
  test('every number is what the records say, whole and under a query', async () => {
    for (const [seed, query] of ['', 'kind:generation', 'is:error', 'trace:(name:fetch)'].entries()) {
      const spans = randomTraces(seededRandom(seed), 60)
      using store = memoryStore()
      importFile(store, spans)
      const matching = spans.filter(span => {
        if (query === 'kind:generation') return span.kind === 'generation'
        if (query === 'is:error') return span.status === 'error'
        return query === '' || spans.some(one => one.trace === span.trace && one.name === 'fetch')
      })
      const { rows, answer } = await operations(store, query === '' ? {} : { where: question(query) })
      const touched = new Set(matching.map(({ trace }) => trace))
      const sum = (some: readonly Said[]) => some.reduce((all, span) => all + selfOf(span, spans), 0)
      const whole = sum(spans.filter(({ trace }) => touched.has(trace)))
      const numbersOf = (own: readonly Said[]) => [
        own.length,
        own.filter(({ status }) => status === 'error').length,
        own.length - lengthsOf(own).length,
        ...[50, 95, 99].map(share => nearestRank(lengthsOf(own), share)),
        sum(own.filter(({ duration }) => duration !== undefined)),
        sum(own) / whole,
      ]
      const groups = Map.groupBy(matching, ({ name, call }) => JSON.stringify([name, call?.model ?? null]))
      const wanted = [...groups].map(([key, own]) => [JSON.parse(key), ...numbersOf(own)])
      const byKey = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
      expect(rows.toSorted(byKey)).toEqual(wanted.toSorted(byKey))
      expect(Array.from(answer.total)).toEqual(numbersOf(matching))
      expect(rows.map(row => row[1])).toEqual(rows.map(row => Number(row[1])).toSorted((a, b) => b - a))
    }
  })

  test('cut, sorted by share, and refused by what only records hold', async () => {
    using store = memoryStore()
    importFile(store, randomTraces(seededRandom(9), 20))
    const { answer, rows } = await operations(store, {
      by: ['kind'],
      sort: { by: 'share', descending: true },
      limit: 1,
    })
    expect([rows.map(row => row[0]), answer.rows]).toEqual([[['agent']], 3])
    expect((await operations(store, { where: question('name:nobody') })).rows).toEqual([])
    await expect(async () => operations(store, { by: ['@x'] })).rejects.toMatchObject({ code: 'latency/no-dimension' })
    await expect(async () => operations(store, { by: ['nonsense'] })).rejects.toThrow('There is no column nonsense.')
  })
})

test('of what ends before it starts nobody knows how long it took', async () => {
  const call = (id: string, length: bigint | undefined, more: Partial<Said> = {}): Said => ({
    trace: 't',
    id,
    name: 'chat',
    kind: 'generation',
    start: first,
    call: { model: 'm' },
    ...(length === undefined ? {} : { duration: length }),
    ...more,
  })
  using store = memoryStore()
  importFile(store, [
    call('a', 0n),
    call('b', second),
    call('c', undefined),
    call('back', -500n, { marks: ['negative-duration'] }),
    call('far back', -3n * second, { marks: ['negative-duration'] }),
  ])
  const { rows } = await operations(store, { by: ['name'] })
  expect(rows).toEqual([[['chat'], 5, 0, 3, 0, 1e6, 1e6, 1e6, 1]])
  const table = (where: Input<'costs.table'>['where']) =>
    costTable(
      asking(store),
      {
        ...(where ? { where } : {}),
        by: [],
        zone: 'UTC',
        measures: ['calls', 'latency.p50'],
        sort: { by: 'calls', descending: true },
        limit: 1,
      },
      never,
    )
  const whole = await table(undefined)
  expect([Array.from(whole.total), whole.untimed]).toEqual([[5, 0], { calls: 3, backwards: 2 }])
  // The note names these clauses: they find just the calls that it counts.
  const counted = async (query: string) => (await table(question(query))).total[0]
  expect(await counted('-has:duration')).toBe(3)
  expect(await counted('is:negative-duration')).toBe(2)
  expect(await counted('duration:<=0')).toBe(1)
  expect((await table(question('has:duration'))).untimed).toBeUndefined()
})

test('failures stand with their causes; what was tried again and what ran out of time is counted', async () => {
  const call = (id: string, at: bigint, over: Partial<Said> = {}): Said => ({
    trace: 'a',
    id,
    parent: 'root',
    name: 'chat',
    kind: 'generation',
    status: 'error',
    start: first + at * second,
    duration: second,
    call: { model: 'small' },
    ...over,
  })
  const records: Said[] = [
    { trace: 'a', id: 'root', name: 'agent', kind: 'agent', start: first, duration: 30n * second },
    call('one', 1n),
    call('two', 3n),
    call('three', 5n, { status: 'ok' }),
    call('four', 9n, { name: 'fetch', kind: 'tool', call: {} }),
  ]
  using store = memoryStore()
  importFile(store, records)
  const base = readElsewhere(store, () => undefined)
  const causes = [
    ['RateLimitError', '429'],
    ['RateLimitError', '429'],
    ['Error', 'Request timed out\nafter 30 s'],
  ]
  const elsewhere = ((need: Need) =>
    need.type === 'values' ? need.groups.map((_, n) => causes.toReversed()[n]!) : base(need)) as Elsewhere
  const answer = await latencyFailures(asking(store, elsewhere), { limit: 10 }, never)
  expect(answer).toMatchObject({
    failed: 3,
    retried: 2,
    read: 3,
    rows: 2,
    keys: [
      ['chat', 'generation', 'small', 'RateLimitError'],
      ['fetch', 'tool', null, 'Request timed out after 30 s'],
    ],
    failures: Float64Array.of(2, 1),
    retries: Float64Array.of(2, 0),
    timeouts: Float64Array.of(0, 1),
    lost: Float64Array.of(2e6, 1e6),
  })
  const unread = await latencyFailures(asking(store), { limit: 1, where: question('kind:tool') }, never)
  expect(unread.keys).toEqual([['fetch', 'tool', null, null]])
})

test('the slowest calls, as times the median of their peers; few peers are no measure', async () => {
  const calls = Array.from({ length: 9 }, (_, n): Said => ({
    trace: `t${n}`,
    id: `c${n}`,
    name: 'chat',
    kind: 'generation',
    start: first,
    ...(n === 7 ? {} : { duration: BigInt([2, 2, 2, 2, 9, 4, 50, 0, 2][n]!) * second }),
    call: { model: n === 6 ? 'rare' : 'usual' },
  }))
  using store = memoryStore()
  importFile(store, calls)
  const answer = await latencySlowest(asking(store), { limit: 10 }, never)
  expect(answer).toMatchObject({
    lonely: 2,
    traces: ['t4', 't5'],
    keys: [
      ['usual', null],
      ['usual', null],
    ],
    lengths: Float64Array.of(9e6, 4e6),
    medians: Float64Array.of(2e6, 2e6),
    peers: Float64Array.of(7, 7),
  })
  const one = await latencySlowest(asking(store), { limit: 1, where: question('duration:<5s') }, never)
  expect([one.traces, one.medians]).toEqual([['t5'], Float64Array.of(2e6)])
})
