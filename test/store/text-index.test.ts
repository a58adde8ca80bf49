import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { reread } from '../../electron/import/reading.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { countMatches } from '../../electron/store/search/find.ts'
import type { SpanSource } from '../../electron/store/search/search.ts'
import { IndexBuilder } from '../../electron/store/text-index/builder.ts'
import { indexPathOf } from '../../electron/store/text-index/schema.ts'
import { closeTextIndex } from '../../electron/store/text-index/with-index.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import { checkout } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex, reading } from '../query/check-index.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

/** Reads no record: what is found comes from the index. */
const indexOnly: SpanSource = Object.assign(() => undefined, { mostLate: 0 })

function count(store: Store, query: string): { spans: number; isWhole: boolean } {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.error.message)
  const { spans, isWhole } = countMatches(store, resolveQuery(parsed.query, { now: 0n, zone: 'UTC' }), indexOnly)
  return { spans, isWhole }
}

let next = 0
function dump(texts: readonly string[], name = 'chat'): string {
  const file = folder.file(`dump-${next++}.jsonl`)
  const spans = texts.map((content, i) => ({
    traceId: `${next}`.padStart(32, '0'),
    spanId: `${10_000 * next + i}`.padStart(16, '0'),
    name,
    startTimeUnixNano: `${1_700_000_000 + i}000000000`,
    endTimeUnixNano: `${1_700_000_001 + i}000000000`,
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.input.messages', value: { stringValue: JSON.stringify(messages(texts.slice(0, i + 1))) } },
    ],
  }))
  const line = { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] }
  writeFileSync(file, `${JSON.stringify(line)}\n`)
  return file
}

function messages(texts: readonly string[]) {
  return texts.map(content => ({ role: 'user', parts: [{ type: 'text', content }] }))
}

const long = (words: string) => `${words} ${'and so it goes on for a while, '.repeat(6)}`.trim()

async function storeWith(...files: string[]): Promise<Store> {
  const store = openStore(folder.file(`store-${next++}.spanwise`), { create: true })
  for (const file of files) await runImport(store, [{ path: file }])
  return store
}

describe('a history that repeats a stored text', () => {
  let store: Store
  beforeAll(async () => {
    store = await storeWith(
      dump([
        long('first zebra'),
        'short giraffe',
        long('全文検索エンジン ค้นหาข้อมูล Crème brûlée'),
        long('order #A1182B-x'),
      ]),
    )
    buildWholeIndex(store)
  })
  afterAll(() => store.close())

  test.each([
    ['zebra', 4],
    ['giraffe', 3],
    ['input:giraffe', 3],
    ['output:giraffe', 0],
    ['"first zebra"', 4],
    ['"zebra first"', 0],
    ['検索', 2],
    ['索検', 0],
    ['検', 2],
    ['ค้นหา', 2],
    ['creme', 2],
    ['"creme brulee"', 2],
    ['gir*', 3],
    ['*iraff*', 3],
    ['*1182*', 1],
    ['*#a1182b-*', 1],
    ['/A1182./', 1],
    ['/a1182/', 0],
    ['/a1182/i', 1],
    ['/[0-9]{4}B/', 1],
    ['z*ra', 4],
    ['zebra giraffe', 3],
    ['zebra -giraffe', 1],
    ['-zebra', 0],
  ])('%s is in %i spans', (query, spans) => {
    expect(count(store, query)).toEqual({ spans, isWhole: true })
  })

  test('is in the index once', () => {
    const bytes = readFileSync(indexPathOf(store.path))
    expect(bytes.includes('first zebra')).toBe(false)
  })
})

