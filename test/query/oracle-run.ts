// The long form of the oracle test: `npm run oracle -- --queries 100000 --seed 7`; with `--corpus` over third-party dumps too,
// with `--scan` by reading records instead of the index.
import { parseArgs } from 'node:util'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex } from './check-index.ts'
import { checkOracle } from './check-oracle.ts'
import { fixtureStore, recoverPrompts } from './corpus-store.ts'
import { writePromptsDump } from './prompts-dump.ts'
import { writeScriptsDump } from './scripts-dump.ts'

const { values } = parseArgs({
  options: {
    queries: { type: 'string' },
    seed: { type: 'string' },
    corpus: { type: 'boolean' },
    scan: { type: 'boolean' },
  },
})
const queries = Number(values.queries ?? 100_000)
const seed = Number(values.seed ?? Date.now() & 0x7fffffff)

using folder = temporaryFolder()
writeScriptsDump(folder.file('scripts.jsonl'))
writePromptsDump(folder.file('prompts.jsonl'))
const more = values.corpus && corpusIsMissing === undefined ? claimed.map(corpusFile) : []
const store = await fixtureStore(folder.file('oracle.spanwise'), [
  folder.file('scripts.jsonl'),
  folder.file('prompts.jsonl'),
  ...more,
])
await recoverPrompts(store)
if (!values.scan) buildWholeIndex(store)
console.log(`seed ${seed}, ${queries} queries`)
const report = checkOracle(store, seed, queries, asked => {
  if (asked % 5000 === 0) console.log(`${asked} queries agree`)
})
store.close()
console.log(
  `${report.asked} queries over ${report.spans} spans, ${report.telling} of them found some spans but not all`,
)
if (report.difference !== undefined) {
  console.error(`They differ (seed ${seed}).\n${report.difference}`)
  process.exitCode = 1
}
