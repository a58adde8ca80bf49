import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { runImport } from '../../electron/import/run-import.ts'
import { textReading } from '../../electron/import/text-reading.ts'
import { IndexDesk } from '../../electron/processes/index-desk.ts'
import { PiecesAhead } from '../../electron/processes/pieces-ahead.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { PieceReader, type Piece } from '../../electron/store/text-index/piece.ts'
import { indexPathOf } from '../../electron/store/text-index/schema.ts'
import { generateDump, readDumpOptions } from '../bench/generate.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

const start = { record: 0, texts: 0 }

async function storeOf(mb: number): Promise<Store> {
  const dump = folder.file(`dump-${mb}.jsonl`)
  generateDump(dump, readDumpOptions({ mb: String(mb), seed: '5', history: 'distinct' }))
  const store = openStore(folder.file(`store-${mb}.spanwise`), { create: true })
  await runImport(store, [{ path: dump }])
  return store
}

function said({ after, until, isLast, words, wordEnds, postings }: Piece) {
  return { after, until, isLast, words: Buffer.from(words).toString(), ends: wordEnds.length, ...postings }
}

test('a thread reads the same pieces, also when it must begin anew', async () => {
  const store = await storeOf(16)
  const expected: Piece[] = []
  const reader = new PieceReader(store, textReading)
  for (let mark = start; ;) {
    const piece = reader.after(mark)!
    expected.push(piece)
    mark = piece.until
    if (piece.isLast) break
  }
  expect(expected.length).toBeGreaterThan(1)
  const ahead = new PiecesAhead(store.path)
  const found: Piece[] = []
  for (let mark = start; ;) {
    const piece = (await ahead.after(mark))!
    found.push(piece)
    mark = piece.until
    if (piece.isLast) break
  }
  expect(found.map(said)).toEqual(expected.map(said))
  expect(await ahead.after(found.at(-1)!.until)).toBeUndefined()
  // From the middle, what was read ahead of it given up; texts that were known get numbers again.
  await ahead.after(start)
  const again = await ahead.after(found[0]!.until)
  expect(again!.after).toEqual(found[0]!.until)
  expect(again!.postings.spans[0]).toBe(found[1]!.postings.spans[0])
  await ahead.close()
  store.close()
}, 60_000)

test('a store that cannot be opened is said, and asked for again', async () => {
  const ahead = new PiecesAhead(folder.file('nowhere.spanwise'))
  await expect(ahead.after(start)).rejects.toThrow('nowhere.spanwise')
  const store = openStore(folder.file('nowhere.spanwise'), { create: true })
  expect(await ahead.after(start)).toBeUndefined()
  await ahead.close()
  store.close()
})

test('an index that goes while a thread reads for it is made anew', async () => {
  const store = await storeOf(6)
  const desk = new IndexDesk(store, { reading: textReading, rules: 'test' }, () => {}, new PiecesAhead(store.path))
  const signal = new AbortController().signal
  const whole = await desk.settled(signal)
  expect(whole).toMatchObject({ state: 'complete', done: whole.all })
  rmSync(indexPathOf(store.path))
  // The next look finds it gone.
  await expect.poll(() => desk.status().state, { interval: 5, timeout: 5000 }).toBe('building')
  expect(await desk.settled(signal)).toEqual(whole)
  await desk.close()
  store.close()
}, 60_000)
