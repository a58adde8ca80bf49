// A process that dies in the middle: writes or removes until it is killed. Runs under plain Node, without Vite.
import { writeSync } from 'node:fs'
import { openStore } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { StoreWriter } from '../../electron/store/writer.ts'
import { Parser, reread } from './batches.ts'
import type { Said } from './batches.ts'

/** Spread over few traces, so that most are written in parts; every 20th says something else a second time. */
export const manyRecords: readonly Said[] = Array.from({ length: 3000 }, (_, i) => ({
  trace: `trace ${i % 9}`,
  id: `span ${i - (i % 20 === 19 ? 9 : 0)}`,
  ...(i > 9 ? { parent: `span ${(i >> 1) - (((i >> 1) % 9) - (i % 9))}` } : {}),
  name: `name ${i % 50}`,
  start: BigInt(i) * 1000n,
  texts: [`text ${i % 100} `.repeat(30)],
  ...(i % 3 === 0 ? { call: { model: 'm', input: i, output: 1 } } : {}),
  line: i,
}))

/** The same spans, half of them as they were and half with something new to say. */
export const otherRecords: readonly Said[] = manyRecords
  .slice(0, 600)
  .map((said, i) => (i % 2 === 0 ? said : { ...said, status: 'error' as const, texts: ['other '.repeat(40)] }))

/** Batches of 50, each a transaction. */
export function writeAll(file: string, records = manyRecords, eachBatch: () => void = () => {}): void {
  const store = openStore(file, { create: true })
  const writer = new StoreWriter(store, { reread, spansPerTransaction: 1 })
  const parser = new Parser(writer.seed())
  writer.beginImport([{ path: '/dumps/many.jsonl', bytes: 1 }])
  writer.beginFile(0)
  for (let from = 0; from < records.length; from += 50) {
    writer.write(parser.batch(records.slice(from, from + 50)))
    eachBatch()
  }
  writer.endFile()
  writer.finish('complete')
  store.close()
}

const [, , job, file] = process.argv
const giveSign = () => writeSync(1, '.')
if (job === 'write') writeAll(file!, manyRecords, giveSign)
if (job === 'remove') {
  let spansRead = 0
  const store = openStore(file!)
  removeImport(store, 1, {
    reread(records) {
      if (++spansRead === 100) {
        giveSign()
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000)
      }
      return reread(records)
    },
  })
}
