import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSpanReader } from '../../electron/import/reading.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { askList } from '../../electron/store/lists/asking.ts'
import { facetsOf } from '../../electron/store/lists/facets.ts'
import { groupsOf } from '../../electron/store/lists/groups.ts'
import { knownValues } from '../../electron/store/lists/known-values.ts'
import { readRows } from '../../electron/store/lists/rows.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { namesSaid } from '../../electron/store/search/said-column.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { matchingRows } from '../../electron/store/table/matching.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import { removeIndexFile, indexPathOf } from '../../electron/store/text-index/schema.ts'
import type { JsonValue } from '../../shared/domain/json.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex } from '../query/check-index.ts'

const folder = temporaryFolder()
let store: Store
/** Spans that were read since it was last emptied. */
const read: string[] = []
afterAll(() => {
  store.close()
  folder[Symbol.dispose]()
})

const spans: { readonly [name: string]: { readonly [attribute: string]: JsonValue } } = {
  stopped: { finish: ['stop'], temperature: 0.2, 'gen_ai.response.id': 'resp-A1' },
  cut: { finish: ['length'], temperature: 0.7, 'gen_ai.response.id': 'resp-B2', 'http.status': 500 },
  both: { finish: ['stop', 'tool_calls'], temperature: 1, 'http.status': 200 },
  odd: {
    temperature: 0,
    'retry.of': { call: { number: 7 }, why: 'late' },
    'messages.0.role': 'a',
    'messages.12.role': 'b',
  },
  shadowed: { 'a.b': [], a: { b: 1 }, __proto__of: 'x' },
  bare: {},
}

function attribute(value: JsonValue): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(attribute) } }
  return {
    kvlistValue: {
      values: Object.entries(value ?? {}).map(([key, inner]) => ({ key, value: attribute(inner as JsonValue) })),
    },
  }
}

beforeAll(async () => {
  const named: { readonly [name: string]: string } = {
    finish: 'gen_ai.response.finish_reasons',
    temperature: 'gen_ai.request.temperature',
  }
  const otlp = Object.entries(spans).map(([name, attributes], i) => ({
    traceId: 'a1'.repeat(16),
    spanId: `00000000000000${String(i + 10)}`,
    name,
    startTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(i)),
    endTimeUnixNano: String(1_700_000_000_000_000_100n + BigInt(i)),
    attributes: Object.entries({ 'gen_ai.operation.name': 'chat', ...attributes }).map(([key, value]) => ({
      key: named[key] ?? key,
      value: attribute(value),
    })),
  }))
  const resource = { attributes: [{ key: 'host.name', value: { stringValue: 'h1' } }] }
  writeFileSync(
    folder.file('said.json'),
    JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: otlp }] }] }),
  )
  await buildWasm(cached)
  store = openStore(folder.file('said.spanwise'), { create: true })
  await runImport(store, [{ path: folder.file('said.json') }])
  buildWholeIndex(store)
})

function source() {
  const reader = createSpanReader(store)
  return (id: number) => {
    const span = reader.read(id)
    if (span) read.push(span.name)
    return span && new ReadSpan(span)
  }
}

function found(query: string): string {
  const condition = readQuestion({ query, now: 0, zone: 'UTC' })
  const name = store.db.prepare<[number], string>(
    'SELECT s FROM name JOIN span ON span.name = name.id WHERE span.id = ?',
  )
  const named = (ids: Iterable<number>) =>
    Array.from(ids, id => name.pluck().get(id)!)
      .sort()
      .join(' ')
  const inRows = named(findSpans(store, condition, source(), { offset: 0, limit: 100 }).spans.map(({ id }) => id))
  const table = tableOf(store)
  const rows = matchingRows(table, condition, readElsewhere(store, source()))
  expect(named(table.layout.id.filter((_, row) => rows[row] === 1))).toBe(inRows)
  return inRows
}

