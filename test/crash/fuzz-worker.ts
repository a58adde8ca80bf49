// Reads damaged copies one after another, in a thread of its own: what hangs or eats the heap can be ended from outside.

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parentPort } from 'node:worker_threads'
import { readRawSpan } from '../../electron/import/reading.ts'
import { Reading, spanOf, type ReadFile } from '../import/helpers.ts'
import type { Base } from './fuzz-bases.ts'
import { damage, fuzzFolder, type Assignment } from './fuzz-run.ts'

/** One parser reads so many files, as in one import. */
const perParser = 25

mkdirSync(fuzzFolder, { recursive: true })
parentPort!.on('message', (work: Assignment) => void readCopies(work))

async function readCopies({ bases, seed, from, to, progress, kind }: Assignment): Promise<void> {
  const [at, since] = [new Int32Array(progress, 0, 1), new Float64Array(progress, 8, 1)]
  const intact = bases[0]!
  const expected = await new Reading().read(intact.bytes)
  let reading = new Reading()
  for (let i = from; i < to; i++) {
    Atomics.store(at, 0, i)
    since[0] = Date.now()
    const { bytes, pieces } = damage(bases, kind, seed, i)
    // What a heap that ends in the middle of V8's own work takes with it, this thread and its process, is found here.
    writeFileSync(path.join(fuzzFolder, `${kind}-at-hand`), bytes)
    try {
      check(await reading.read(bytes, pieces))
      if ((i + 1) % perParser === 0) {
        since[0] = Date.now()
        checkIntact(intact, expected, await reading.read(intact.bytes))
        reading = new Reading()
      }
    } catch (error) {
      parentPort!.postMessage({ i, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, [])
      reading = new Reading()
    }
  }
  parentPort!.postMessage('done', [])
}

/** Whatever was kept is read again as it was. */
function check({ records, unreadable }: ReadFile): void {
  const stumble = unreadable.find(({ code }) => code === 'import/not-understood')
  if (stumble) throw new Error(stumble.message)
  for (const record of records) {
    JSON.parse(record.context)
    spanOf(record)
    const traceId = readRawSpan([record])?.traceId
    if (traceId !== record.traceId) {
      throw new Error(`Read again, a record of ${record.traceId} is one of ${String(traceId)}.`)
    }
  }
}

/** Damaged files leave nothing behind in the parser that read them; ids of rows without any are counted on. */
function checkIntact(intact: Base, expected: ReadFile, { records, unreadable }: ReadFile): void {
  const texts = (file: Pick<ReadFile, 'records'>) => file.records.map(({ record }) => record).join('\n')
  if (texts({ records }) !== texts(expected) || unreadable.length !== expected.unreadable.length) {
    throw new Error(`After it, ${intact.name} gives other records.`)
  }
}
