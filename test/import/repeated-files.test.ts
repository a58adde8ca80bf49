// A file that comes again is claimed instead of read. Nothing that can be asked may tell the two apart: beside each store
// stands one that forgets what it knows of files before each step, and so reads them every time.

import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { checkImport } from '../../electron/import/check-import.ts'
import { reread } from '../../electron/import/reading.ts'
import { runImport, type ImportOptions } from '../../electron/import/run-import.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import { decodeClaims } from '../../electron/store/claims.ts'
import { describeStore } from '../../electron/store/digest.ts'
import { listImports } from '../../electron/store/imports.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { decodeIds } from '../../electron/store/runs.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import { fixture } from '../helpers/fixtures.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { otlpSpan, request, row } from './helpers.ts'

vi.setConfig({ testTimeout: 60_000 })
beforeAll(() => buildWasm(cached))
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

let places = 0
const newStore = () => openStore(folder.file(`${++places}.spanwise`), { create: true })
let [store, reading]: [Store, Store] = [undefined!, undefined!]
beforeEach(() => {
  ;[store, reading] = [newStore(), newStore()]
})
const repeats = vi.spyOn(StoreWriter.prototype, 'repeat')
afterEach(() => {
  repeats.mockClear()
  for (const each of [store, reading]) each.close()
})

