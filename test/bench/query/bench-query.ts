// What a question to a store of a million spans takes, at the contract: processes as in the browser host, and the time from
// asking until the answer is there.

import path from 'node:path'
import { createInspector } from '../../../electron/inspector.ts'
import { forkNode } from '../../../electron/hosts/fork-node.ts'
import { seededRandom } from '../../helpers/random.ts'
import { inspectorStore, type OpenStore } from '../../helpers/open-store.ts'
import { checkout } from '../../helpers/product.ts'
import { quantile } from '../statistics.ts'
import { coldRows } from './cold.ts'
import { duckRows } from './duck.ts'
import { duringRows } from './during.ts'
import { floorRows } from './floors.ts'
import { listClasses } from './list-classes.ts'
import { millionSpans } from './million.ts'
import type { QueryClass, QueryRow } from './query-class.ts'
import { structureClasses } from './structure-classes.ts'
import { commonWord, prepareTexts, textClasses } from './text-classes.ts'

/** In the order in which they are asked and printed. */
const classes: readonly QueryClass[] = [...listClasses, ...structureClasses, ...textClasses]

export interface QueryReport {
  readonly spans: number
  readonly rows: readonly QueryRow[]
}

export interface QueryOptions {
  readonly folder: string
  readonly seed: number
  /** Part of the million, for trying it out. */
  readonly scale: number
  /** Names of classes contain this. */
  readonly only: string | undefined
}

export async function benchQuery({ folder, seed, scale, only = '' }: QueryOptions): Promise<QueryReport> {
  const { file } = await millionSpans(folder, scale)
  await prepared(file)
  const rows: QueryRow[] = 'cold start'.includes(only) ? await coldRows(file, openBuilt, commonWord()) : []
  await using store = openBuilt(file)
  const { spans } = await store.ask('store.summary', {})
  for (const one of classes.filter(({ name }) => name.includes(only))) {
    process.stderr.write(`  ${one.name} …\n`)
    rows.push(await askClass(store, one, seed))
  }
  if ('floor'.includes(only)) rows.push(...(await floorRows(store, file, seed)))
  if ('during'.includes(only)) {
    const asked = classes.filter(({ name }) => watched.includes(name))
    rows.push(...(await duringRows(file, folder, openBuilt, asked)))
  }
  if ('duckdb'.includes(only)) rows.push(...(await duckRows(file, seed)))
  return { spans, rows }
}

/** What is asked while an import runs. */
const watched = ['list: a page, any list, order and place', 'text, first 50: a word']

/** The index is complete before anything is measured. */
async function prepared(file: string): Promise<void> {
  await using store = openBuilt(file)
  await prepareTexts(store)
}

export async function askClass(store: OpenStore, one: QueryClass, seed: number): Promise<QueryRow> {
  const { name, goal, warm = 10, asks = 200 } = one
  const random = seededRandom(seed)
  await one.prepare?.(store)
  for (let n = 0; n < warm; n++) await one.ask(store, random, n)
  const times: number[] = []
  let found = 0
  for (let n = 0; n < asks; n++) {
    const started = performance.now()
    found += await one.ask(store, random, warm + n)
    times.push(performance.now() - started)
  }
  return rowOf(name, goal, times, found / asks)
}

export function rowOf(name: string, goal: number | undefined, times: readonly number[], found: number): QueryRow {
  const at = (share: number) => quantile(times, share)
  return {
    name,
    ...(goal === undefined ? {} : { goal }),
    asks: times.length,
    p50: at(0.5),
    p95: at(0.95),
    most: at(1),
    found,
  }
}

/** A store asked through the built processes. */
export function openBuilt(file: string): OpenStore {
  return inspectorStore(
    createInspector({
      fork: name => forkNode(name, path.join(checkout, 'out/main', `${name}.js`)),
      storePath: file,
      samplePath: undefined,
      host: { kind: 'memory', version: 'test' },
      emit: () => {},
    }),
  )
}

const heads = ['', 'asked', 'p50 ms', 'p95 ms', 'most ms', 'goal', 'found']

export function printQueries({ spans, rows }: QueryReport): void {
  console.log(`\nQuestions to a store of ${spans} spans, from asking to the answer; ! where p95 is past its goal.\n`)
  printRows(rows)
}

export function printRows(rows: readonly QueryRow[]): void {
  const cells = rows.map(({ name, goal, asks, p50, p95, most, found }) => [
    name,
    String(asks),
    digits(p50),
    `${digits(p95)}${goal !== undefined && p95 > goal ? '!' : ''}`,
    digits(most),
    goal === undefined ? '' : String(Math.round(goal)),
    found.toFixed(0),
  ])
  const table = [heads, ...cells]
  const widths = heads.map((_, column) => Math.max(...table.map(row => row[column]!.length)))
  for (const row of table) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
  }
}

function digits(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(2) : milliseconds.toFixed(1)
}
