import { describe, expect, test } from 'vitest'
import { countMatches, findSpans } from '../../electron/store/search/find.ts'
import { knownValues } from '../../electron/store/lists/known-values.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { countWithoutEach } from '../../electron/store/search/without.ts'
import type { Store } from '../../electron/store/open.ts'
import { cpuTime } from '../helpers/cpu-time.ts'
import type { FieldRef } from '../../shared/query/fields.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import type { Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

const start = 1_767_225_600_000_000_000n

function ask(store: Store, query: string) {
  return readQuestion({ query, now: Number(start / 1_000_000n) + 3_600_000, zone: 'UTC' }) ?? undefined
}

/** Names of the spans that match, in order. */
function named(store: Store, query: string): string {
  const { spans } = findSpans(store, ask(store, query), () => undefined, { offset: 0, limit: 1000 })
  const name = store.db
    .prepare<[number], string>('SELECT s FROM name JOIN span ON span.name = name.id WHERE span.id = ?')
    .pluck()
  return spans
    .map(span => name.get(span.id) ?? '')
    .sort()
    .join(' ')
}

const said = (trace: string, id: string, parent: string | undefined, over: Partial<Said> = {}): Said => ({
  trace,
  id,
  ...(parent === undefined ? {} : { parent }),
  name: id,
  kind: 'chain',
  start,
  duration: 1_000_000_000n,
  ...over,
})

/** boss > (worker > (search!, chat), chat2), lone > probe! */
function example(): Store & Disposable {
  const store = memoryStore()
  const call = { model: 'gpt-4o-mini', input: 100, output: 20, cost: 60_000_000 }
  importFile(store, [
    said('a', 'boss', undefined, { kind: 'agent', session: 'S-1', duration: 5_000_000_000n }),
    said('a', 'worker', 'boss', { kind: 'agent', start: start + 1n }),
    said('a', 'search', 'worker', { kind: 'tool', status: 'error' }),
    said('a', 'chat', 'worker', { kind: 'generation', call, start: start + 5n }),
    said('a', 'chat2', 'boss', {
      kind: 'generation',
      call: { model: 'Claude-X', input: 7 },
      start: start + 9n,
      scores: [{ name: 'Help', value: 0.4 }],
    }),
    said('b', 'lone', undefined, { start: start + 86_400_000_000_000n, duration: 250_000_000n }),
    said('b', 'probe', 'lone', { kind: 'tool', status: 'error', start: start + 86_400_000_000_000n }),
  ])
  return store
}

describe('fields', () => {
  test.each([
    ['', 'boss chat chat2 lone probe search worker'],
    ['kind:tool', 'probe search'],
    ['kind:[tool,agent] -is:error', 'boss worker'],
    ['is:error', 'probe search'],
    ['is:root', 'boss lone'],
    ['is:leaf -kind:tool', 'chat chat2'],
    ['name:CHAT', 'chat'],
    ['name:chat*', 'chat chat2'],
    ['name:/^ch.t$/', 'chat'],
    ['name:="chat*"', ''],
    ['model:gpt-4o*', 'chat'],
    ['model:claude-x', 'chat2'],
    ['-model:*', 'boss lone probe search worker'],
    ['has:model', 'chat chat2'],
    ['cost:>0.05', 'chat'],
    ['cost:..0.05', ''],
    ['tokens:>100', 'chat'],
    ['tokens.input:7', 'chat2'],
    ['is:unpriced', 'chat2'],
    ['duration:>=5s', 'boss'],
    ['duration:<1s', 'lone'],
    ['started:2026-01-01', 'boss chat chat2 search worker'],
    ['started:>2026-01-01', 'lone probe'],
    ['offset:>5ns', 'chat2'],
    ['session:s-1', 'boss'],
    ['score.help:<0.5', 'chat2'],
    ['has:score -has:score.help', ''],
    ['depth:2', 'chat search'],
    ['children:2', 'boss worker'],
    ['spans:2', 'lone probe'],
    ['self:>3s', 'boss'],
    ['trace:A', 'boss chat chat2 search worker'],
    ['source:a.jsonl depth:0', 'boss lone'],
    ['source:/dumps/*', 'boss chat chat2 lone probe search worker'],
  ])('%s', (query, names) => {
    using store = example()
    expect(named(store, query)).toBe(names)
  })
})

