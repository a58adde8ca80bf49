import { describe, expect, test } from 'vitest'
import type { ListKind, ListValue } from '../../shared/contract/lists.ts'
import { askList, type Asked } from '../../electron/store/lists/asking.ts'
import { facetsOf } from '../../electron/store/lists/facets.ts'
import { firstRows } from '../../electron/store/lists/first-rows.ts'
import { groupsOf } from '../../electron/store/lists/groups.ts'
import { histogramOf } from '../../electron/store/lists/histogram.ts'
import { neighboursOf } from '../../electron/store/lists/neighbours.ts'
import { readRows } from '../../electron/store/lists/rows.ts'
import { totalsOf } from '../../electron/store/lists/totals.ts'
import type { Store } from '../../electron/store/open.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

const day = 1_767_225_600_000_000_000n
const second = 1_000_000_000n

/** Two conversations and a trace that belongs to none; the second trace of the first is undated. */
const records: Said[] = [
  {
    trace: 'a',
    id: 'a1',
    name: 'answer',
    kind: 'agent',
    start: day,
    duration: 10n * second,
    session: 's1',
    user: 'ada',
  },
  {
    trace: 'a',
    id: 'a2',
    parent: 'a1',
    name: 'chat',
    kind: 'generation',
    start: day + second,
    duration: 2n * second,
    user: 'ada',
    call: { model: 'small', input: 100, output: 10, cost: 5000 },
    scores: [{ name: 'good', value: 1 }],
  },
  {
    trace: 'a',
    id: 'a3',
    parent: 'a1',
    name: 'chat',
    kind: 'generation',
    start: day + 4n * second,
    duration: 3n * second,
    call: { model: 'large', input: 200, output: 20 },
  },
  { trace: 'b', id: 'b1', name: 'answer', kind: 'agent', session: 's1', user: 'bob' },
  { trace: 'b', id: 'b2', parent: 'b1', name: 'search', kind: 'tool', status: 'error' },
  { trace: 'c', id: 'c1', name: 'answer', kind: 'agent', start: day + 3600n * second, duration: second, session: 's2' },
  {
    trace: 'c',
    id: 'c2',
    parent: 'c1',
    name: 'chat',
    kind: 'generation',
    start: day + 3600n * second,
    call: { model: 'small', input: 7 },
  },
  { trace: 'd', id: 'd1', name: 'cron', kind: 'chain', start: day + 7200n * second, duration: 5n * second },
]

function filled(): Store & Disposable {
  const store = memoryStore()
  importFile(store, records)
  return store
}

function ask<T>(store: Store, list: ListKind, query: string, answer: (asked: Asked) => T): T {
  const condition = readQuestion({ query, now: Number(day / 1_000_000n) + 36_000_000, zone: 'UTC' })
  return askList({ store, elsewhere: readElsewhere(store, () => undefined) }, list, condition, answer)
}

const window = { sort: { column: 'started', descending: true }, offset: 0, limit: 100 }

/** Rows as objects: what a person would read. */
function rows(store: Store, list: ListKind, query: string, columns: string[], over: object = {}) {
  const answer = ask(store, list, query, asked => readRows(asked, { ...window, columns, ...over }))
  const n = answer.id.length
  return Array.from({ length: n }, (_, i) =>
    Object.fromEntries(
      answer.columns.flatMap(({ column, type }, c) => {
        const cell = answer.cells[c * n + i]!
        if (Number.isNaN(cell)) return []
        return [[column, type === 'text' || type === 'any' ? answer.values[cell] : cell]]
      }),
    ),
  )
}

const named = (store: Store, list: ListKind, query: string, over: object = {}) =>
  rows(store, list, query, [list === 'traces' ? 'trace' : 'name'], over)
    .map(row => row['trace'] ?? row['name'])
    .join(' ')

