import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { describeStore } from '../../electron/store/digest.ts'
import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { applicationId } from '../../electron/store/schema.ts'
import { openScratch } from '../../electron/store/scratch.ts'
import { migrations } from '../../electron/store/sql.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { reread } from './batches.ts'
import { freshStore, importFile, memoryStore } from './stores.ts'

const runs = (store: Store) => store.db.prepare('SELECT trace, first, n FROM span_run ORDER BY first').raw().all()
const says = (store: Store) => [...describeStore(store)]
const span = (trace: string, id: number) => ({ trace, id: `${id}`, call: { input: id } })
/** Of a trace, by its runs. */
const count = (store: Store, trace: number) => store.query<[number], unknown>('trace-columns').all(trace).length
const spansOf = (trace: string, from: number, n: number) => Array.from({ length: n }, (_, i) => span(trace, from + i))

test('spans that lie together are one run, a few of others between them or not', () => {
  using store = memoryStore()
  importFile(store, [...spansOf('a', 0, 5), ...spansOf('b', 0, 8), ...spansOf('a', 5, 5), ...spansOf('b', 8, 9)])
  importFile(store, [...spansOf('c', 0, 1), ...spansOf('d', 0, 9), ...spansOf('c', 1, 1)])
  expect(runs(store)).toEqual([
    [1, 1, 18],
    [2, 6, 22],
    [3, 28, 1],
    [4, 29, 9],
    [3, 38, 1],
  ])
  for (const [trace, n] of [10, 17, 2, 9].entries()) {
    expect(count(store, trace + 1)).toBe(n)
  }
})

test('a span that takes the place another import gave it is found there, and once', () => {
  using store = memoryStore()
  const a = importFile(store, [span('t', 1), span('t', 3)])
  importFile(store, [span('t', 1), span('t', 2), span('t', 3)])
  expect(runs(store)).toEqual([
    [1, 1, 2],
    [1, 4, 1],
  ])
  removeImport(store, a.id, { reread })
  expect(runs(store)).toEqual([[1, 3, 3]])
  using alone = memoryStore()
  importFile(alone, [span('t', 1), span('t', 2), span('t', 3)])
  expect(says(store)).toEqual(says(alone))
})

test('a store in front of another finds the spans of both', () => {
  using store = memoryStore()
  importFile(store, [...spansOf('a', 0, 3), ...spansOf('b', 0, 20), ...spansOf('a', 3, 3)])
  const scratch = openScratch(store)
  importFile(scratch, spansOf('a', 4, 6))
  expect(count(scratch, 1)).toBe(10)
  scratch.close()
})

/** The same rows in a store as builds of the fourth schema made it. */
function asOfVersion4(from: Store, file: string): void {
  const db = new Database(file)
  db.pragma(`application_id = ${applicationId}`)
  db.exec('BEGIN')
  for (const { id, name, text } of migrations.slice(0, 4)) {
    db.exec(text)
    db.prepare('INSERT INTO migration VALUES (?, ?, 0)').run(id, name)
  }
  db.pragma('user_version = 4')
  for (const table of [
    'import',
    'file',
    'batch',
    'name',
    'label',
    'context',
    'trace',
    'span',
    'call',
    'record_block',
  ]) {
    const known = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all()
    for (const row of from.db.prepare<[], object>(`SELECT * FROM ${table}`).all()) {
      const columns = Object.keys(row).filter(column => known.includes(column))
      db.prepare(`INSERT INTO ${table}(${columns.join()}) VALUES (${columns.map(() => '?').join()})`).run(
        ...columns.map(column => (row as Record<string, unknown>)[column]),
      )
    }
  }
  // Hashes were wider.
  db.exec('UPDATE span SET hash = hash | (5 << 47); COMMIT')
  db.pragma('journal_mode = WAL')
  db.close()
}

test('a store that has an index in place of runs is brought up to date, says the same and knows what it has', () => {
  using folder = temporaryFolder()
  const records = [...spansOf('a', 0, 40), ...spansOf('b', 0, 20), ...spansOf('a', 40, 40)]
  using store = freshStore()
  importFile(store, records)
  asOfVersion4(store, folder.file('old.spanwise'))
  const old = openStore(folder.file('old.spanwise'))
  expect(runs(old)).toEqual([
    [1, 1, 40],
    [2, 41, 20],
    [1, 61, 40],
  ])
  expect(says(old)).toEqual(says(store))
  expect(importFile(old, records).totals).toMatchObject({ added: 0, known: 100 })
  expect(old.db.prepare('SELECT count(*) FROM extra').pluck().get()).toBe(0)
  old.close()
})

test('runs of a file from elsewhere that overlap are damage', () => {
  using store = freshStore()
  importFile(store, spansOf('a', 0, 5))
  store.db.exec('INSERT INTO span_run VALUES (1, 2, 9)')
  store.checkpoint()
  expect(() => openStore(store.path, { foreign: true })).toThrow('overlap')
})
