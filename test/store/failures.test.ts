import { expect, test } from 'vitest'
import { ImportDesk } from '../../electron/processes/import-desk.ts'
import { describeStore, digest } from '../../electron/store/digest.ts'
import { listImports } from '../../electron/store/imports.ts'
import { openStore } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { Parser, reread } from './batches.ts'
import { manyRecords } from './killed.ts'
import { freshStore, importFile } from './stores.ts'

const failsWith = (code: string) => expect.objectContaining({ code }) as Error

test('a full disk ends the import as partial with whole batches, and a later one completes it', () => {
  using store = freshStore()
  using whole = freshStore()
  const pages = Number(store.db.pragma('page_count', { simple: true }))
  store.db.pragma(`max_page_count = ${pages + 25}`)
  const writer = new StoreWriter(store, { reread, spansPerTransaction: 100 })
  const parser = new Parser(writer.seed())
  const id = writer.beginImport([{ path: '/dumps/a.jsonl', bytes: 0 }])
  writer.beginFile(0)
  const write = () => {
    for (let from = 0; from < manyRecords.length; from += 50)
      writer.write(parser.batch(manyRecords.slice(from, from + 50)))
  }
  expect(write).toThrow(failsWith('store/disk-full'))
  expect(() => writer.finish('complete')).toThrow('only abort')
  const { totals } = writer.abort()
  const stored = Number(store.db.prepare('SELECT count(*) FROM span').pluck().get())
  expect(stored).toBeGreaterThan(0)
  expect(totals).toMatchObject({ spans: stored, added: stored })
  expect(listImports(store)).toMatchObject([{ id, state: 'partial', canContinue: true }])
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')

  store.db.pragma('max_page_count = 1000000')
  importFile(store, manyRecords)
  importFile(whole, manyRecords)
  expect(digest(store)).toBe(digest(whole))
})

test('a batch that fails half-way leaves nothing of itself', () => {
  using store = freshStore()
  const writer = new StoreWriter(store, { reread })
  const parser = new Parser(writer.seed())
  writer.beginImport([{ path: 'a', bytes: 0 }])
  writer.beginFile(0)
  const broken = parser.batch(manyRecords.slice(0, 10))
  broken.columns.trace[9] = 77
  expect(() => writer.write(broken)).toThrow('never announced')
  writer.abort()
  expect([...describeStore(store)]).toEqual([])
})

test('one import at a time; a cancelled one lets the next in', () => {
  using folder = temporaryFolder()
  const file = folder.file('shared')
  const one = openStore(file, { create: true })
  const two = openStore(file)
  const first = new StoreWriter(one, { reread })
  const id = first.beginImport([{ path: 'a', bytes: 0 }])
  expect(listImports(two)).toMatchObject([{ id, state: 'running' }])
  expect(() => new StoreWriter(two, { reread }).seed()).toThrow(failsWith('store/locked'))
  expect(() => removeImport(two, id, { reread })).toThrow(failsWith('store/locked'))
  expect(first.finish('partial').totals.spans).toBe(0)
  expect(listImports(two)).toMatchObject([{ id, state: 'partial' }])
  importFile(two, manyRecords.slice(0, 20))
  one.close()
  two.close()
})

test('an answer that came waits for the import of another program', async () => {
  using folder = temporaryFolder()
  const file = folder.file('shared')
  const one = openStore(file, { create: true })
  const two = openStore(file)
  const first = new StoreWriter(one, { reread })
  first.beginImport([{ path: 'a', bytes: 0 }])
  const desk = new ImportDesk(two, () => {})
  const kept = desk.keep('answer', '{"trace_id":"t","span_id":"s","model":"m","input":"i","output":"o"}\n')
  await new Promise(resolve => setTimeout(resolve, 150))
  expect(listImports(two)).toHaveLength(1)
  first.finish('partial')
  await kept
  expect(two.db.prepare('SELECT count(*) FROM span').pluck().get()).toBe(1)
  one.close()
  two.close()
})

test('an import whose lease was lost writes nothing more', () => {
  using store = freshStore()
  const writer = new StoreWriter(store, { reread })
  const parser = new Parser(writer.seed())
  writer.beginImport([{ path: 'a', bytes: 0 }])
  writer.beginFile(0)
  store.db.exec(`UPDATE store SET value = '{}' WHERE key = 'writer'`)
  expect(() => writer.write(parser.batch(manyRecords.slice(0, 10)))).toThrow(failsWith('store/locked'))
  expect(store.db.prepare('SELECT count(*) FROM span').pluck().get()).toBe(0)
})

test('a span that can no longer be read again does not stop an import', () => {
  using store = freshStore()
  const unreadable = () => {
    throw new Error('a format that is gone')
  }
  const writer = new StoreWriter(store, { reread: unreadable })
  const parser = new Parser(writer.seed())
  writer.beginImport([{ path: 'a', bytes: 0 }])
  writer.beginFile(0)
  writer.write(
    parser.batch([
      { trace: 't', id: 'a', name: 'first' },
      { trace: 't', id: 'a', name: 'second' },
    ]),
  )
  expect(writer.finish('complete').totals).toMatchObject({ traces: 1, spans: 1, added: 1 })
  expect([...describeStore(store)].filter(line => line.startsWith('record'))).toHaveLength(2)
})
