import { existsSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { costTable } from '../../electron/rpc/costs.ts'
import { openStore } from '../../electron/store/open.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { matchingRows } from '../../electron/store/table/matching.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import type { ListValue } from '../../shared/contract/lists.ts'
import type { Measure } from '../../shared/query/cost-measures.ts'
import { clauseFor } from '../../shared/query/edit.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import { callsOf } from '../../renderer/views/costs/model/clauses.ts'
import { importHere } from '../helpers/import-here.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { loadOracle } from './corpus-store.ts'
import { Oracle } from './oracle.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

// What cells of a cost table count, and the queries they open: rows, lists, the cold answer and a naive one agree. Random
// queries ask the fixtures for the same.
const file = folder.file('sample.spanwise')

async function opened() {
  if (!existsSync(file)) await importHere(file, 'resources/sample/traces.jsonl.gz')
  const store = openStore(file)
  const oracle = new Oracle(loadOracle(store))
  const elsewhere = readElsewhere(store, () => undefined)
  const counted = new Set(oracle.spans.filter(one => one.counted === 1).map(one => one.id))
  return {
    table: (by: readonly string[], measure: Measure) =>
      costTable(
        { store, elsewhere },
        { by: [...by], zone: 'UTC', measures: [measure], sort: { by: 'key', descending: false }, limit: 1000 },
        new AbortController().signal,
      ),
    /** How many calls a query finds, whichever way it is answered. */
    callsFound: (query: string): number => {
      const parsed = parseQuery(query)
      if (!parsed.ok) throw new Error(parsed.error.message)
      const condition = resolveQuery(parsed.query, { now: 0n, zone: 'UTC' })!
      const naive = oracle.find(condition)
      const table = tableOf(store)
      const rows = matchingRows(table, condition, elsewhere)
      const ids = Array.from(table.layout.id.filter((_, row) => rows[row] === 1)).sort((a, b) => a - b)
      expect([query, ids]).toEqual([query, naive])
      const { spans } = findSpans(store, condition, () => undefined, { offset: 0, limit: 100_000 })
      expect(spans.map(one => one.id).sort((a, b) => a - b)).toEqual(naive)
      return naive.filter(id => counted.has(id)).length
    },
    [Symbol.dispose]: () => store.close(),
  }
}

test('calls by the tools whose results they read', async () => {
  using sample = await opened()
  const answer = await sample.table(['tool'], 'calls')
  expect(answer.keys.length).toBeGreaterThan(3)
  // The language reads names without their case.
  const folded = (tool: ListValue | null | undefined) => ((tool ?? null) === null ? null : String(tool).toLowerCase())
  const callsOf = (tool: ListValue | null | undefined) =>
    answer.keys.reduce((sum, [key], r) => (folded(key) === folded(tool) ? sum + answer.values[r]! : sum), 0)
  for (const [tool] of answer.keys) {
    const clause = tool === null ? '-has:tool.used' : clauseFor({ id: 'tool.used' }, String(tool))
    expect([tool, sample.callsFound(clause)]).toEqual([tool, callsOf(tool)])
  }
})

test('calls that were tried again', async () => {
  using sample = await opened()
  const answer = await sample.table(['model'], 'retries')
  expect(answer.total[0]).toBeGreaterThan(3)
  expect(sample.callsFound('is:retried')).toBe(answer.total[0])
  for (const [r, key] of answer.keys.entries()) {
    const { query } = callsOf('', ['model'], undefined, key, 'retries')
    expect([query, sample.callsFound(query)]).toEqual([query, answer.values[r]])
  }
})
