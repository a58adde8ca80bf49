// Damaged copies of real dumps: a few of every format in threads of this process, and many in one import of the product.
// npm run fuzz is the long form of the former.

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ImportReceipt } from '../../shared/domain/receipt.ts'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { fixture } from '../helpers/fixtures.ts'
import { productCommand } from '../helpers/product.ts'
import { seededRandom } from '../helpers/random.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { measure } from '../helpers/watch-processes.ts'
import { formats } from '../../electron/import/formats/index.ts'
import { basesByFormat } from './fuzz-bases.ts'
import { fuzz } from './fuzz-run.ts'
import { mutate } from './mutate.ts'
import { problemsOf } from './store-checks.ts'

const mutants = 120
const seed = Number(process.env['SPANWISE_SEED'] ?? 1)
/** One import process takes so many, so that what it leaks adds up and a culprit is soon found. */
const perImport = 60
/** A damaged file of 100 KB is read in milliseconds: nothing may take longer than this in all. */
const hang = 30_000
const memoryLimit = 600e6

const sources = [
  'otlp-genai/openai-contrib.jsonl',
  'otlp-genai/openai-contrib.jsonl.gz',
  'otlp-proto/single-request.pb',
  'otlp-proto/collector-frames.bin',
  'otlp-proto/collector-zstd-frames.bin',
  'packed/traces.jsonl.zst',
  'packed/traces.jsonl.br',
  'packed/members.zip',
  'openinference/agent-retriever-tools.jsonl',
  'flat/support-ticket.jsonl',
  'malformed/parents.json',
  'malformed/hostile-text.json',
]
  .map(fixture)
  .concat(corpusIsMissing === undefined ? claimed.map(corpusFile).filter(file => statSync(file).size < 300_000) : [])

const bases = await basesByFormat()

test('there is something to damage of every format and every way of packing', () => {
  const kinds = [...formats.map(({ id }) => id), 'gzip', 'zstd', 'brotli', 'zip', 'protobuf', 'frames']
  expect(kinds.filter(kind => !bases.has(kind))).toEqual([])
})

test.for([...bases.keys()])('damaged copies of %s cost what is damaged', { timeout: 120_000 }, async kind => {
  expect(await fuzz(kind, bases.get(kind)!, 25, seed)).toEqual([])
})

test(
  `${mutants} damaged files are read or refused, never a crash, a hang or a heap of memory`,
  { timeout: 60_000 + (mutants / perImport) * hang },
  async () => {
    const random = seededRandom(seed)
    for (let done = 0; done < mutants; done += perImport) {
      using folder = temporaryFolder()
      const damaged = folder.file('damaged')
      mkdirSync(damaged)
      for (let i = 0; i < Math.min(perImport, mutants - done); i++) {
        writeFileSync(path.join(damaged, `${i}.bin`), mutate(readFileSync(random.pick(sources)), random))
      }
      const store = folder.file('store.spanwise')
      const use = await measure(...productCommand(['import', damaged, '--store', store, '--json']), hang)
      const where = `mutants ${done} to ${done + perImport} of seed ${seed}`
      expect(use.code, `${where}\n${use.stderr}`).toBeOneOf([0, 1, 2])
      const receipt = JSON.parse(use.stdout) as ImportReceipt
      expect(receipt.files, where).toHaveLength(Math.min(perImport, mutants - done))
      expect(Math.max(...use.processes.map(one => one.peakBytes)), where).toBeLessThan(memoryLimit)
      expect(problemsOf(store), where).toEqual([])
    }
  },
)
