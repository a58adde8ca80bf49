import { expect, test } from 'vitest'
import { askList } from '../../electron/store/lists/asking.ts'
import { facetsOf } from '../../electron/store/lists/facets.ts'
import { groupsOf } from '../../electron/store/lists/groups.ts'
import { digest } from '../../electron/store/digest.ts'
import { knownValues } from '../../electron/store/lists/known-values.ts'
import { setNotes } from '../../electron/store/notes.ts'
import type { Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { rereadStore } from '../../electron/store/rereading.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { matchingRows } from '../../electron/store/table/matching.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import { ReadSpan } from '../../shared/query/readings.ts'
import { reread, type Said } from './batches.ts'
import { freshStore, importFile, memoryStore } from './stores.ts'

const records: Said[] = [
  { trace: 'a', id: 'boss', kind: 'agent', traits: { agent: 'planner', tags: ['vip', 'eu'], service: 'api' } },
  {
    trace: 'a',
    id: 'find',
    parent: 'boss',
    kind: 'tool',
    status: 'error',
    traits: { tool: 'search_web', service: 'api' },
  },
  { trace: 'a', id: 'plain', parent: 'boss', kind: 'tool', traits: { service: ['api', 7] } },
  { trace: 'a', id: 'ask', parent: 'boss', call: {}, traits: { operation: 'chat', streamed: true } },
  { trace: 'b', id: '__proto__', kind: 'other', traits: { agent: '__proto__', tags: ['a'.repeat(3000)] } },
  { trace: 'b', id: 'bare' },
]

const queries: [query: string, names: string][] = [
  ['agent:plan*', 'boss'],
  ['-agent:planner', '__proto__ ask bare find plain'],
  ['has:agent', '__proto__ boss'],
  ['agent:__proto__', '__proto__'],
  ['tag:vip tag:eu', 'boss'],
  ['tool:search_web is:error ancestor:(agent:planner)', 'find'],
  ['tool:plain', 'plain'],
  ['has:tool', 'find plain'],
  ['service:api', 'boss find plain'],
  ['service:7', 'plain'],
  ['operation:chat', 'ask'],
  ['is:streamed', 'ask'],
  ['is:streamed OR is:error', 'ask find'],
]

/** No record is there to be read: whoever tries finds nothing. */
function named(store: Store, query: string, read: (id: number) => ReadSpan | undefined = () => undefined): string {
  const condition = readQuestion({ query, now: 0, zone: 'UTC' })
  const name = store.db.prepare<[number], string>(
    'SELECT s FROM name JOIN span ON span.name = name.id WHERE span.id = ?',
  )
  const { spans } = findSpans(store, condition, read, { offset: 0, limit: 100 })
  const found = spans.map(({ id }) => name.pluck().get(id)!).sort()
  const table = tableOf(store)
  const rows = matchingRows(table, condition, readElsewhere(store, read))
  const inColumns = Array.from(
    table.layout.id.filter((_, row) => rows[row] === 1),
    id => name.pluck().get(id)!,
  )
  expect(inColumns.sort()).toEqual(found)
  return found.join(' ')
}

test.each(queries)('%s is answered without reading a record', (query, names) => {
  using store = memoryStore()
  importFile(store, records)
  expect(named(store, query)).toBe(names)
})

test('equal traits are one row, and a span with none has 0', () => {
  using store = memoryStore()
  importFile(store, [...records, ...records.map(said => ({ ...said, trace: `${said.trace} again` }))])
  expect(store.db.prepare('SELECT count(*) FROM trait').pluck().get()).toBe(5)
  expect(store.db.prepare('SELECT count(*) FROM span WHERE trait = 0').pluck().get()).toBe(2)
})

test('traits go with the import that brought them', () => {
  using alone = freshStore()
  importFile(alone, records.slice(3), { path: '/dumps/b.jsonl' })
  using store = freshStore()
  const { id } = importFile(store, records.slice(0, 4))
  importFile(store, records.slice(3), { path: '/dumps/b.jsonl' })
  removeImport(store, id, { reread })
  expect(digest(store)).toBe(digest(alone))
  expect(store.db.prepare('SELECT count(*) FROM trait').pluck().get()).toBe(2)
})

test('a store from before traits reads records, until it is read again', async () => {
  using store = freshStore()
  importFile(store, records)
  const whole = digest(store)
  store.db.exec('UPDATE span SET trait = NULL; DELETE FROM trait')
  const span = (id: number) =>
    new ReadSpan({ id: 'x', kind: 'other', name: 'x', status: 'unset', agent: `a${id}`, attributes: {} })
  expect(named(store, 'agent:a1', span)).toBe('boss')
  const groups = (by: string) =>
    askList({ store, elsewhere: readElsewhere(store, () => undefined) }, 'spans', undefined, asked =>
      groupsOf(asked, { by, sort: 'count', descending: true, offset: 0, limit: 9 }),
    ).total
  expect(() => groups('agent')).toThrow('An older build read this store')
  expect(() => groups('agent')).toThrow('spanwise reread')
  const { changed } = await rereadStore(store, { reread, rules: 'newer', dryRun: false })
  expect(changed).toBe(0)
  expect(named(store, 'agent:plan*')).toBe('boss')
  expect(groups('agent')).toBeGreaterThan(1)
  expect(digest(store)).toBe(whole)
})

test('values of traits are known for completion', () => {
  using store = memoryStore()
  importFile(store, records)
  setNotes(store, 'traces', [1], 'vienna', true)
  const known = (id: 'service' | 'tag' | 'tool', prefix: string) =>
    knownValues(store, { id }, prefix, 9).map(({ value, count }) => `${value} ${count}`)
  expect(known('service', '')).toEqual(['api 3', '7 1'])
  expect(known('tag', 'VI')).toEqual(['vienna 4', 'vip 1'])
  expect(known('tool', 's')).toEqual(['search_web 1'])
})

test('facets count traits, and tags of persons with those of files', () => {
  using store = memoryStore()
  importFile(store, records)
  setNotes(store, 'spans', [1, 4], 'vip', true)
  const { facets } = askList({ store, elsewhere: readElsewhere(store, () => undefined) }, 'spans', undefined, asked =>
    facetsOf(asked, { fields: ['tool', 'service', 'tag'], limit: 2 }),
  )
  expect(facets).toMatchObject([
    {
      values: [
        { value: 'plain', count: 1 },
        { value: 'search_web', count: 1 },
      ],
      without: 4,
    },
    {
      values: [
        { value: 'api', count: 3 },
        { value: 7, count: 1 },
      ],
      without: 3,
    },
    { values: [{ value: 'vip', count: 2 }, { count: 1 }], more: 1, without: 3 },
  ])
})