describe('rows', () => {
  test('every list shows what holds a matching span', () => {
    using store = filled()
    expect(named(store, 'traces', '')).toBe('d c a b')
    expect(named(store, 'traces', 'kind:tool')).toBe('b')
    expect(named(store, 'spans', 'kind:agent')).toBe('answer answer answer')
    expect(named(store, 'calls', '')).toBe('chat chat chat')
    expect(named(store, 'calls', 'model:large')).toBe('chat')
    expect(named(store, 'sessions', '')).toBe('s2 s1')
    expect(named(store, 'sessions', 'is:error')).toBe('s1')
  })

  test('columns are fields, in the units of the contract; what a row lacks it lacks', () => {
    using store = filled()
    const columns = [
      'trace',
      'name',
      'started',
      'duration',
      'tokens',
      'cost',
      'uncosted',
      'model',
      'user',
      'calls',
      'errors',
    ]
    expect(rows(store, 'traces', 'model:small started:<2026-01-01T00:30', columns)).toEqual([
      {
        trace: 'a',
        name: 'answer',
        started: Number(day / 1000n),
        duration: 10_000_000,
        tokens: 330,
        cost: 5000,
        uncosted: 1,
        model: ['small', 'large'],
        user: 'ada',
        calls: 2,
        errors: 0,
      },
    ])
    expect(rows(store, 'calls', 'model:small', ['model', 'tokens', 'score.good', 'duration', 'cost'])).toEqual([
      { model: 'small', tokens: 7 },
      { model: 'small', tokens: 110, 'score.good': 1, duration: 2_000_000, cost: 5000 },
    ])
    expect(rows(store, 'sessions', '', ['session', 'traces', 'spans', 'user', 'started', 'duration'])).toEqual([
      { session: 's2', traces: 1, spans: 2, started: Number((day + 3600n * second) / 1000n), duration: 1_000_000 },
      {
        session: 's1',
        traces: 2,
        spans: 5,
        user: ['ada', 'bob'],
        started: Number(day / 1000n),
        duration: 10_000_000,
      },
    ])
  })

  test('sorted by anything, unknown last either way, in windows that never overlap', () => {
    using store = filled()
    for (const column of [
      'started',
      'duration',
      'name',
      'cost',
      'tokens',
      'model',
      'errors',
      'self',
      'children',
      'score.good',
    ]) {
      for (const descending of [false, true]) {
        const seen = [0, 3, 6].flatMap(offset =>
          rows(store, 'spans', '', ['span', column], { sort: { column, descending }, offset, limit: 3 }),
        )
        expect(seen).toHaveLength(8)
        const values = seen.map(row => row[column]).filter(value => value !== undefined) as ListValue[]
        expect(seen.slice(0, values.length).every(row => row[column] !== undefined)).toBe(true)
        const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        expect(values).toEqual(descending ? sorted.toReversed() : sorted)
      }
    }
  })

  test('a group is the rows whose matching spans have its value', () => {
    using store = filled()
    expect(named(store, 'traces', '', { group: { by: 'model', value: 'small' } })).toBe('c a')
    expect(named(store, 'traces', 'model:large', { group: { by: 'model', value: 'small' } })).toBe('')
    expect(named(store, 'traces', '', { group: { by: 'model', value: null } })).toBe('d b')
  })

  test('the first page of an unread store is that of its columns', () => {
    using store = filled()
    const whole = ['trace', 'name', 'started', 'duration', 'tokens', 'cost', 'user', 'spans', 'calls', 'errors']
    for (const [columns, descending] of [
      [whole, true],
      [[...whole, 'model', 'kind', 'children'], true],
      [[...whole, 'model', 'kind', 'children'], false],
    ] as const) {
      const asked = { list: 'traces', columns, sort: { column: 'started', descending }, offset: 1, limit: 2 } as const
      const first = firstRows(
        store,
        asked,
        readElsewhere(store, () => undefined),
      )
      const all = ask(store, 'traces', '', one => readRows(one, asked))
      expect({ ...first, cells: [...first!.cells] }).toEqual({ ...all, cells: [...all.cells] })
    }
  })

  test('a column that does not exist is refused by name', () => {
    using store = filled()
    expect(() => rows(store, 'spans', '', ['nonsense'])).toThrow('There is no column nonsense.')
    expect(() => rows(store, 'spans', '', ['is'])).toThrow('There is no column is.')
    expect(() =>
      ask(store, 'spans', '', asked =>
        groupsOf(asked, { by: '@x', sort: 'count', descending: true, offset: 0, limit: 1 }),
      ),
    ).toThrow('only the kept records hold it')
  })
})

