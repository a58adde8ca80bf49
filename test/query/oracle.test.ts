import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex } from './check-index.ts'
import { checkOracle } from './check-oracle.ts'
import { fixtureStore } from './corpus-store.ts'
import { writeScriptsDump } from './scripts-dump.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

const seed = Number(process.env['QUERY_SEED'] ?? Date.now() & 0x7fffffff)

test.each(['from the records', 'from the index'])(
  'random queries find what a naive evaluation finds, %s',
  async how => {
    const [file, scripts] = [folder.file(`oracle ${how}.spanwise`), folder.file('scripts.jsonl')]
    writeScriptsDump(scripts)
    const store = await fixtureStore(file, [scripts])
    if (how === 'from the index') buildWholeIndex(store)
    const { asked, telling, spans, difference } = checkOracle(store, seed, 300)
    store.close()
    console.info(`oracle: seed ${seed}, ${asked} queries over ${spans} spans, ${telling} find some but not all`)
    expect(difference).toBeUndefined()
    expect(telling).toBeGreaterThan(60)
  },
  300_000,
)
