import { describe, expect, test } from 'vitest'
import { costTable } from '../../electron/rpc/costs.ts'
import type { Store } from '../../electron/store/open.ts'
import { listSuccesses, removeSuccess, saveSuccess } from '../../electron/store/successes.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { successQueries } from '../../shared/query/success.ts'
import type { Said } from './batches.ts'
import { freshStore, importFile, memoryStore } from './stores.ts'

const call = (trace: string, feature: string, name: string, cost: number): Said[] => [
  { trace, id: `${trace}1`, name, kind: 'agent', start: 1n, feature },
  { trace, id: `${trace}2`, parent: `${trace}1`, name: 'chat', kind: 'generation', start: 2n, feature, call: { cost } },
]

/** Two refunds, of which one was solved; a search that was clicked; a chat that nobody judges. */
const records: Said[] = [
  ...call('a', 'refund', 'solved', 100),
  ...call('b', 'refund', 'open', 50),
  ...call('c', 'search', 'clicked', 30),
  ...call('d', 'chat', 'solved', 7),
]

async function judged(store: Store, written: string) {
  const definitions = listSuccesses(store).map(one => one.success)
  const { query, among } = successQueries(definitions, written)!
  const question = (text: string) => ({ query: text, now: 0, zone: 'UTC' })
  const answer = await costTable(
    { store, elsewhere: readElsewhere(store, () => undefined) },
    {
      by: ['feature'],
      zone: 'UTC',
      measures: ['outcomes', 'costPerOutcome', 'cost'],
      sort: { by: 'key', descending: false },
      limit: 10,
      success: question(query),
      ...(among === undefined ? {} : { successAmong: question(among) }),
    },
    new AbortController().signal,
  )
  const n = answer.keys.length
  const rows = answer.keys.map((key, r) => [key[0], answer.values[r], answer.values[n + r]])
  return { rows, total: Array.from(answer.total) }
}

describe('what counts as a success', () => {
  test('is saved by feature and name, replaced, renamed and removed; a store that is opened again has it', () => {
    using store = freshStore()
    const solved = { name: 'solved', query: 'name:solved' }
    const { id, replaced } = saveSuccess(store, solved)
    expect(replaced).toBeNull()
    saveSuccess(store, { name: 'solved', feature: 'search', query: 'name:clicked' })
    expect(saveSuccess(store, { name: 'solved', query: 'score.solved:true' }).replaced).toEqual(solved)
    const renamed = saveSuccess(store, { name: 'done', query: 'name:solved' }, id)
    expect(renamed.replaced).toEqual({ name: 'solved', query: 'score.solved:true' })
    expect(listSuccesses(store).map(one => one.success)).toEqual([
      { name: 'done', query: 'name:solved' },
      { name: 'solved', feature: 'search', query: 'name:clicked' },
    ])
    removeSuccess(store, renamed.id)
    expect(() => removeSuccess(store, renamed.id)).toThrow('There is no such definition any more.')
    expect(listSuccesses(store)).toHaveLength(1)
  })

  test('what cannot be read, or has the name of another, changes nothing', () => {
    using store = memoryStore()
    const { id } = saveSuccess(store, { name: 'a', query: 'x' })
    saveSuccess(store, { name: 'b', query: 'y' })
    expect(() => saveSuccess(store, { name: 'c', query: 'name:(' })).toThrow('The query has a mistake at character')
    expect(() => saveSuccess(store, { name: 'b', query: 'z' }, id)).toThrow('There is a definition called b already.')
    expect(listSuccesses(store).map(one => one.success.query)).toEqual(['x', 'y'])
    for (let n = 2; n < 100; n++) saveSuccess(store, { name: `n${n}`, query: 'x' })
    expect(() => saveSuccess(store, { name: 'more', query: 'x' })).toThrow('100 definitions of success at most')
    saveSuccess(store, { name: 'a', query: 'changed' })
    expect(listSuccesses(store)).toHaveLength(100)
  })

  test('each trace is judged by its feature, and only what could succeed is shared among successes', async () => {
    using store = memoryStore()
    importFile(store, records)
    saveSuccess(store, { name: 'good', feature: 'refund', query: 'name:solved' })
    saveSuccess(store, { name: 'good', feature: 'search', query: 'name:clicked' })
    const { rows, total } = await judged(store, 'Good')
    expect(rows).toEqual([
      ['chat', 0, Number.NaN],
      ['refund', 1, 150],
      ['search', 1, 30],
    ])
    expect(total).toEqual([2, 90, 187])
    expect((await judged(store, 'refund/good')).total).toEqual([1, 150, 187])
  })

  test('of all features, and a query that has no name', async () => {
    using store = memoryStore()
    importFile(store, records)
    saveSuccess(store, { name: 'solved', query: 'name:solved OR name:clicked' })
    expect((await judged(store, 'solved')).total).toEqual([3, 187 / 3, 187])
    expect((await judged(store, 'name:solved')).total).toEqual([2, 93.5, 187])
  })
})
