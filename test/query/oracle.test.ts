import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { checkOracle } from './check-oracle.ts'
import { fixtureStore } from './corpus-store.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

const seed = Number(process.env['QUERY_SEED'] ?? Date.now() & 0x7fffffff)

test('random queries find what a naive evaluation finds', async () => {
  const store = await fixtureStore(folder.file('oracle.spanwise'))
  const { asked, telling, spans, difference } = checkOracle(store, seed, 300)
  store.close()
  console.info(`oracle: seed ${seed}, ${asked} queries over ${spans} spans, ${telling} find some but not all`)
  expect(difference).toBeUndefined()
  expect(telling).toBeGreaterThan(60)
}, 300_000)
