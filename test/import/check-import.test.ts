// What a dry run says is what an import then says, and it changes nothing.

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkImport } from '../../electron/import/check-import.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { describeStore } from '../../electron/store/digest.ts'
import { openStore } from '../../electron/store/open.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { claimed } from '../corpus/covered.ts'
import { otlpSpan, request, row } from './helpers.ts'

beforeAll(() => buildWasm(cached))
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

let stores = 0
const newStore = () => openStore(folder.file(`${++stores}.spanwise`), { create: true })

function file(...records: readonly object[]): string {
  const place = folder.file(`${++stores}.jsonl`)
  writeFileSync(place, records.map(record => JSON.stringify(record)).join('\n'))
  return place
}

const untimed = ({ files, totals, outcome }: ImportReceipt) => ({ files, totals, outcome })
const long = 'said again and again '.repeat(20)

test('nothing is written: the store is the same, byte for byte', async () => {
  const store = newStore()
  await runImport(store, [{ path: file(row(long)) }])
  store.checkpoint()
  const before = readFileSync(store.path)
  const { receipt } = await checkImport(store, [{ path: file({ ...row(`${long}!`), trace_id: 'other' }, row('new')) }])
  expect(receipt).toMatchObject({ dryRun: true, totals: { spans: 2, added: 1, known: 1 } })
  store.checkpoint()
  expect(readFileSync(store.path).equals(before)).toBe(true)
  store.close()
})

test('what the store knows is known, and what would be merged is merged', async () => {
  const ids = { traceId: 'b'.repeat(32), spanId: 'c'.repeat(16) }
  const begun = { ...ids, endTimeUnixNano: undefined, attributes: { a: 1, text: long } }
  const child = otlpSpan({ parentSpanId: ids.spanId, traceId: ids.traceId, attributes: { text: long } })
  const ended = { ...ids, attributes: { a: 2, more: `${long}${long}` } }
  const store = newStore()
  await runImport(store, [{ path: file(request(otlpSpan(begun), child)) }])
  const more = file(request(child, otlpSpan(ended)), request(otlpSpan({ traceId: ids.traceId })))
  const { receipt, preview } = await checkImport(store, [{ path: more }])
  const real = await runImport(store, [{ path: more }])
  expect(untimed(receipt)).toEqual(untimed(real))
  expect(real.totals).toMatchObject({ spans: 3, added: 1, known: 2 })
  expect(preview.map(({ depth, name }) => `${depth} ${name}`)).toEqual(['0 step', '1 step', '0 step'])
  store.close()
})

test('only the first bytes of a file are read when no more are asked for, and the cut is no damage', async () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ ...row(`${long}${i}`), span_id: `s${i}` }))
  const path = file(...rows)
  const store = newStore()
  const { receipt } = await checkImport(store, [{ path }], { firstBytes: 10_000 })
  expect(receipt).toMatchObject({ onlyFirstBytes: 10_000, outcome: 'complete', totals: { unreadable: 0 } })
  expect(receipt.totals.spans).toBeGreaterThan(15)
  expect(receipt.totals.spans).toBeLessThan(30)
  const whole = await checkImport(store, [{ path }], { firstBytes: statSync(path).size })
  expect(whole.receipt.totals.spans).toBe(1000)
  expect(whole.preview).toHaveLength(200)
  store.close()
})

test('a check can be stopped', async () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => ({ ...row(`${long}${i}`), span_id: `s${i}` }))
  const stop = new AbortController()
  const store = newStore()
  const { receipt } = await checkImport(store, [{ path: file(...rows) }], {
    signal: stop.signal,
    progress: ({ spans }) => {
      if (spans > 0) stop.abort()
    },
  })
  expect(receipt.outcome).toBe('partial')
  expect([...describeStore(store)]).toEqual([])
  store.close()
})

test.skipIf(corpusIsMissing !== undefined)(
  'every file of the corpus, new to the store and known to it',
  { timeout: 60_000 },
  async () => {
    const files = claimed.map(path => ({ path: corpusFile(path) }))
    const store = newStore()
    for (const known of [false, true]) {
      const { receipt } = await checkImport(store, files)
      const real = await runImport(store, files)
      for (const [i, file] of real.files.entries())
        expect(receipt.files[i], `${file.path}, known: ${known}`).toEqual(file)
      expect(untimed(receipt)).toEqual(untimed(real))
    }
    store.close()
  },
)