describe('structure', () => {
  test.each([
    ['kind:tool ancestor:(name:boss)', 'search'],
    ['kind:tool -ancestor:(kind:agent)', 'probe'],
    ['parent:(name:worker)', 'chat search'],
    ['child:(is:error)', 'lone worker'],
    ['descendant:(is:error)', 'boss lone worker'],
    ['descendant:(is:error) is:root kind:agent', 'boss'],
    ['root:(name:lone)', 'lone probe'],
    ['trace:(spans:>2) is:error', 'search'],
    ['trace:(cost:>0.05 tokens:127)', 'boss chat chat2 search worker'],
    ['trace:(-kind:generation)', 'lone probe'],
    ['trace:(duration:>=5s) kind:tool', 'search'],
    ['ancestor:(child:(is:error) ancestor:(is:root))', 'chat search'],
    ['kind:generation (parent:(kind:agent is:root) OR parent:(name:worker))', 'chat chat2'],
  ])('%s', (query, names) => {
    using store = example()
    expect(named(store, query)).toBe(names)
  })
})

describe('what only records hold', () => {
  /** Every span ends with its own name. */
  const recorded = (store: Store, query: string): { names: string; read: number } => {
    const ids = store.db.prepare<[number], string>(
      'SELECT s FROM name JOIN span ON span.name = name.id WHERE span.id = ?',
    )
    let read = 0
    const source = (id: number): ReadSpan => {
      read++
      const name = ids.pluck().get(id)!
      return new ReadSpan({ id: name, kind: 'other', name, status: 'unset', finishReasons: [name], attributes: {} })
    }
    const { spans } = findSpans(store, ask(store, query), source, { offset: 0, limit: 100 })
    const names = spans.map(({ id }) => ids.pluck().get(id)!)
    return { names: names.sort().join(' '), read }
  }

  test.each([
    ['finish:chat*', 'chat chat2', 7],
    ['kind:generation finish:*2', 'chat2', 2],
    ['kind:tool -finish:probe', 'search', 2],
    ['kind:tool ancestor:(finish:worker)', 'search', 7],
    ['kind:tool -parent:(finish:worker)', 'probe', 7],
    ['kind:tool trace:(finish:chat is:error)', 'search', 7],
    ['kind:tool (finish:search OR child:(finish:x))', 'search', 7],
    ['is:error', 'probe search', 0],
  ])('%s', (query, names, read) => {
    using store = example()
    expect(recorded(store, query)).toEqual({ names, read })
  })
})

test('traces, spans and calls are counted', () => {
  using store = example()
  const count = (query: string) => countMatches(store, ask(store, query), () => undefined)
  expect(count('')).toMatchObject({ traces: 2, spans: 7, calls: 2 })
  expect(count('kind:generation OR is:error')).toMatchObject({ traces: 2, spans: 4, calls: 2 })
})

test('a request that was given back unanswered is found by its model, and is no call', () => {
  using store = memoryStore()
  importFile(store, [
    { trace: 'a', id: 'a1', name: 'asked', marks: ['unanswered'], call: { model: 'small' } },
    { trace: 'b', id: 'b1', name: 'answered', call: { model: 'small', input: 1 } },
  ])
  const count = (query: string) => countMatches(store, ask(store, query), () => undefined)
  expect(count('model:small')).toMatchObject({ traces: 2, spans: 2, calls: 1 })
  expect(count('is:unpriced')).toMatchObject({ spans: 1, calls: 1 })
})

test('an empty result says which clause is to blame', () => {
  using store = example()
  const question = { query: 'kind:tool is:error AND (name:nobody OR name:none)', now: 0, zone: 'UTC' }
  expect(countWithoutEach(question, one => countMatches(store, one, () => undefined))).toMatchObject([
    { clause: 'kind:tool', from: 0, to: 9, spans: 0 },
    { clause: 'is:error', query: 'kind:tool AND (name:nobody OR name:none)', spans: 0 },
    { clause: '(name:nobody OR name:none)', query: 'kind:tool is:error', spans: 2, traces: 2 },
  ])
  expect(
    countWithoutEach({ ...question, query: 'name:nobody' }, one => countMatches(store, one, () => undefined)),
  ).toEqual([])
})