function file(...records: readonly (object | string)[]): string {
  const place = folder.file(`${++places}.jsonl`)
  writeFileSync(place, records.map(record => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'))
  return place
}

const forget = ({ db }: Store) => db.exec('UPDATE file SET hash = NULL')
const untimed = ({ files, totals, outcome }: ImportReceipt) => ({ files, totals, outcome })
const says = (one: Store) => [...describeStore(one)]
const paths = (files: readonly string[]) => files.map(path => ({ path }))

/** Into both stores; the receipts and the stores must be equal. Answers whether anything was claimed instead of read. */
async function importBoth(files: readonly string[], options: ImportOptions = {}): Promise<boolean> {
  forget(reading)
  const before = repeats.mock.calls.length
  const receipt = await runImport(store, paths(files), options)
  const claimed = repeats.mock.calls.length > before
  expect(untimed(receipt)).toEqual(untimed(await runImport(reading, paths(files), options)))
  expect(says(store)).toEqual(says(reading))
  return claimed
}

async function checkBoth(path: string): Promise<void> {
  forget(reading)
  const [checked, read] = [await checkImport(store, [{ path }]), await checkImport(reading, [{ path }])]
  expect({ ...checked, receipt: untimed(checked.receipt) }).toEqual({ ...read, receipt: untimed(read.receipt) })
}

function removeFromBoth(which: number): void {
  forget(reading)
  for (const each of [store, reading]) removeImport(each, listImports(each).at(which)!.id, { reread })
  expect(says(store)).toEqual(says(reading))
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
}

/** Records and bodies that an import brought or claimed. Numbers without a record, and the cut into batches, may differ. */
function brought(one: Store): unknown {
  const { id } = listImports(one)[0]!
  const bodies = new Set<number>()
  const claims: unknown[] = []
  const rows = one.db.prepare<[number], { bodies: Buffer; claims: Buffer }>(
    'SELECT * FROM batch WHERE import = ? ORDER BY id',
  )
  for (const batch of rows.all(id)) {
    decodeIds(batch.bodies, (first, n) => Array.from({ length: n }, (_, i) => bodies.add(first + i)))
    for (const { record, place } of decodeClaims(batch.claims)) claims.push([record, place])
  }
  const about = 'SELECT path, bytes, consumed FROM file WHERE import = ?'
  const imported = 'SELECT state, spans, traces, unreadable, rules FROM import WHERE id = ?'
  return {
    bodies: [...bodies].sort((a, b) => a - b),
    claims,
    file: one.db.prepare(about).all(id),
    import: one.db.prepare(imported).all(id),
  }
}

const long = 'said again and again '.repeat(20)
const ids = (i: number) => ({ traceId: 'b'.repeat(32), spanId: `c${i}`.padEnd(16, '0') })

test.for([
  'openinference/agent-retriever-tools.jsonl',
  'claude-code/session.jsonl',
  'flat/dirty.jsonl',
  'packed/members.zip',
  'packed/traces.jsonl.zst',
])('%s: told, kept and removed as if it had been read', async name => {
  const path = fixture(name)
  expect(await importBoth([path])).toBe(false)
  expect(await importBoth([path])).toBe(true)
  expect(brought(store)).toEqual(brought(reading))
  await checkBoth(path)
  expect(repeats).toHaveBeenCalledTimes(2)
  const whole = says(store)
  removeFromBoth(-1)
  expect(says(store)).toEqual(whole)
  // The one that is left was claimed, and tells of the file as well as the one that was read.
  expect(await importBoth([path])).toBe(true)
  for (const which of [0, 0]) removeFromBoth(which)
  expect(says(store)).toEqual([])
  expect(store.db.prepare('SELECT * FROM store').all()).toEqual([])
})

test('other bytes of the same length are read', async () => {
  const path = file(request(otlpSpan({ ...ids(1), name: 'one' })))
  const { atime, mtime } = statSync(path)
  expect(await importBoth([path])).toBe(false)
  writeFileSync(path, readFileSync(path, 'utf8').replace('"one"', '"two"'))
  utimesSync(path, atime, mtime)
  expect(await importBoth([path])).toBe(false)
  expect(await importBoth([path])).toBe(true)
})

test('the same file elsewhere is known; packed otherwise it is another', async () => {
  const path = file(request(otlpSpan({ ...ids(1), attributes: { long } })))
  await importBoth([path])
  const copy = folder.file('copy')
  writeFileSync(copy, readFileSync(path))
  expect(await importBoth([copy])).toBe(true)
  writeFileSync(copy, gzipSync(readFileSync(path)))
  expect(await importBoth([copy])).toBe(false)
})

test('by other rules, or with other mappings of unknown rows, a file is read again', async () => {
  const rows = file({ what: long, when: 1, who: 'm' }, { what: `${long}!`, when: 2, who: 'm' })
  const mapping = { fields: { input: 'what', model: 'who' } } as const
  await importBoth([rows], { mapping })
  expect(await importBoth([rows])).toBe(false)
  expect(await importBoth([rows])).toBe(true)
  expect(await importBoth([rows], { mapping })).toBe(false)
  for (const each of [store, reading]) each.db.exec(`UPDATE file SET rules = 'older'`)
  expect(await importBoth([rows])).toBe(false)
})

test('a file of which a record came with another file of the same import is read again', async () => {
  const [one, two] = [1, 2].map(i => request(otlpSpan(ids(i))))
  const [first, second] = [file(one!), file(one!, two!)]
  await importBoth([first, second])
  expect(await importBoth([first])).toBe(true)
  expect(await importBoth([second])).toBe(false)
  expect(await importBoth([second])).toBe(true)
})

test('what two files claim belongs to the first of them once its owner leaves', async () => {
  const [one, two] = [1, 2].map(i => request(otlpSpan(ids(i))))
  const [first, second] = [file(one!, two!), file(two!, one!, '')]
  await importBoth([file(one!, two!, '', '')])
  await importBoth([first, second])
  removeFromBoth(-1)
  expect(await importBoth([second])).toBe(false)
  expect(await importBoth([first])).toBe(true)
})

test('of several files each that came before is claimed, and the others are read', async () => {
  const said = (i: number, more: object = {}) =>
    file(request(otlpSpan({ ...ids(i), attributes: { long, [`own ${i}`]: 1, shared: i, ...more } })))
  const files = Array.from({ length: 6 }, (_, i) => said(i))
  expect(await importBoth(files)).toBe(false)
  repeats.mockClear()
  expect(await importBoth(files)).toBe(true)
  expect(repeats).toHaveBeenCalledTimes(6)

  // One is other now, one is new; records of one span disagree with what a claimed file says.
  repeats.mockClear()
  writeFileSync(files[3]!, JSON.stringify(request(otlpSpan({ ...ids(2), attributes: { shared: 'else', new: 1 } }))))
  expect(await importBoth([files[0]!, files[3]!, said(9), files[2]!, files[1]!])).toBe(true)
  expect(repeats).toHaveBeenCalledTimes(3)
  for (const which of [1, -1, 0]) removeFromBoth(which)
})

test('files whose records have no ids are read where several come', async () => {
  const rows = (text: string) =>
    file({ model: 'm', input: text, output: 'x' }, { model: 'm', input: 'same', output: 'x' })
  const files = [rows('one'), rows('two')]
  await importBoth(files)
  expect(await importBoth(files)).toBe(false)
  const dated = file(request(otlpSpan(ids(1))))
  await importBoth([dated])
  repeats.mockClear()
  expect(await importBoth([files[0]!, dated, files[1]!])).toBe(true)
  expect(repeats).toHaveBeenCalledTimes(1)
})

test('unread names of all files are counted right, also past what a receipt lists', async () => {
  const many = (from: number, n: number) =>
    file(
      request(
        otlpSpan({
          ...ids(from % 7),
          traceId: `${from}`.padStart(32, 'a'),
          attributes: Object.fromEntries(Array.from({ length: n }, (_, i) => [`name ${from + i}`, 1])),
        }),
      ),
    )
  const files = [many(0, 100), many(50, 100), many(100, 300), many(350, 100)]
  await importBoth(files)
  repeats.mockClear()
  await importBoth(files)
  // The third has more names than are listed: from there on all are read.
  expect(repeats).toHaveBeenCalledTimes(2)
  const short = [many(1000, 60), many(1030, 60)]
  await importBoth(short)
  repeats.mockClear()
  await importBoth([...short, many(1080, 20)])
  expect(repeats).toHaveBeenCalledTimes(2)
})

test('what failed or was stopped is read again', async () => {
  const broken = file('no trace at all')
  for (let i = 0; i < 2; i++) expect(await importBoth([broken])).toBe(false)
  const path = file(...Array.from({ length: 20_000 }, (_, i) => ({ ...row(`${long}${i}`), span_id: `s${i}` })))
  const stop = new AbortController()
  const progress = ({ spans }: { spans: number }) => spans > 0 && stop.abort()
  const stopped = await runImport(store, [{ path }], { signal: stop.signal, progress })
  expect(stopped.outcome).toBe('partial')
  expect((await runImport(store, [{ path }])).totals.spans).toBe(20_000)
  expect(repeats).not.toHaveBeenCalled()
}, 60_000)

test('comparing can be stopped: then nothing was read', async () => {
  const path = file(request(otlpSpan({ ...ids(1), attributes: { long } })))
  await runImport(store, [{ path }])
  const stop = new AbortController()
  const progress = () => stop.abort()
  const stopped = await runImport(store, [{ path }], { signal: stop.signal, progress })
  expect(stopped).toMatchObject({ outcome: 'partial', totals: { spans: 0 } })
})

test('a store that lies about its files is not believed', async () => {
  const path = file(request(otlpSpan(ids(1))), request(otlpSpan(ids(2))))
  await importBoth([path])
  for (const damage of [
    `UPDATE import SET receipt = '{"files":{"0":[]}}'`,
    `UPDATE import SET receipt = 'null'`,
    `UPDATE batch SET claims = x'0102030405060708'`,
    `UPDATE batch SET n = 1`,
  ]) {
    const name = folder.file(`${++places}.spanwise`)
    store.db.prepare('VACUUM INTO ?').run(name)
    const damaged = openStore(name, {})
    damaged.db.exec(damage)
    expect((await runImport(damaged, [{ path }])).totals).toMatchObject({ spans: 2, unreadable: 0 })
    damaged.close()
  }
  expect(repeats).not.toHaveBeenCalled()
})
