import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex } from './check-index.ts'
import { checkOracle } from './check-oracle.ts'
import { fixtureStore, recoverPrompts } from './corpus-store.ts'
import { writePromptsDump } from './prompts-dump.ts'
import { writeScriptsDump } from './scripts-dump.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

const seed = Number(process.env['QUERY_SEED'] ?? Date.now() & 0x7fffffff)

test.each(['from the records', 'from the index'])(
  'random queries find what a naive evaluation finds, %s',
  async how => {
    const [scripts, prompts] = [folder.file('scripts.jsonl'), folder.file('prompts.jsonl')]
    writeScriptsDump(scripts)
    writePromptsDump(prompts)
    const store = await fixtureStore(folder.file(`oracle ${how}.spanwise`), [scripts, prompts])
    await recoverPrompts(store)
    if (how === 'from the index') buildWholeIndex(store)
    const { asked, telling, spans, difference } = checkOracle(store, seed, 300)
    store.close()
    console.info(`oracle: seed ${seed}, ${asked} queries over ${spans} spans, ${telling} find some but not all`)
    expect(difference).toBeUndefined()
    expect(telling).toBeGreaterThan(60)
  },
  300_000,
)
