// What cost tables of a month of calls take, at the contract: flat rows without texts, a million as a rule. Pricing is no part
// of an import: what a call costs follows from its row and the price list, and is worked out with the first question.

import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { removeColumns } from '../../../electron/store/table/kept-columns.ts'
import { schemaVersion } from '../../../electron/store/schema.ts'
import type { Input } from '../../../shared/contract/index.ts'
import { writeMonth } from '../../costs/month-dump.ts'
import type { OpenStore } from '../../helpers/open-store.ts'
import type { Random } from '../../helpers/random.ts'
import { askClass, openBuilt, printRows, rowOf } from '../query/bench-query.ts'
import { question } from '../query/list-classes.ts'
import type { QueryClass, QueryRow } from '../query/query-class.ts'
import { importDump } from '../run.ts'
import { duckPivots } from './duck-pivots.ts'

export interface CostsReport {
  readonly calls: number
  readonly rows: readonly QueryRow[]
  /** Median of three keys here by DuckDB's in the same run; absent where it is not installed. */
  readonly toDuck?: number
}

export interface CostsOptions {
  readonly folder: string
  readonly seed: number
  readonly calls: number
}

const pivot = (more: Partial<Input<'costs.table'>>): Input<'costs.table'> => ({
  by: ['model', 'prompt.version'],
  per: 'day',
  zone: 'Europe/Berlin',
  measures: ['calls', 'input', 'output', 'cost', 'latency.p50', 'latency.p95', 'latency.p99'],
  sort: { by: 'cost', descending: true },
  limit: 200,
  ...more,
})

const threeKeys = 'three keys, sums and percentiles'
const thirds = ['feature', 'team', 'environment', 'prompt', 'application'] as const

/** A filter of one or two clauses, hardly ever the same twice. */
function filter(random: Random): string {
  const clause = () =>
    random.pick([
      () => `tokens.input:>${random.below(15_000)}`,
      () => `duration:>${random.below(3000)}ms`,
      () => `user:user_${random.below(9)}*`,
      () => `feature:${random.pick(['search', 'refund', 'chat'])} tokens.output:<${random.below(3000)}`,
      () => `-team:blue duration:<${1000 + random.below(3000)}ms`,
    ])()
  return `${clause()} ${random.below(2) === 0 ? '' : clause()}`.trim()
}

async function asked(store: OpenStore, input: Input<'costs.table'>): Promise<number> {
  return (await store.ask('costs.table', input)).rows
}

function classesOf(calls: number): readonly QueryClass[] {
  const goal = calls > 2_000_000 ? 100 : 50
  return [
    {
      name: threeKeys,
      goal,
      warm: 10,
      asks: 100,
      ask: (store, random) => asked(store, pivot({ by: ['model', random.pick(thirds)] })),
    },
    {
      name: 'three keys under a new filter',
      goal,
      warm: 10,
      asks: 100,
      ask: (store, random) => asked(store, pivot({ where: question(filter(random)) })),
    },
    {
      name: 'all measures by three keys',
      warm: 3,
      asks: 20,
      ask: (store, random) =>
        asked(store, pivot({ by: ['provider', random.pick(thirds)], compare: question(filter(random)) })),
    },
    {
      name: 'what other prices would change',
      goal: (10_000 * calls) / 1_000_000,
      warm: 0,
      asks: 3,
      ask: async store => (await store.ask('prices.preview', {})).calls,
    },
  ]
}

const firsts = 3

/** In processes of their own, which are ended between. */
async function firstRow(name: string, goal: number | undefined, file: string, before: () => void): Promise<QueryRow> {
  const times: number[] = []
  let found = 0
  for (let n = 0; n < firsts; n++) {
    before()
    await using store = openBuilt(file)
    await store.ask('store.summary', {})
    const started = performance.now()
    found += await asked(store, pivot({}))
    times.push(performance.now() - started)
  }
  return rowOf(name, goal, times, found / firsts)
}

export function printCosts({ calls, rows, toDuck }: CostsReport): void {
  console.log(`\nCost tables of ${calls} calls, from asking to the answer; ! where p95 is past its goal.\n`)
  printRows(rows)
  const words = toDuck === undefined ? 'DuckDB is not installed.' : `${toDuck.toFixed(2)} x DuckDB (0.5).`
  console.log(`\nThree keys: ${words}`)
}

export async function benchCosts({ folder, seed, calls }: CostsOptions): Promise<CostsReport> {
  const dump = path.join(folder, `month-${calls}.jsonl`)
  const file = path.join(folder, `month-${schemaVersion}-${calls}.spanwise`)
  if (!existsSync(dump)) await writeMonth(dump, calls)
  if (!existsSync(file)) {
    rmSync(`${file}.part`, { force: true })
    await importDump(dump, `${file}.part`)
    renameSync(`${file}.part`, file)
  }
  const rows = [
    await firstRow('first question after an import, from rows', undefined, file, () => removeColumns(file)),
    await firstRow('first question, with the columns read', 250, file, () => {}),
  ]
  {
    await using store = openBuilt(file)
    for (const one of classesOf(calls)) {
      process.stderr.write(`  ${one.name} …\n`)
      rows.push(await askClass(store, one, seed))
    }
  }
  const duck = await duckPivots(dump, thirds)
  if (duck.length === 0) return { calls, rows }
  const other = rowOf('DuckDB: three keys, sums and percentiles', undefined, duck, 0)
  return { calls, rows: [...rows, other], toDuck: rows.find(({ name }) => name === threeKeys)!.p50 / other.p50 }
}