test('totals count each thing once, and say what they do not know', () => {
  using store = filled()
  const totals = (list: ListKind, query: string) => ask(store, list, query, asked => totalsOf(asked, undefined))
  expect(totals('traces', 'model:small')).toEqual({
    total: 2,
    exact: true,
    outside: 0,
    sums: {
      traces: 2,
      spans: 5,
      calls: 3,
      errors: 0,
      input: 307,
      output: 30,
      cost: 5000,
      recorded: 5000,
      uncosted: 2,
      from: Number(day / 1000n),
      to: Number((day + 3601n * second) / 1000n),
    },
  })
  expect(totals('spans', 'kind:tool')).toEqual({
    total: 1,
    exact: true,
    outside: 0,
    sums: { traces: 1, spans: 1, calls: 0, errors: 1, uncosted: 0 },
  })
  expect(totals('sessions', '')).toMatchObject({ total: 2, outside: 1, sums: { traces: 3, spans: 7 } })
})

test('groups have counts and what their rows come to; rows without come as null', () => {
  using store = filled()
  const groups = (list: ListKind, query: string, by: string, sort: 'count' | 'value' = 'count') => {
    const answer = ask(store, list, query, asked =>
      groupsOf(asked, { by, sort, descending: sort === 'count', offset: 0, limit: 10 }),
    )
    return answer.values.map((value, i) => [value, answer.count[i], answer.tokens[i]])
  }
  expect(groups('spans', '', 'model')).toEqual([
    [null, 5, Number.NaN],
    ['small', 2, 117],
    ['large', 1, 220],
  ])
  // A trace with two models stands in two groups.
  expect(groups('traces', '', 'model', 'value')).toEqual([
    ['large', 1, 330],
    ['small', 2, 337],
    [null, 2, Number.NaN],
  ])
  expect(groups('spans', '', 'depth', 'value')).toEqual([
    [0, 4, Number.NaN],
    [1, 4, 337],
  ])
})

test('facets count rows by value, and those without', () => {
  using store = filled()
  const facets = (list: ListKind, query: string, fields: string[], limit = 10) =>
    ask(store, list, query, asked => facetsOf(asked, { fields, limit }))
  expect(facets('traces', '', ['kind', 'model', 'user'])).toEqual({
    total: 4,
    exact: true,
    facets: [
      {
        field: 'kind',
        type: 'text',
        values: [
          { value: 'agent', count: 3 },
          { value: 'generation', count: 2 },
          { value: 'chain', count: 1 },
          { value: 'tool', count: 1 },
        ],
        more: 0,
        without: 0,
      },
      {
        field: 'model',
        type: 'text',
        values: [
          { value: 'small', count: 2 },
          { value: 'large', count: 1 },
        ],
        more: 0,
        without: 2,
      },
      {
        field: 'user',
        type: 'text',
        values: [
          { value: 'ada', count: 1 },
          { value: 'bob', count: 1 },
        ],
        more: 0,
        without: 2,
      },
    ],
  })
  expect(facets('spans', 'kind:generation', ['model'], 1).facets).toEqual([
    { field: 'model', type: 'text', values: [{ value: 'small', count: 2 }], more: 1, without: 0 },
  ])
  expect(facets('sessions', '', ['kind'], 1).facets).toMatchObject([
    { values: [{ value: 'generation', count: 2 }], more: 2 },
  ])
})

