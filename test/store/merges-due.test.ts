import { expect, test } from 'vitest'
import { describeStore } from '../../electron/store/digest.ts'
import type { Store } from '../../electron/store/open.ts'
import type { Reread } from '../../electron/store/reread.ts'
import { StoreWriter, type Finished } from '../../electron/store/writer.ts'
import { Parser, reread, type Said } from './batches.ts'
import { freshStore } from './stores.ts'

const start = 1_731_412_345_000_000_000n
const long = (text: string) => text.padEnd(200, text)

const call = (id: string): Said => ({ trace: 't1', id, parent: 'root', call: { model: 'm', input: 10, output: 5 } })
/** What three lines say of each span. */
const lines: Said[][] = [
  [{ trace: 't1', id: 'root', name: 'asked', start, scores: [{ name: 'good', value: 0.5 }] }, call('a'), call('b')],
  [
    { trace: 't1', id: 'root', name: 'answered', duration: 7_000_000n, scores: [{ name: 'late', value: 1 }] },
    { trace: 't1', id: 'a', name: 'a', start, call: { model: 'm2', input: 11, output: 6 }, texts: [long('so ')] },
    { trace: 't1', id: 'b', parent: 'a', session: 's1' },
  ],
  [
    { trace: 't1', id: 'root', name: 'said', user: 'u1' },
    { trace: 't1', id: 'a', status: 'error', scores: [{ name: 'bad', value: 0 }] },
    { trace: 't1', id: 'b', call: { model: 'm3', cost: 7 } },
  ],
]
const told = lines.map((batch, i) => batch.map((said, k) => ({ ...said, line: i * 3 + k + 1 })))

type How = { readonly reread?: Reread; readonly apart: boolean }

/** Each batch in a transaction of its own, or all in one. */
function importBatches(store: Store, batches: readonly Said[][], how: How): Finished {
  return importFiles(store, [batches], how)
}

function importFiles(store: Store, files: readonly (readonly Said[][])[], how: How): Finished {
  const writer = new StoreWriter(store, { reread, ...how, ...(how.apart ? { spansPerTransaction: 0 } : {}) })
  const parser = new Parser(writer.seed())
  writer.beginImport(files.map((_, i) => ({ path: `${i}`, bytes: 0 })))
  for (const [i, batches] of files.entries()) {
    writer.beginFile(i)
    for (const batch of batches) writer.write(parser.batch(batch))
    writer.endFile()
  }
  return writer.finish('complete')
}

/** Every further record of a span disagrees with the ones before. */
const disagrees: Reread = records => ({
  ...reread(records),
  conflicts: records.slice(1).map(({ id }) => ({ traceId: 't1', spanId: `${id}`, field: 'f', kept: 'x', other: 'y' })),
})

test('a span says the same, whether its records come in one transaction, in several, or some here and some there', () => {
  const cuts: [Said[][], boolean][] = [
    [told, false],
    [told, true],
    [[told.slice(0, 2).flat(), told[2]!], true],
    [[told[0]!, told.slice(1).flat()], true],
    [
      [
        [...told[0]!, told[1]![0]!],
        [...told[1]!.slice(1), ...told[2]!],
      ],
      true,
    ],
  ]
  const [first, ...others] = cuts.map(([batches, apart]) => {
    using store = freshStore()
    importBatches(store, batches, { apart })
    return [...describeStore(store)]
  })
  expect(first!.filter(line => line.startsWith('record'))).toHaveLength(9)
  expect(first!.filter(line => line.startsWith('score')).map(line => JSON.parse(line.slice(6)).name)).toHaveLength(2)
  for (const other of others) expect(other).toEqual(first)
})

test('a disagreement is told once, although its span is read again with a record that comes later', () => {
  const [once, ...others] = [
    [told, false],
    [told, true],
    [[told.slice(0, 2).flat(), told[2]!], true],
  ].map(([batches, apart]) => {
    using store = freshStore()
    return importBatches(store, batches as Said[][], { reread: disagrees, apart: apart as boolean }).files[0]!
  })
  expect(once!.conflictCount).toBe(6)
  expect(once!.conflicts).toHaveLength(6)
  for (const other of others) expect(other).toEqual(once)
})

test('a disagreement is told of the file that brought it, whenever it is found', () => {
  const other: Said[][] = [[{ trace: 't2', id: 'root', name: 'of another file', start }]]
  const [once, apart] = [false, true].map(apart => {
    using store = freshStore()
    return importFiles(store, [[told.flat()], other, other], { reread: disagrees, apart }).files
  })
  expect(once!.map(({ conflictCount }) => conflictCount)).toEqual([6, 0, 0])
  expect(apart).toEqual(once)
})

test('a disagreement that a later record settles is none', () => {
  const settles: Reread = records => (records.length === 2 ? disagrees(records) : reread(records))
  for (const apart of [false, true]) {
    using store = freshStore()
    expect(
      importBatches(store, [told.slice(0, 2).flat(), told[2]!], { reread: settles, apart }).files[0],
    ).toMatchObject({
      conflictCount: 0,
      conflicts: [],
    })
  }
})

test('a call that all records together do not have goes, although the first had it', () => {
  const noCall: Reread = records => {
    const { call: one, ...rest } = reread(records)
    return records.length > 1 ? rest : { ...rest, call: one }
  }
  const [once, twice] = [false, true].map(apart => {
    using store = freshStore()
    const { totals } = importBatches(store, told, { reread: noCall, apart })
    expect(totals.calls).toBe(0)
    return [...describeStore(store)]
  })
  expect(once!.filter(line => line.startsWith('call'))).toEqual([])
  expect(twice).toEqual(once)
})
