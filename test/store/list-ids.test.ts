import { expect, test } from 'vitest'
import { engineLists } from '../../electron/rpc/lists.ts'
import { openStore } from '../../electron/store/open.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { importFile } from './stores.ts'

test('everything that matches is everything: no text is left to the index, nothing to patience', async () => {
  using folder = temporaryFolder()
  const store = openStore(folder.file('store.spanwise'), { create: true })
  importFile(store, [{ trace: 't', id: 'a', texts: ['a refund'] }])
  const lists = engineLists(store)
  const where = { query: 'refund', now: 0, zone: 'UTC', patience: 150 }
  const asked = async (name: string) =>
    lists.answers[name]!({ input: { list: 'spans', where }, given: [] } as never, new AbortController().signal)
  expect(await asked('lists.ids')).toMatchObject({ need: { type: 'spans', scan: true } })
  expect(await asked('lists.ids')).not.toHaveProperty('need.patience')
  expect(await asked('lists.totals')).toMatchObject({ need: { type: 'spans', scan: false, patience: 150 } })
  store.close()
})
