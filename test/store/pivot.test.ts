import { describe, expect, test } from 'vitest'
import { costTable } from '../../electron/rpc/costs.ts'
import { readElsewhere, type Elsewhere } from '../../electron/store/table/elsewhere.ts'
import type { Span } from '../../shared/domain/span.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { readableNumber, writtenKey } from '../../shared/query/written-value.ts'
import { callsOf } from '../../renderer/views/costs/model/clauses.ts'
import { ask, day, filled, generation, question, records, second, told } from './cost-calls.ts'
import { importFile, memoryStore } from './stores.ts'

describe('a table of calls', () => {
  test('rows and their total; what is no call stands aside; unknown is no zero', async () => {
    using store = filled()
    const { answer, rows, total } = await ask(
      store,
      ['model'],
      ['calls', 'input', 'output', 'cost', 'unpriced', 'traces'],
    )
    expect(rows).toEqual([
      ['large', 2, 400, 20, 970, 0, 1],
      ['small', 2, 107, 10, 5000, 1, 2],
    ])
    expect(total).toEqual([4, 507, 30, 5970, 1, 2])
    expect(answer).toMatchObject({
      exact: true,
      rows: 2,
      recorded: ['0.00000097', '0.000005'],
      totalRecorded: '0.00000597',
      aside: { count: 1, input: 50, cost: 1 },
      overlaps: [],
    })
  })

  test('sums past what a double counts are exact, in rows, under a query and in all', async () => {
    using store = memoryStore()
    const cost = Number.MAX_SAFE_INTEGER
    const records = ['a', 'b', 'c', 'd'].map((id, i) =>
      generation({
        trace: id,
        id: `${id}1`,
        call: { model: i < 3 ? 'dear' : 'cheap', cost: i < 3 ? cost : 1 },
      }),
    )
    importFile(store, records)
    const all = await ask(store, ['model'], ['calls'], { sort: { by: 'calls', descending: true } })
    expect(all.answer.recorded).toEqual(['27021597.764222973', '0.000000001'])
    expect(all.answer.totalRecorded).toBe('27021597.764222974')
    const some = await ask(store, ['model'], ['calls'], { where: question('model:dear') })
    expect(some.answer.totalRecorded).toBe('27021597.764222973')
  })

  test('under any filter, of few calls or of nearly all, rows are what these calls say', async () => {
    using store = memoryStore()
    const said = Array.from({ length: 60 }, (_, i) => ({
      model: `m${i % 3}`,
      input: i,
      output: i % 4 === 0 ? undefined : i * 7,
      length: BigInt((i * 37) % 61),
      failed: i % 5 === 0,
    }))
    const records = said.map(({ model, input, output, length, failed }, i) =>
      generation({
        trace: `t${i % 7}`,
        id: `s${i}`,
        duration: length * second,
        ...(failed ? { status: 'error' as const } : {}),
        call: { model, input, ...(output === undefined ? {} : { output }) },
      }),
    )
    importFile(store, records)
    const sum = (numbers: readonly (number | undefined)[]) => {
      const known = numbers.filter(number => number !== undefined)
      return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
    }
    const lineOf = (calls: typeof said) => [
      calls.length,
      sum(calls.map(one => one.input)),
      sum(calls.map(one => one.output)),
      calls.filter(one => one.failed).length,
      Number(calls.map(one => one.length).toSorted((a, b) => Number(a - b))[Math.ceil(calls.length / 2) - 1]) * 1e6,
    ]
    for (const most of [0, 3, 29, 30, 31, 55, 58, 59]) {
      const where = question(`tokens.input:<=${most}`)
      const measures = ['calls', 'input', 'output', 'errors', 'latency.p50'] as const
      const { rows, total } = await ask(store, ['model'], measures, { where })
      const those = said.filter(one => one.input <= most)
      const models = [...new Set(those.map(one => one.model))]
      expect(rows).toEqual(models.map(model => [model, ...lineOf(those.filter(one => one.model === model))]))
      expect(total).toEqual(lineOf(those))
    }
  })

  test('calls without a cost are counted by the reason, those whose cost or tokens are not used by their mark', async () => {
    using store = memoryStore()
    const call = { model: 'gpt-4o', input: 10, output: 1 }
    importFile(store, [
      generation({ trace: 'a', id: 'a1', call }),
      generation({ trace: 'b', id: 'b1', marks: ['other-currency'], call }),
      generation({ trace: 'c', id: 'c1', marks: ['doubtful-usage', 'doubtful-cost'], call }),
      generation({ trace: 'd', id: 'd1', marks: ['doubtful-usage'], call: { ...call, cost: 5 } }),
      generation({ trace: 'e', id: 'e1', call: { ...call, model: 'unheard-of' } }),
    ])
    const { answer } = await ask(store, ['model'], ['calls', 'unpriced'])
    expect(answer.unpriced).toEqual([
      { why: 'no-price', calls: 1 },
      { why: 'inconsistent', calls: 1 },
    ])
    expect(answer.doubts).toEqual([
      { mark: 'doubtful-usage', calls: 2 },
      { mark: 'doubtful-cost', calls: 1 },
      { mark: 'other-currency', calls: 1 },
    ])
    const some = await ask(store, [], ['calls'], { where: question('is:doubtful-cost') })
    expect([some.answer.unpriced, some.answer.doubts?.length]).toEqual([[{ why: 'inconsistent', calls: 1 }], 2])
  })

  test('errors, attempts that were tried again, and what these cost', async () => {
    using store = filled()
    const measures = ['errors', 'errorCost', 'retries', 'retryCost'] as const
    expect((await ask(store, ['model'], measures)).rows).toEqual([
      ['large', 1, 70, 1, 70],
      ['small', 0, null, 0, null],
    ])
  })

  test('percentiles are lengths of calls, whole and under a query', async () => {
    using store = filled()
    const measures = ['latency.p50', 'latency.p95', 'latency.p99'] as const
    const { rows, total } = await ask(store, ['model'], measures)
    expect(rows).toEqual([
      ['large', 1e6, 3e6, 3e6],
      ['small', 1e6, 2e6, 2e6],
    ])
    expect(total).toEqual([1e6, 3e6, 3e6])
    const some = await ask(store, ['model'], measures, { where: question('-is:error -model:none') })
    expect(some.rows[0]).toEqual(['large', 3e6, 3e6, 3e6])
    expect(some.total).toEqual([2e6, 3e6, 3e6])
  })

  test('costs of whole traces and sessions are those whose cost is known', async () => {
    using store = filled()
    const measures = ['costPerCall', 'costPerTrace', 'costPerSession', 'sessions'] as const
    const { total } = await ask(store, [], measures)
    expect(total).toEqual([5970 / 3, 5970, 5970, 1])
  })

  test('by several values of a field: rows overlap, the total counts once', async () => {
    using store = filled()
    const { answer, rows, total } = await ask(store, ['tag', 'model'], ['calls'])
    expect(rows).toEqual([
      ['x', 'small', 1],
      ['y', 'small', 1],
      [null, 'large', 2],
      [null, 'small', 1],
    ])
    expect(total).toEqual([4])
    expect(answer.overlaps).toEqual(['tag'])
  })

  test('by the import that brought a call: a second one that finds it here stands beside the first, under a number where its file is called the same', async () => {
    using store = filled()
    const before = await ask(store, ['import'], ['calls'])
    expect(before.rows).toEqual([['a.jsonl', 4]])
    importFile(store, records.slice(0, 2), { path: 'C:\\later\\b.jsonl' })
    importFile(store, records.slice(5), { path: '/elsewhere/a.jsonl' })
    const { rows, total, answer } = await ask(store, ['import'], ['calls'])
    expect(rows).toEqual([
      ['a.jsonl', 4],
      ['a.jsonl #3', 1],
      ['b.jsonl', 1],
    ])
    expect([total, answer.overlaps]).toEqual([[4], ['import']])
    const opened = await ask(store, [], ['calls'], { where: question('import:b.jsonl') })
    expect(opened.total).toEqual([1])
  })

  test('by an attribute, of which patience shows what was read so far, and asking again reads on until all is', async () => {
    using store = memoryStore()
    const calls = Array.from({ length: 300 }, (_, i) =>
      generation({ trace: `t${i % 9}`, id: `s${i}`, call: { model: 'small', cost: 1 } }),
    )
    importFile(store, calls)
    let reads = 0
    const readSpan = (id: number) => {
      reads++
      const attributes = id % 3 === 0 ? {} : { lane: id % 3 === 1 ? 'left' : ['left', 'right'] }
      return new ReadSpan({ attributes } as unknown as Span)
    }
    const read = readElsewhere(store, readSpan)
    const impatient: Elsewhere = need => read(need.type === 'read' ? { ...need, patience: 0 } : need)
    const first = await ask(store, ['@lane'], ['calls'], {}, impatient)
    expect([first.answer.exact, first.answer.searched]).toEqual([false, { done: 64, all: 300 }])
    expect(first.total).toEqual([300])
    let last = first
    for (let n = 0; n < 9 && last.answer.searched; n++) last = await ask(store, ['@lane'], ['calls'], {}, impatient)
    expect([last.answer.exact, last.answer.searched, last.answer.overlaps]).toEqual([true, undefined, ['@lane']])
    expect(last.rows).toEqual([
      ['left', 200],
      ['right', 100],
      [null, 100],
    ])
    expect(reads).toBe(300)
    const whole = await ask(store, ['@lane'], ['calls'], { where: question('cost:>0') }, read)
    expect([whole.rows, reads]).toEqual([last.rows, 300])
  })

  test('words that differ by case are rows of their own and are told apart in a query', async () => {
    using store = memoryStore()
    const named = ['GPT (x)', 'gpt (x)', 'gpt (x)', 'other'].map((model, i) =>
      generation({ trace: 't', id: `s${i}`, call: { model, cost: 1 } }),
    )
    importFile(store, named)
    const { rows, answer } = await ask(store, ['model'], ['calls'])
    expect(rows).toHaveLength(3)
    for (const row of [
      ['GPT (x)', 1],
      ['gpt (x)', 2],
      ['other', 1],
    ])
      expect(rows).toContainEqual(row)
    expect(new Set(answer.alike)).toEqual(new Set(['GPT (x)', 'gpt (x)']))
    const opened = async (value: string) => {
      const { query } = callsOf('', ['model'], undefined, [value], undefined, new Set(answer.alike))
      return (await ask(store, [], ['calls'], { where: question(query) })).total
    }
    expect([await opened('GPT (x)'), await opened('gpt (x)'), await opened('other')]).toEqual([[1], [2], [1]])
  })

  test('a row of a number is named in its unit, and opens the calls it counts', async () => {
    using store = filled()
    const told: unknown[] = []
    for (const field of ['cost', 'cost.recorded', 'duration', 'started', 'tokens', 'root.duration', 'parent.started']) {
      const { answer } = await ask(store, [field], ['calls'])
      for (const [r, key] of answer.keys.entries()) {
        const { query, exact } = callsOf('', [field], undefined, key)
        const opened = (await ask(store, [], ['calls'], { where: question(query) })).total
        expect([query, exact, opened]).toEqual([query, true, [answer.values[r]]])
        const [value] = key
        if (typeof value === 'number' && r === 0) told.push([...writtenKey([field], key), readableNumber(field, value)])
      }
    }
    expect(told).toEqual([
      ['0.00000007', '$0.00000007'],
      ['0.00000007', '$0.00000007'],
      [1000, '1000 ms'],
      ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
      [7, '7'],
      [10_000, '10000 ms'],
      ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ])
    expect(callsOf('', ['offset'], undefined, [-5]).exact).toBe(false)
  })

  test('a row of starts, finer than a double of our days holds, opens the calls it counts', async () => {
    using store = memoryStore()
    const starts = [0n, 61n, 124n, 126n, 300n, 876n, 1000n].map(ns => day + ns)
    importFile(
      store,
      starts.map((start, i) => generation({ trace: 't', id: `${i}`, start, call: { model: 'm' } })),
    )
    const { answer } = await ask(store, ['started'], ['calls'])
    expect(Array.from(answer.values)).toEqual([3, 2, 2])
    for (const [r, key] of answer.keys.entries()) {
      const { query } = callsOf('', ['started'], undefined, key)
      expect((await ask(store, [], ['calls'], { where: question(query) })).total).toEqual([answer.values[r]])
    }
  })

  test('the cell of calls that were tried again opens these', () => {
    expect(callsOf('', ['model'], undefined, ['m'], 'retries').query).toBe('model:m is:retried')
    expect(callsOf('', ['model'], undefined, ['m'], 'cost').query).toBe('model:m')
  })

  test('of a text that was read, a row opens the calls with all of it: no other that holds its words, nor less', async () => {
    expect(callsOf('', ['error'], undefined, ['429 (slow\ndown)']).query).toBe('error:/^429 \\(slow\\ndown\\)$/')
    const cut = `${'x'.repeat(299)}…`
    expect(callsOf('', ['@note'], undefined, [cut]).query).toBe(`@note:/^${'x'.repeat(299)}/`)
  })

  test('a tool costs what the call cost that first read its result', async () => {
    using store = filled()
    expect((await ask(store, ['tool'], ['calls', 'cost'])).rows).toEqual([
      ['look up', 1, 70],
      [null, 3, 5900],
    ])
  })

  test('by what the root and the span above say', async () => {
    using store = filled()
    expect((await ask(store, ['root.name', 'parent.kind'], ['calls'])).rows).toEqual([
      ['ask', 'agent', 1],
      ['refund', 'agent', 3],
    ])
  })

  test('within a row, sorted by a measure, cut with the number of rows there are', async () => {
    using store = filled()
    const { answer, rows } = await ask(store, ['root.name', 'model'], ['calls'], {
      within: ['refund'],
      sort: { by: 'calls', descending: true },
      limit: 1,
    })
    expect([rows, answer.rows]).toEqual([[['refund', 'large', 2]], 2])
  })

  test('rows beyond the first ones are asked for by their place', async () => {
    using store = filled()
    const more = { sort: { by: 'calls', descending: true }, offset: 1, limit: 5 } as const
    const { answer, rows } = await ask(store, ['name', 'model'], ['calls'], more)
    expect([rows, answer.rows]).toEqual([[['chat', 'small', 2]], 2])
    expect((await ask(store, ['model'], ['calls'], { offset: 9 })).rows).toEqual([])
  })

  test('compared with other calls: a row that one side lacks is there', async () => {
    using store = filled()
    const { answer, rows } = await ask(store, ['model'], ['calls', 'cost'], {
      where: question('model:large'),
      compare: question('model:small'),
    })
    expect(rows).toEqual([
      ['large', 2, 970],
      ['small', 0, null],
    ])
    expect(Array.from(answer.before!, told)).toEqual([0, 2, null, 5000])
    expect(Array.from(answer.beforeTotal!, told)).toEqual([2, 5000])
  })

  test('days beside other days are not compared, their totals are; the same days are', async () => {
    using store = filled()
    const [first, second] = ['started:..2026-01-01', 'started:2026-01-02..']
    const ofDays = async (where: string, compare: string, per?: 'day') => {
      const more = { where: question(where), compare: question(compare), ...(per ? { per } : {}) }
      const { answer, rows } = await ask(store, ['model'], ['calls'], more)
      return { rows: rows.length, before: answer.before, total: told(answer.beforeTotal![0]!) }
    }
    const whole = await ofDays(first, second)
    const days = await ofDays(first, second, 'day')
    expect([whole.before?.length, days.before]).toEqual([whole.rows, undefined])
    expect(days.total).toBe(whole.total)
    expect((await ofDays(first, first, 'day')).before?.length).toBe(days.rows)
  })

  test('successes are traces, and what each of them cost', async () => {
    using store = filled()
    const success = question('name:refund')
    const { rows } = await ask(store, ['root.name'], ['outcomes', 'costPerOutcome'], { success })
    expect(rows).toEqual([
      ['ask', 0, null],
      ['refund', 1, 5970],
    ])
  })

  test.each(['compare', 'success'] as const)('what %s asks and is not read yet is said', async name => {
    using store = memoryStore()
    const start = { kind: 'generation', start: day, duration: second } as const
    const many = Array.from({ length: 300 }, (_, i) => ({ ...start, trace: `t${i}`, id: `s${i}`, name: 'chat' }))
    importFile(store, many.map(generation))
    const answers = readElsewhere(store, id => new ReadSpan({ id: `s${id}`, name: 'x', input: 'x' } as unknown as Span))
    const hurried: Elsewhere = need => answers(need.type === 'spans' ? { ...need, patience: 0 } : need)
    const asked = () => ask(store, ['model'], ['outcomes'], { [name]: question('/order [0-9]+/') }, hurried)
    let { answer } = await asked()
    expect(answer).toMatchObject({ exact: false, searched: { done: expect.any(Number), all: expect.any(Number) } })
    while (answer.searched) ({ answer } = await asked())
    expect(answer.exact).toBe(true)
  })

  test('by day, undated last; an unknown zone, field or nothing to sum is said', async () => {
    using store = filled()
    expect((await ask(store, [], ['calls'], { per: 'day' })).rows).toEqual([
      ['2026-01-01', 3],
      ['2026-01-02', 1],
    ])
    expect((await ask(store, [], ['calls'], { per: 'day', zone: 'America/New_York' })).rows).toEqual([
      ['2025-12-31', 3],
      ['2026-01-01', 1],
    ])
    await expect(async () => ask(store, [], ['calls'], { zone: 'Nowhere/Land' })).rejects.toThrow('no such time zone')
    await expect(async () => ask(store, ['nonsense'], ['calls'])).rejects.toThrow('There is no column nonsense.')
    expect((await ask(store, ['model'], ['calls'], { where: question('model:none') })).rows).toEqual([])
  })

  test('nobody who gave up is answered', async () => {
    using store = filled()
    const gone = AbortSignal.abort()
    const input = {
      by: [],
      measures: ['calls' as const],
      zone: 'UTC',
      sort: { by: 'key' as const, descending: false },
      limit: 1,
    }
    const asking = { store, elsewhere: readElsewhere(store, () => undefined) }
    await expect(async () => costTable(asking, input, gone)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