test('pages join without a gap, and each knows how much there is', () => {
  using store = example()
  const page = (offset: number, limit: number) =>
    findSpans(store, ask(store, '-is:root'), () => undefined, { offset, limit })
  const whole = page(0, 100)
  expect(whole.total).toBe(5)
  expect([...page(0, 2).spans, ...page(2, 2).spans, ...page(4, 2).spans]).toEqual(whole.spans)
  expect([page(4, 2).total, page(9, 2).total, page(0, 0).total]).toEqual([5, 5, 5])
})

test('the most frequent values of a field', () => {
  using store = example()
  const known = (field: FieldRef, prefix = '') =>
    knownValues(store, field, prefix, 2).map(({ value, count }) => `${value} ${count}`)
  expect(known({ id: 'name' }, 'CHAT')).toEqual(['chat 1', 'chat2 1'])
  expect(known({ id: 'model' })).toEqual(['Claude-X 1', 'gpt-4o-mini 1'])
  expect(known({ id: 'session' }, 's')).toEqual(['S-1 1'])
  expect(known({ id: 'score' })).toEqual(['Help 1'])
  expect(known({ id: 'agent' })).toEqual([])
  expect(known({ id: 'model' }, "'; DROP TABLE span;--*")).toEqual([])
})

test('a structure clause costs a look-up a span, whatever the trace looks like', () => {
  using store = memoryStore()
  const spans = [said('t', 'root', undefined)]
  for (let i = 0; i < 20_000; i++) {
    spans.push(
      said('t', `s${i}`, i % 2 ? 'root' : i < 400 && i > 0 ? `s${i - 2}` : 'root', { kind: i % 3 ? 'tool' : 'agent' }),
    )
  }
  importFile(store, spans)
  const time = cpuTime(() => {
    for (const scope of ['ancestor', 'descendant', 'parent', 'child', 'root']) {
      countMatches(store, ask(store, `kind:tool ${scope}:(kind:[tool,agent,chain])`), () => undefined)
    }
  })
  expect(time).toBeLessThan(3000)
})

describe('what a person writes never becomes SQL', () => {
  test.each([
    `'; drop table spans;--`,
    `name:"'; DROP TABLE span;--"`,
    String.raw`name:"%_\\"`,
    'name:"a\u0000b"',
    `score."'); DELETE FROM span;--":>1`,
    `@"'":x`,
    `model:["'","''",@p1]`,
    'session:@p1',
    'tokens:>1e308',
    'started:9999',
    'duration:>99999999999999d',
    `trace:${'x'.repeat(60_000)}`,
  ])('%s', query => {
    using store = example()
    expect(countMatches(store, ask(store, query), () => undefined).spans).toBeGreaterThanOrEqual(0)
    expect(countMatches(store, ask(store, ''), () => undefined).spans).toBe(7)
  })

  test('500 clauses, 50 levels', () => {
    using store = example()
    expect(named(store, Array.from({ length: 500 }, (_, i) => `-name:x${i}`).join(' '))).toContain('boss')
    expect(named(store, `name:[${Array.from({ length: 498 }, (_, i) => `x${i}`).join(',')},boss]`)).toBe('boss')
    expect(named(store, `${'trace:('.repeat(50)}name:boss${')'.repeat(50)}`)).toContain('boss')
    expect(named(store, `${'descendant:(-('.repeat(16)}name:x${'))'.repeat(16)}`)).toBe('boss lone worker')
  })

  test('a mistake is told with its place, an unknown zone too', () => {
    using store = example()
    expect(() => ask(store, 'a (b')).toThrow('character 3')
    expect(() => readQuestion({ query: 'a', now: 0, zone: 'Nowhere/Land' })).toThrow('time zone')
  })
})