/** The query, the spans it finds, and those whose records must be read for that. */
const queries: readonly (readonly [query: string, names: string, reads: string])[] = [
  ['finish:stop', 'both stopped', ''],
  ['-finish:stop', 'bare cut odd shadowed', ''],
  ['finish:/^(len|tool)/', 'both cut', ''],
  ['has:finish', 'both cut stopped', ''],
  ['temperature:>0.5', 'both cut', ''],
  ['temperature:0', 'odd', ''],
  ['has:temperature', 'both cut odd stopped', ''],
  ['response.id:RESP-a1', 'stopped', 'stopped'],
  ['response.id:resp-*', 'cut stopped', 'cut stopped'],
  ['response.id:nobody', '', ''],
  ['has:response.id', 'cut stopped', ''],
  ['@http.status:500', 'cut', 'both cut'],
  ['has:@http.status', 'both cut', ''],
  ['-has:@http.status', 'bare odd shadowed stopped', ''],
  ['@host.name:h1', 'bare both cut odd shadowed stopped', 'bare both cut odd shadowed stopped'],
  ['has:@host.name', 'bare both cut odd shadowed stopped', ''],
  ['@retry.of.call.number:7', 'odd', 'odd'],
  ['has:@retry.of.call', 'odd', ''],
  ['@messages.12.role:b', 'odd', 'odd'],
  ['has:@messages.3.role', '', 'odd'],
  ['@nobody.says:this', '', ''],
]

test.each(queries)('%s finds %s with the index, reading no more than may match', (query, names, reads) => {
  // What says two things of one name is read whatever is asked.
  const asked = (list: string[]) => [...new Set(list)].filter(name => name !== 'shadowed' || reads.includes(name))
  found('name:*')
  read.length = 0
  expect(found(query)).toBe(names)
  expect(asked(read).sort().join(' ')).toBe(reads)
})

test('a span whose attributes say two things of a name is read', () => {
  expect(found('has:@a.b')).toBe('')
  expect(found('@a:/1/')).toBe('shadowed')
})

const ask = <T>(answer: Parameters<typeof askList<T>>[3]): T =>
  askList({ store, elsewhere: readElsewhere(store, source()) }, 'spans', undefined, answer)

test('lists count, group, show and sort by finish reasons and temperatures', () => {
  expect(ask(asked => facetsOf(asked, { fields: ['finish', 'temperature'], limit: 9 }))).toMatchObject({
    exact: true,
    facets: [
      {
        values: [
          { value: 'stop', count: 2 },
          { value: 'length', count: 1 },
          { value: 'tool_calls', count: 1 },
        ],
        without: 3,
      },
      { values: [{ value: 0 }, { value: 0.2 }, { value: 0.7 }, { value: 1 }], without: 2 },
    ],
  })
  const window = { offset: 0, limit: 9 }
  const groups = ask(asked => groupsOf(asked, { by: 'finish', sort: 'count', descending: true, ...window }))
  expect(groups.values).toEqual([null, 'stop', 'length', 'tool_calls'])
  const sort = { column: 'temperature', descending: true }
  const rows = ask(asked => readRows(asked, { columns: ['name', 'temperature', 'finish'], sort, ...window }))
  expect(rows.values[rows.cells[0]!]).toBe('both')
  expect(Array.from(rows.cells.subarray(6, 12))).toEqual([1, 0.7, 0.2, 0, Number.NaN, Number.NaN])
  expect(rows.values[rows.cells[12]!]).toEqual(['stop', 'tool_calls'])
})

test('completion knows finish reasons and the names of attributes, the most frequent first', () => {
  const elsewhere = readElsewhere(store, source())
  expect(knownValues(store, { id: 'finish' }, '', 9, elsewhere)).toContainEqual({ value: 'stop', count: 2 })
  expect(namesSaid(store, 'attributes', 'HTTP', 9, source())).toEqual([{ value: 'http.status', count: 2 }])
  expect(namesSaid(store, 'attributes', 'retry.', 9, source()).map(({ value }) => value)).toEqual([
    'retry.of',
    'retry.of.call',
    'retry.of.call.number',
    'retry.of.why',
  ])
})

test('without an index the records tell', () => {
  removeIndexFile(indexPathOf(store.path))
  for (const [query, names] of queries) expect([query, found(query)]).toEqual([query, names])
})