describe('the histogram', () => {
  const histogram = (store: Store, list: ListKind, query: string, over: object = {}) =>
    ask(store, list, query, asked => histogramOf(asked, { most: 10, top: 1, zone: 'UTC', ...over }))

  test('has every dated row in a bucket of a round length, and counts the others', () => {
    using store = filled()
    const { start, width, buckets, undated, outside, counts, series } = histogram(store, 'traces', '')
    expect({ start, width, buckets, undated, outside }).toEqual({
      start: Number(day / 1000n),
      width: 900_000_000,
      buckets: 9,
      undated: 1,
      outside: 0,
    })
    expect(series).toEqual([{ type: 'all' }])
    expect([...counts]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1])
  })

  test('a clock that was not set squeezes nothing: such rows are counted aside, and drawn where there are no others', () => {
    using store = filled()
    const of1970 = (id: string): Said => ({ trace: id, id: `${id}1`, name: 'old', kind: 'agent', start: second })
    importFile(store, [of1970('old')])
    expect(histogram(store, 'traces', '')).toMatchObject({ width: 900_000_000, buckets: 9, undated: 1, outside: 1 })
    importFile(store, [of1970('older')])
    expect(histogram(store, 'traces', 'name:old')).toMatchObject({ start: 1_000_000, buckets: 1, outside: 0 })
    expect(histogram(store, 'traces', 'started:<2000-01-01').counts.reduce((a, b) => a + b, 0)).toBe(2)
  })

  test('is split by the most frequent values, the others, and rows without', () => {
    using store = filled()
    const { counts, series, buckets } = histogram(store, 'spans', '', { by: 'model' })
    expect(series).toEqual([{ type: 'value', value: 'small' }, { type: 'other' }, { type: 'without' }])
    const sums = series.map((_, k) => counts.subarray(k * buckets, (k + 1) * buckets).reduce((a, b) => a + b, 0))
    expect(sums).toEqual([2, 1, 3])
  })

  test('shows the stretch that is asked for', () => {
    using store = filled()
    const from = Number((day + 3600n * second) / 1000n)
    const { outside, undated, counts } = histogram(store, 'spans', '', { from, to: from + 1_000_000 })
    expect([outside, undated, counts.reduce((a, b) => a + b, 0)]).toEqual([4, 2, 2])
  })

  test('of nothing dated has no buckets', () => {
    using store = filled()
    expect(histogram(store, 'spans', 'kind:tool')).toMatchObject({ buckets: 0, undated: 1 })
  })
})

test('what is imported later is there at the next question', () => {
  using store = filled()
  expect(named(store, 'traces', '')).toBe('d c a b')
  importFile(store, [{ trace: 'e', id: 'e1', name: 'late', start: day + 9000n * second }], { path: '/dumps/b.jsonl' })
  expect(named(store, 'traces', '')).toBe('e d c a b')
})

test('the neighbours of a trace are the rows of other traces, in the order of the list', () => {
  using store = filled()
  const rowOf = (key: string) =>
    store.db.prepare<[string], number>('SELECT id FROM trace WHERE key = ?').pluck().get(key)!
  const spanOf = (name: string, trace: string) =>
    ask(store, 'spans', `name:${name} trace:${trace}`, asked =>
      readRows(asked, { columns: [], sort: { column: 'started', descending: false }, offset: 0, limit: 9 }),
    ).id[0]!
  const near = (list: 'traces' | 'spans' | 'calls', query: string, column: string, trace: string, span?: number) => {
    const { place, total, before, after } = ask(store, list, query, asked =>
      neighboursOf(asked, {
        list,
        sort: { column, descending: true },
        trace: rowOf(trace),
        ...(span === undefined ? {} : { span }),
      }),
    )
    return [`${place} of ${total}`, before?.traceId, after?.traceId]
  }
  // Newest first, the undated one last.
  expect(near('traces', '', 'started', 'd')).toEqual(['0 of 4', undefined, 'c'])
  expect(near('traces', '', 'started', 'c')).toEqual(['1 of 4', 'd', 'a'])
  expect(near('traces', '', 'started', 'b')).toEqual(['3 of 4', 'a', undefined])
  expect(near('traces', 'kind:generation', 'started', 'a')).toEqual(['1 of 2', 'c', undefined])
  expect(near('traces', 'kind:tool', 'started', 'a')).toEqual(['null of 1', undefined, undefined])
  // Rows of spans: c2 (3600 s), a3 (4 s), a2 (1 s).
  expect(near('spans', 'name:chat', 'started', 'a', spanOf('chat', 'a'))).toEqual(['2 of 3', 'c', undefined])
  expect(near('spans', 'name:chat', 'started', 'c')).toEqual(['0 of 3', undefined, 'a'])
  expect(near('spans', 'name:chat', 'started', 'c', 999_999)).toEqual(['0 of 3', undefined, 'a'])
})
