import { expect, test } from 'vitest'
import { checkMonth } from '../costs/check-month.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

test('costs and the report of a month say what another reading of the dump says', async () => {
  using folder = temporaryFolder()
  const { wrong, tables, figures } = await checkMonth(folder.file('month'), 3000)
  expect(wrong).toEqual([])
  expect([tables, figures > 15_000]).toEqual([13, true])
})