describe('a file that is not the index of this store', () => {
  test.each([
    ['missing', () => {}],
    ['truncated', (file: string) => truncateSync(file, statSync(file).size >> 1)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['no database', (file: string) => writeFileSync(file, 'Hello, '.repeat(10_000))],
  ])('%s: it is made anew', async (name, spoil) => {
    const store = await storeWith(dump([long('zebra'), long('lion')]))
    const file = indexPathOf(store.path)
    if (name !== 'missing') {
      buildWholeIndex(store)
      spoil(file)
    }
    expect(count(store, 'zebra')).toEqual({ spans: 0, isWhole: false })
    buildWholeIndex(store)
    expect(count(store, 'zebra')).toEqual({ spans: 2, isWhole: true })
    store.close()
  })

  test('of another store, or of the same one before: it is made anew', async () => {
    const [one, other] = [await storeWith(dump([long('zebra')])), await storeWith(dump([long('lion')]))]
    buildWholeIndex(one)
    copyFileSync(indexPathOf(one.path), indexPathOf(other.path))
    expect(count(other, 'zebra')).toEqual({ spans: 0, isWhole: false })
    buildWholeIndex(other)
    expect(count(other, 'zebra').spans).toBe(0)
    expect(count(other, 'lion')).toEqual({ spans: 1, isWhole: true })
    one.close()
    other.close()
  })

  test('by other rules: it is made anew', async () => {
    const store = await storeWith(dump([long('zebra')]))
    buildWholeIndex(store, 'old rules')
    const nothing = { ...reading, read: () => undefined }
    const builder = new IndexBuilder(store, { reading: nothing, rules: 'new rules' })
    while (builder.step() !== 'done');
    builder.close()
    expect(count(store, 'zebra')).toEqual({ spans: 0, isWhole: true })
    store.close()
  })
})

test('half a surrogate pair in a text is no replacement character', async () => {
  const texts = ['zebra\ud83d', 'lion \ude00', long('tiger\ud83d'), 'cat\ufffd', 'dog😀']
  const store = await storeWith(...texts.map(text => dump([text])))
  buildWholeIndex(store)
  const counts = ['z*a\ufffd', '*t\ufffd*', '*\ufffd*', '/\ufffd/', '/n .$/', '*😀*', 'zebra'].map(
    query => count(store, query).spans,
  )
  expect(counts).toEqual([0, 1, 1, 1, 1, 1, 1])
  store.close()
})

test('what comes later is late until it is indexed', async () => {
  const store = await storeWith(dump([long('zebra')]))
  buildWholeIndex(store)
  expect(count(store, 'zebra')).toEqual({ spans: 1, isWhole: true })
  await runImport(store, [{ path: dump([long('zebra'), long('lion')]) }])
  expect(count(store, 'zebra')).toEqual({ spans: 1, isWhole: false })
  buildWholeIndex(store)
  expect(count(store, 'zebra')).toEqual({ spans: 3, isWhole: true })
  store.close()
})

test('a removed import is neither found nor in the file', async () => {
  const store = await storeWith(dump([long('zebra quagga')]), dump([long('lion')]))
  buildWholeIndex(store)
  closeTextIndex(store)
  const file = indexPathOf(store.path)
  expect(readFileSync(file).includes('quagga')).toBe(true)
  removeImport(store, 1, { reread })
  expect(existsSync(file)).toBe(false)
  buildWholeIndex(store)
  expect(count(store, 'quagga')).toEqual({ spans: 0, isWhole: true })
  expect(count(store, 'lion')).toEqual({ spans: 1, isWhole: true })
  expect(readFileSync(file).includes('quagga')).toBe(false)
  store.close()
})

test('a removal while somebody builds makes it begin anew', async () => {
  const store = await storeWith(dump([long('zebra')]), dump([long('lion')]))
  const builder = new IndexBuilder(store, { reading, rules: 'test' })
  builder.step()
  removeImport(store, 1, { reread })
  expect(() => builder.step()).toThrow('removed')
  builder.abandon()
  buildWholeIndex(store)
  expect(count(store, 'zebra')).toEqual({ spans: 0, isWhole: true })
  store.close()
})

test('killed at any moment it goes on from what was committed', async () => {
  const texts = Array.from({ length: 300 }, (_, i) => long(`zebra number${i}`))
  const store = await storeWith(...[0, 1, 2, 3].map(k => dump(texts.slice(75 * k, 75 * k + 75))))
  store.close()
  const script = path.join(checkout, 'test/store/build-index.ts')
  for (const wait of [250, 400, 500, 600]) {
    const child = spawn(process.execPath, [script, store.path], { stdio: 'ignore' })
    await sleep(wait)
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const again = openStore(store.path, { readOnly: true })
  buildWholeIndex(again)
  expect(count(again, 'zebra')).toEqual({ spans: 300, isWhole: true })
  expect(count(again, 'number10')).toEqual({ spans: 65, isWhole: true })
  again.close()
}, 60_000)

test('runs of base64 are left out of the texts and counted, a repeated history once', async () => {
  const picture = (seed: string) => Buffer.from(seed.repeat(900)).toString('base64')
  const store = await storeWith(
    dump([`look ${picture('one 1')} here`, 'what is on it?', `${picture('two 2')} and ${picture('three 3')}`]),
  )
  const builder = new IndexBuilder(store, { reading, rules: 'test' })
  while (builder.step() !== 'done');
  expect(builder.blobs).toBe(3)
  builder.close()
  expect(count(store, '"look here"')).toEqual({ spans: 3, isWhole: true })
  store.close()
})
