import { expect, test } from 'vitest'
import { spanwise } from '../helpers/product.ts'
import { prepareStore, store } from './cli-store.ts'

prepareStore()

const success = (...words: string[]) => spanwise(['success', ...words, '--store', store])

test('a definition is made, replaced, used by costs and removed', async () => {
  expect((await success()).stdout).toBe('The store has no definition of success.\n')
  await success('answered', 'name:nothing')
  await success('answered', 'name:answer')
  const { stdout } = await success('answered', 'name:x', '--feature', 'search', '--json')
  expect(JSON.parse(stdout)).toEqual({
    successes: [
      { name: 'answered', query: 'name:answer' },
      { name: 'answered', feature: 'search', query: 'name:x' },
    ],
  })
  const judged = (...words: string[]) => spanwise(['costs', '--store', store, '--json', ...words])
  const { total } = JSON.parse((await judged('--success', 'answered')).stdout) as { total: object }
  expect(total).toMatchObject({ calls: 1, successes: 1, costPerSuccess: null })
  const asked = JSON.parse((await judged('--success', 'name:nothing')).stdout) as { total: object }
  expect(asked.total).toMatchObject({ successes: 0, costPerSuccess: null })
  const mistyped = await judged('--success', 'anwsered')
  expect([mistyped.code, mistyped.stdout]).toEqual([1, ''])
  expect(mistyped.stderr).toContain('No definition of success is called anwsered. There is answered')
  expect((await judged('--success', '"anwsered"')).code).toBe(0)
  expect(JSON.parse((await judged()).stdout)).not.toHaveProperty('total.successes')
  const text = await spanwise(['costs', '--store', store, '--success', 'answered'])
  expect(text.stdout).toMatch(/SUCCESSES +COST\/SUCCESS\n/)
  const csv = await spanwise(['costs', '--store', store, '--success', 'answered', '--csv'])
  expect(csv.stdout).toMatch(/,"successes","cost_per_success_usd"\r\n.*,1,\r\n$/)
  expect((await success('--remove', 'search/answered')).stdout).not.toContain('search')
  expect((await success('--remove', 'gone')).stderr).toBe('spanwise: There is no definition called gone.\n')
  expect((await success('name')).stderr).toBe('spanwise: success takes a name and a query, or --remove and a name.\n')
  expect((await success('a', 'name:(')).stderr).toMatch(/^spanwise: The query has a mistake at character/)
})
