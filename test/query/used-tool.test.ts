import { afterAll, expect, test } from 'vitest'
import { costTable } from '../../electron/rpc/costs.ts'
import { openStore } from '../../electron/store/open.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { matchingRows } from '../../electron/store/table/matching.ts'
import { tableOf } from '../../electron/store/table/table.ts'
import type { ListValue } from '../../shared/contract/lists.ts'
import { clauseFor } from '../../shared/query/edit.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'
import { importHere } from '../helpers/import-here.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { loadOracle } from './corpus-store.ts'
import { Oracle } from './oracle.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

test('calls by the tools whose results they read: rows, lists, the cold answer and a naive one agree', async () => {
  // Random queries ask the fixtures for the same.
  const file = folder.file('tools.spanwise')
  await importHere(file, 'resources/sample/traces.jsonl.gz')
  const store = openStore(file)
  const oracle = new Oracle(loadOracle(store))
  const elsewhere = readElsewhere(store, () => undefined)
  const answer = await costTable(
    { store, elsewhere },
    { by: ['tool'], zone: 'UTC', measures: ['calls'], sort: { by: 'key', descending: false }, limit: 1000 },
    new AbortController().signal,
  )
  const table = tableOf(store)
  const counted = new Set(oracle.spans.filter(one => one.counted === 1).map(one => one.id))
  expect(answer.keys.length).toBeGreaterThan(3)
  // The language reads names without their case.
  const folded = (tool: ListValue | null | undefined) => ((tool ?? null) === null ? null : String(tool).toLowerCase())
  const callsOf = (tool: ListValue | null | undefined) =>
    answer.keys.reduce((sum, [key], r) => (folded(key) === folded(tool) ? sum + answer.values[r]! : sum), 0)
  for (const [tool] of answer.keys) {
    const clause = tool === null ? '-has:tool.used' : clauseFor({ id: 'tool.used' }, String(tool))
    const parsed = parseQuery(clause)
    if (!parsed.ok) throw new Error(parsed.error.message)
    const condition = resolveQuery(parsed.query, { now: 0n, zone: 'UTC' })!
    const naive = oracle.find(condition)
    expect([tool, naive.filter(id => counted.has(id)).length]).toEqual([tool, callsOf(tool)])
    const rows = matchingRows(table, condition, elsewhere)
    const ids = Array.from(table.layout.id.filter((_, row) => rows[row] === 1)).sort((a, b) => a - b)
    expect([tool, ids]).toEqual([tool, naive])
    const { spans } = findSpans(store, condition, () => undefined, { offset: 0, limit: 100_000 })
    expect(spans.map(one => one.id).sort((a, b) => a - b)).toEqual(naive)
  }
  store.close()
})
