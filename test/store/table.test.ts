import { expect, test } from 'vitest'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { matchingRows } from '../../electron/store/table/matching.ts'
import { currentTable, loadTable, Table, tableOf } from '../../electron/store/table/table.ts'
import { finish } from '../../electron/store/table/arrays.ts'
import { readTraceRow } from '../../electron/store/trace-list.ts'
import { readTree } from '../../electron/store/trace-tree.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { itemNumbers } from '../../electron/store/lists/item-numbers.ts'
import { subjectOf } from '../../electron/store/lists/subject.ts'
import { numbersOf } from '../../electron/store/table/numbers.ts'
import { codedField } from '../../electron/store/table/coded.ts'
import { seededRandom } from '../helpers/random.ts'
import type { Said } from './batches.ts'
import { reread } from './batches.ts'
import { freshStore, importFile } from './stores.ts'
import type { Store } from '../../electron/store/open.ts'

const random = seededRandom(11)

/** Spans of twelve traces, some of which were there before. */
function records(file: number): Said[] {
  return Array.from({ length: 60 }, (_, i) => ({
    trace: `trace ${random.below(12)}`,
    id: `span ${file} ${i}`,
    ...(i > 0 && random.below(3) > 0 ? { parent: `span ${file} ${random.below(i)}` } : {}),
    name: `name ${random.below(5)}`,
    kind: random.pick(['tool', 'agent', 'generation'] as const),
    status: random.pick(['ok', 'error', 'unset'] as const),
    start: BigInt(random.below(1_000_000)) * 1000n,
    duration: BigInt(random.below(5_000_000)),
    ...(random.below(3) === 0 ? { call: { model: `m${random.below(3)}`, input: random.below(100), cost: 5 } } : {}),
    session: `s${random.below(3)}`,
  }))
}

const queries = [
  '',
  'kind:tool',
  '-is:error',
  'ancestor:(kind:agent)',
  'descendant:(is:error)',
  'trace:(model:m1)',
  'parent:(kind:tool)',
  'root:(name:"name 1")',
  'model:m2',
  'trace:(tokens:>100)',
  'NOT trace:(is:error)',
  'is:unpriced',
]

/** All that a table answers, by the ids of spans. */
function describe(table: Table): unknown {
  const { layout } = table
  const ids = (rows: Uint8Array) => Array.from(layout.id.filter((_, row) => rows[row] === 1)).sort((a, b) => a - b)
  const alive = layout.alive
  const of = <T>(value: (row: number) => T) =>
    Array.from(layout.id, (id, row) => [id, alive[row] === 1 ? value(row) : undefined] as const)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => a - b)
  const names = codedField(table, { id: 'name' })!
  const traces = Object.fromEntries(
    (['tokens', 'cost', 'calls', 'tokens.cached', 'children', 'duration', 'spans'] as const).map(column => [
      column,
      Array.from(itemNumbers(subjectOf(table, 'traces'), column)!),
    ]),
  )
  return {
    matching: queries.map(query => [
      query,
      ids(
        matchingRows(
          table,
          readQuestion({ query, now: 0, zone: 'UTC' }),
          readElsewhere(table.store, () => undefined),
        ),
      ),
    ]),
    parents: of(row => (table.parent[row]! < 0 ? -1 : layout.id[table.parent[row]!]!)),
    durations: of(row => numbersOf(table, 'duration')![row]),
    names: of(row => names.decode(names.codes[row]!)),
    traces,
    sessions: Array.from(itemNumbers(subjectOf(table, 'sessions'), 'tokens')!),
  }
}

const whole = (store: Store) => finish(loadTable(store))

test('a table renewed import by import says what one says that is read anew', () => {
  using store = freshStore()
  let table = whole(store)
  for (let file = 0; file < 4; file++) {
    importFile(store, records(file), { path: `/dumps/${file}`, batch: 7, cut: true })
    const next = table.renewed()
    expect(next).toBeDefined()
    table = next!
    expect(describe(table)).toEqual(describe(whole(store)))
  }
  expect(table.layout.dead).toBeGreaterThan(0)
  expect(table.renewed()).toBe(table)
})

test('after a removal a table is read anew', () => {
  using store = freshStore()
  const { id } = importFile(store, records(1))
  importFile(store, records(2), { path: '/dumps/b.jsonl' })
  const table = whole(store)
  removeImport(store, id, { reread })
  expect(table.renewed()).toBeUndefined()
})

test('what is written while a table is read in slices is in the next one', () => {
  using store = freshStore()
  importFile(store, records(1))
  const reading = loadTable(store)
  reading.next()
  importFile(store, records(2), { path: '/dumps/b.jsonl' })
  const table = finish(reading).renewed()
  expect(describe(table!)).toEqual(describe(whole(store)))
})

test('a tree is the same from the table as from SQL', () => {
  using store = freshStore()
  const calls = [{ model: 'gpt-4o', input: 1000, output: 10 }, { model: 'unpriced', input: 7 }, { cost: 5 }]
  const paid = calls.map((call, i) => ({ trace: 'paid', id: `${i}`, kind: 'generation' as const, call }))
  importFile(store, [...records(1), ...paid], { cut: true, batch: 9 })
  const ids = store.statement<[], number>('SELECT id FROM trace').pluck().all()
  const fromSql = ids.map(id => readTree(store, id)!)
  expect(fromSql.map(tree => tree.trace)).toEqual(ids.map(id => readTraceRow(store, id)))
  expect(fromSql.some(tree => tree.trace.computed! > 0 && tree.trace.uncosted > 0)).toBe(true)
  tableOf(store)
  expect(currentTable(store)).toBeDefined()
  expect(ids.map(id => readTree(store, id))).toEqual(fromSql)
  // Of what came since, and while the table does not know it yet.
  importFile(store, [...records(2), { trace: 'undated', id: 'a', name: 'a', duration: 5n }])
  expect(currentTable(store)).toBeUndefined()
  const all = store.statement<[], number>('SELECT id FROM trace').pluck().all()
  const later = all.map(id => readTree(store, id)!)
  tableOf(store)
  expect(all.map(id => readTree(store, id))).toEqual(later)
  expect(later.map(tree => tree.trace.spans)).toEqual(later.map(tree => tree.last.length))
})
