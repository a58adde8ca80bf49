import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeStore } from '../../electron/store/digest.ts'
import { listImports } from '../../electron/store/imports.ts'
import type { Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { reread } from './batches.ts'
import type { Said } from './batches.ts'
import { freshStore, importFile, memoryStore } from './stores.ts'

const says = (store: Store) => [...describeStore(store)]
const count = (store: Store, table: string) => store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

/** Few traces, few spans, few variants: imports overlap in whole records, in spans that differ, in texts and in names. */
const anyRecord: fc.Arbitrary<Said> = fc
  .record({ trace: fc.nat(2), id: fc.nat(4), parent: fc.nat(5), variant: fc.nat(2), start: fc.nat(3) })
  .map(({ trace, id, parent, variant, start }) => ({
    trace: `trace ${trace}`,
    id: `span ${id}`,
    ...(parent < 5 ? { parent: `span ${parent}` } : {}),
    name: `variant ${variant}`,
    start: BigInt(start) * 1000n,
    session: `session ${variant}`,
    resource: `resource ${variant === 2 ? id : 0}`,
    ...(variant > 0
      ? { call: { model: `model ${variant}`, input: variant, output: id, responseId: `r${parent}` } }
      : {}),
    scores: [{ name: 'variant', value: variant }],
    texts: [`text ${variant} `.repeat(20), `text ${id} `.repeat(20)],
  }))
const anyFile = fc.record({
  records: fc.array(anyRecord, { minLength: 1, maxLength: 14 }),
  batch: fc.integer({ min: 1, max: 6 }),
  cut: fc.boolean(),
})

test('what is left of several imports is what they alone would have given', () => {
  fc.assert(
    fc.property(fc.array(anyFile, { minLength: 1, maxLength: 4 }), fc.nat(3), fc.nat(3), (files, first, second) => {
      using store = memoryStore()
      using alone = memoryStore()
      const imports = files.map(file => ({ file, id: importFile(store, file.records, file).id }))
      for (const gone of [first, second]) {
        const [removed] = imports.splice(gone % (imports.length || 1), 1)
        if (removed) removeImport(store, removed.id, { reread })
      }
      for (const { file } of imports) importFile(alone, file.records, file)
      expect(says(store)).toEqual(says(alone))
      for (const table of ['context', 'span', 'extra', 'call', 'score', 'trace']) {
        expect([table, count(store, table)]).toEqual([table, count(alone, table)])
      }
      const found = store.db.prepare(
        'SELECT span.id FROM span_run AS run JOIN span ON span.trace = run.trace AND span.id - run.first BETWEEN 0 AND run.n - 1',
      )
      expect(found.all()).toHaveLength(count(store, 'span'))
      expect(count(store, 'name')).toBeLessThanOrEqual(count(alone, 'name'))
      expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
    }),
    { numRuns: 80 },
  )
}, 120_000)

test('a removed text is gone from the bytes of the file; a shared one stays', () => {
  using store = freshStore()
  const secret = 'TheSecretWordOfTheHouse'
  const shared = 'WhatBothImportsSay'
  // Too short to compress into something else: found as it is if it is there.
  const planted = (text: string) => text.repeat(6)
  const a = importFile(store, [
    {
      trace: 'a',
      id: '1',
      name: `${secret} name`,
      session: secret,
      resource: secret,
      texts: [planted(secret), planted(shared)],
    },
    { trace: 'a', id: '2', call: { model: secret }, scores: [{ name: secret, value: 1 }] },
  ])
  importFile(store, [{ trace: 'b', id: '1', texts: [planted(shared)] }], { path: '/dumps/b.jsonl' })
  const bytes = () => readFileSync(store.path).toString('latin1') + readFileSync(`${store.path}-wal`).toString('latin1')
  expect(bytes()).toContain(secret)
  removeImport(store, a.id, { reread })
  expect(bytes()).not.toContain(secret)
  expect(says(store).join('\n')).toContain(planted(shared))
  expect(count(store, 'body_block')).toBe(1)
  expect(listImports(store).map(row => row.files)).toEqual([['b.jsonl']])
})

test('removing the last import empties the store', () => {
  using store = freshStore()
  const { id } = importFile(store, [{ trace: 'a', id: '1', parent: '1', call: {}, texts: ['x'.repeat(300)] }])
  removeImport(store, id, { reread })
  for (const table of [
    'import',
    'file',
    'batch',
    'trace',
    'span',
    'call',
    'name',
    'context',
    'record_block',
    'body_block',
    'store',
  ]) {
    expect([table, count(store, table)]).toEqual([table, 0])
  }
  expect(() => removeImport(store, id, { reread })).toThrow(expect.objectContaining({ code: 'store/no-such-import' }))
})
