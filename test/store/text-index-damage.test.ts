import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { reread } from '../../electron/import/reading.ts'
import { IndexDesk } from '../../electron/processes/index-desk.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { countMatches } from '../../electron/store/search/find.ts'
import type { SpanSource } from '../../electron/store/search/search.ts'
import { IndexBuilder } from '../../electron/store/text-index/builder.ts'
import { indexPathOf, removeIndexFile } from '../../electron/store/text-index/schema.ts'
import type { IndexStatus } from '../../shared/contract/text-index.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex, reading } from '../query/check-index.ts'
import { writeScriptsDump } from '../query/scripts-dump.ts'

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

async function newStore(name: string): Promise<Store> {
  const dump = folder.file('scripts.jsonl')
  writeScriptsDump(dump)
  const store = openStore(folder.file(`${name}.spanwise`), { create: true })
  await runImport(store, [{ path: dump }])
  return store
}

/** Zeroes from a place of a file on: its inode stays. */
function zero(file: string, from: number, length: number): void {
  const open = openSync(file, 'r+')
  writeSync(open, Buffer.alloc(length), 0, length, from)
  closeSync(open)
}

const queries = ['検索', '*a*', '/e/', 'input:e*', '"a b"', 'document:*a*', '-検索']

test('a damaged page is never the fault of the store: the index goes, and comes again', async () => {
  const store = await newStore('pages')
  buildWholeIndex(store)
  const whole = queries.map(query => count(store, query))
  expect(whole.every(({ isWhole }) => isWhole)).toBe(true)
  const file = indexPathOf(store.path)
  const { size } = statSync(file)
  let removed = 0
  for (let from = 0; from < size; from += 4096) {
    count(store, '検索')
    zero(file, from, 4096)
    // What another process holds in memory does not count: this one begins to read.
    const late = openStore(store.path, { readOnly: true })
    for (const query of queries) expect(() => count(late, query)).not.toThrow()
    if (!existsSync(file)) removed++
    late.close()
    buildWholeIndex(store)
  }
  expect(removed).toBeGreaterThan(size / 4096 / 4)
  expect(queries.map(query => count(store, query))).toEqual(whole)
  store.close()
}, 120_000)

async function settled(desk: IndexDesk): Promise<IndexStatus> {
  return desk.settled(new AbortController().signal)
}

test('damage that shows while it is built has it built anew', async () => {
  const store = await newStore('building')
  buildWholeIndex(store)
  const file = indexPathOf(store.path)
  const before = readFileSync(file)
  const other = folder.file('other.jsonl')
  writeFileSync(other, readFileSync(folder.file('scripts.jsonl'), 'utf8').replaceAll('"spanId":"0', '"spanId":"f'))
  await runImport(store, [{ path: other }])
  const states: string[] = []
  for (let from = 0; from < before.length; from += 8192) {
    removeIndexFile(file)
    writeFileSync(file, before)
    zero(file, from, 8192)
    const desk = new IndexDesk(store, { reading, rules: 'test' }, () => {})
    const { state, message, all } = await settled(desk)
    expect(all).toBeGreaterThan(60)
    states.push(message ?? state)
    await desk.close()
  }
  expect(states).toEqual(states.map(() => 'complete'))
  store.close()
}, 60_000)

test('an index is its owner’s alone, whatever others may read', async () => {
  const before = process.umask(0)
  try {
    const store = await newStore('modes')
    const builder = new IndexBuilder(store, { reading, rules: 'test' })
    builder.step()
    const ours = readdirSync(folder.file('.')).filter(name => name.startsWith('modes.spanwise'))
    expect(ours).toEqual(
      expect.arrayContaining(['modes.spanwise.index', 'modes.spanwise.index-shm', 'modes.spanwise.index-wal']),
    )
    for (const name of ours) expect([name, statSync(folder.file(name)).mode & 0o777]).toEqual([name, 0o600])
    builder.close()
    store.close()
  } finally {
    process.umask(before)
  }
})

const unfinished = (file: string) =>
  readdirSync(path.dirname(file)).filter(name => name.startsWith(`${path.basename(file)}.new-`))

test('a folder in its place is named, and nothing stays behind', async () => {
  const store = await newStore('folder')
  const file = indexPathOf(store.path)
  mkdirSync(file)
  const desk = new IndexDesk(store, { reading, rules: 'test' }, () => {})
  expect(await settled(desk)).toMatchObject({
    state: 'failed',
    message: `${file} is a folder: the search index is a file there. Move the folder away.`,
  })
  await desk.close()
  expect(unfinished(file)).toEqual([])
  expect(count(store, '検索')).toEqual({ spans: 0, isWhole: false })
  removeImport(store, 1, { reread })
  expect(statSync(file).isDirectory()).toBe(true)
  rmdirSync(file)
  store.close()
})

test('what processes that are gone left goes at the next start and with the index', async () => {
  const store = await newStore('stale')
  const file = indexPathOf(store.path)
  const leave = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) writeFileSync(`${file}.new-4194305${end}`, 'x')
    writeFileSync(`${file}.new-1`, 'of a process that runs')
    writeFileSync(`${file}.new-mine`, 'of somebody')
  }
  buildWholeIndex(store)
  const others = [`${path.basename(file)}.new-1`, `${path.basename(file)}.new-mine`]
  leave()
  buildWholeIndex(store)
  expect(unfinished(file).sort()).toEqual(others)
  leave()
  removeImport(store, 1, { reread })
  expect(unfinished(file).sort()).toEqual(others)
  store.close()
})
