// A file that comes again may be claimed or read: what is in the store, what is told of it and what any removal leaves
// must be the same.

import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeClaims } from '../../electron/store/claims.ts'
import { describeStore } from '../../electron/store/digest.ts'
import type { Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import type { FileIdentity } from '../../electron/store/repeats.ts'
import { decodeIds } from '../../electron/store/runs.ts'
import { openScratch } from '../../electron/store/scratch.ts'
import type { Tally } from '../../electron/store/tally.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import type { FileReceipt, ImportReceipt } from '../../shared/domain/receipt.ts'
import { Parser, reread, type Said } from './batches.ts'
import { memoryStore } from './stores.ts'

interface File {
  readonly records: readonly Said[]
  readonly batch: number
}

interface Done {
  readonly told: readonly unknown[]
  readonly claimed: number
  readonly id: number
}

const key = '00'.repeat(16)
const identityOf = ({ records }: File): FileIdentity => ({
  hash: createHash('md5').update(JSON.stringify(records)).digest(),
  rules: 'these',
  mappings: '',
  alone: false,
})

/** Imports files; with `mayClaim` those are not read that came before. */
function importFiles(store: Store, files: readonly File[], cut: boolean, mayClaim: boolean): Done {
  const writer = new StoreWriter(store, { reread, ...(cut ? { spansPerTransaction: 1 } : {}) })
  const parser = new Parser(writer.seed())
  const id = writer.beginImport(files.map(({ records }, i) => ({ path: `/${i}`, bytes: records.length })))
  let claimed = 0
  for (const [i, file] of files.entries()) {
    writer.beginFile(i)
    const { records, batch } = file
    const repeat = mayClaim ? writer.findRepeat(records.length, identityOf(file)) : undefined
    if (repeat) {
      claimed++
      writer.repeat(repeat, records.length)
    } else {
      for (let from = 0; from < records.length; from += batch)
        writer.write(parser.batch(records.slice(from, from + batch)))
    }
    writer.endFile({ identity: identityOf(file), key })
  }
  const finished = writer.finish('complete')
  writer.saveReceipt(id, receiptOf(finished.files, finished.totals))
  const told = [...finished.files, finished.totals].map(tally => ({ ...tally, marks: [...tally.marks] }))
  return { told, claimed, id }
}

function receiptOf(files: readonly Tally[], totals: Tally): ImportReceipt {
  const of = ({ spans, traces }: Tally) => ({ spans, traces, unreadFields: [], unreadableCount: 0 })
  return {
    files: files.map(tally => of(tally) as unknown as FileReceipt),
    totals: { ...of(totals), unreadable: 0 },
  } as never
}

/** What each import claims, each record once (a repeat changes nothing), and the bodies its files use. */
function held(store: Store): unknown {
  const files = new Map<number, { records: Map<number, number>; bodies: Set<number> }>()
  const rows = store.db.prepare<[], { import: number; claims: Buffer; bodies: Buffer }>(
    'SELECT * FROM batch ORDER BY first',
  )
  const places = new Map(store.db.prepare<[], [number, number]>('SELECT id, pre FROM span').raw().all())
  for (const batch of rows.all()) {
    const of = files.get(batch.import) ?? { records: new Map(), bodies: new Set() }
    files.set(batch.import, of)
    for (const { record, place } of decodeClaims(batch.claims))
      if (!of.records.has(record)) of.records.set(record, place)
    decodeIds(batch.bodies, (first, n) => Array.from({ length: n }, (_, i) => of.bodies.add(first + i)))
  }
  // Records by their place in the order of the store: numbers may have gaps.
  const rank = new Map(recordIds(store).map((id, i) => [id, i]))
  return [...files].map(([id, { records, bodies }]) => ({
    id,
    bodies: [...bodies].sort((a, b) => a - b),
    claims: [...records].map(([record, place]) => [rank.get(record), place, places.get(record)]),
  }))
}

function recordIds(store: Store): number[] {
  const all = 'SELECT id FROM span UNION ALL SELECT id FROM extra ORDER BY id'
  return store.db.prepare<[], number>(all).pluck().all()
}

const says = (store: Store) => [...describeStore(store)]

/** Few traces, few spans, few variants: files overlap in whole records, in spans that differ and in texts. */
const anyRecord: fc.Arbitrary<Said> = fc
  .record({ trace: fc.nat(2), id: fc.nat(3), parent: fc.nat(4), variant: fc.nat(2), line: fc.nat(3) })
  .map(({ trace, id, parent, variant, line }) => ({
    trace: `trace ${trace}`,
    id: `span ${id}`,
    ...(parent < 4 ? { parent: `span ${parent}` } : {}),
    name: `variant ${variant}`,
    line,
    ...(variant > 0 ? { call: { model: `model ${variant}`, input: variant, output: id } } : {}),
    resource: `resource ${variant === 2 ? id : 0}`,
    texts: [`text ${variant} `.repeat(20), `text ${id} `.repeat(20)],
  }))
const anyFile = fc.record({
  records: fc.array(anyRecord, { minLength: 1, maxLength: 9 }),
  batch: fc.integer({ min: 1, max: 6 }),
})
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ files: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }), cut: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat(5) }) },
)

/** Dry and real, claimed and read: all must tell the same. */
function importBoth(store: Store, reading: Store, files: readonly File[], cut: boolean): Done {
  const dry = [store, reading].map(behind => {
    const scratch = openScratch(behind)
    const { told } = importFiles(scratch, files, cut, behind === store)
    const lines = says(scratch).filter(line => !line.startsWith('record')).length
    scratch.close()
    return { told, lines }
  })
  const done = importFiles(store, files, cut, true)
  const read = importFiles(reading, files, cut, false)
  expect(dry[1]!.told, 'read: dry as real').toEqual(read.told)
  expect(done.told, 'claimed as read').toEqual(read.told)
  expect(dry[0], 'dry: claimed as read').toEqual(dry[1])
  return done
}

test('claimed or read: every import, dry run and removal gives the same', () => {
  let claimed = 0
  fc.assert(
    fc.property(
      fc.array(anyFile, { minLength: 3, maxLength: 3 }),
      fc.array(anyStep, { minLength: 3, maxLength: 9 }),
      (files, steps) => {
        using store = memoryStore()
        using reading = memoryStore()
        const imports: { id: number; files: readonly File[]; cut: boolean }[] = []
        for (const step of steps) {
          if ('files' in step) {
            const chosen = step.files.map(i => files[i]!)
            const done = importBoth(store, reading, chosen, step.cut)
            claimed += done.claimed
            imports.push({ id: done.id, files: chosen, cut: step.cut })
          } else if (imports.length > 0) {
            const [gone] = imports.splice(step.remove % imports.length, 1)
            for (const each of [store, reading]) removeImport(each, gone!.id, { reread })
          }
          expect(held(store)).toEqual(held(reading))
          expect(says(store)).toEqual(says(reading))
        }
        using alone = memoryStore()
        for (const { files: left, cut } of imports) importFiles(alone, left, cut, false)
        expect(says(store)).toEqual(says(alone))
        for (const table of ['context', 'span', 'extra', 'call', 'trace', 'import', 'file']) {
          const count = (one: Store) => one.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
          expect([table, count(store)]).toEqual([table, count(alone)])
        }
        expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 30) },
  )
  expect(claimed).toBeGreaterThan(5)
}, 600_000)
