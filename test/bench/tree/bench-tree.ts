// What the tree of a trace of 100,000 spans takes: in the engine, and from asking its process until the columns are there.

import { openStore } from '../../../electron/store/open.ts'
import { tableOf } from '../../../electron/store/table/table.ts'
import { readTree } from '../../../electron/store/trace-tree.ts'
import { giantStore } from '../page/shapes.ts'
import { openBuilt } from '../query/bench-query.ts'
import { median } from '../statistics.ts'

export interface TreeRow {
  readonly name: string
  /** Milliseconds, median of the rounds. */
  readonly wall: number
  /** Of the processor; absent where another process does the work. */
  readonly cpu?: number
  readonly goal?: number
}

const rounds = 7

export async function benchTree(folder: string): Promise<readonly TreeRow[]> {
  const file = await giantStore(folder)
  const times = new Map<string, { wall: number; cpu: number }[]>()
  for (let round = 0; round < rounds; round++) {
    const store = openStore(file)
    const giant = store.statement<[], number>('SELECT id FROM trace ORDER BY spans DESC LIMIT 1').pluck().get()!
    const rows = store.statement<[number], unknown[]>('SELECT * FROM span WHERE trace = ?').raw()
    take(times, 'all rows as arrays, nothing else', () => rows.all(giant))
    take(times, 'the first time, from the file', () => readTree(store, giant))
    tableOf(store)
    take(times, 'from columns in memory', () => readTree(store, giant))
    take(times, 'again', () => readTree(store, giant))
    store.close()
  }
  const goals: { readonly [name: string]: number } = {
    'the first time, from the file': 120,
    'from columns in memory': 25,
    again: 25,
  }
  const engine = [...times].map(([name, all]): TreeRow => {
    const goal = goals[name]
    const [wall, cpu] = [median(all.map(one => one.wall)), median(all.map(one => one.cpu))]
    return { name, wall, cpu, ...(goal === undefined ? {} : { goal }) }
  })
  return [...engine, ...(await acrossProcesses(file))]
}

function take(times: Map<string, { wall: number; cpu: number }[]>, name: string, work: () => unknown): void {
  const [started, used] = [performance.now(), process.cpuUsage()]
  work()
  const wall = performance.now() - started
  const { user, system } = process.cpuUsage(used)
  times.set(name, [...(times.get(name) ?? []), { wall, cpu: (user + system) / 1000 }])
}

/** Through the built processes; the columns cross as buffers. */
async function acrossProcesses(file: string): Promise<TreeRow[]> {
  await using store = openBuilt(file)
  const asked = { list: 'traces', columns: [], offset: 0, limit: 1 } as const
  const sort = { column: 'spans', descending: true } as const
  const id = (await store.ask('lists.rows', { ...asked, sort })).id[0]!
  await store.ask('lists.totals', { list: 'traces' })
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await store.ask('traces.tree', { id })
    times.push(performance.now() - started)
  }
  return [{ name: 'asked of the engine, until it is here', wall: median(times.slice(1)) }]
}

export function printTree(rows: readonly TreeRow[]): void {
  console.log(
    '\nThe tree of a trace of 100,000 spans; milliseconds, medians; ! where the processor time is past the goal.\n',
  )
  const figure = (n: number | undefined) => (n === undefined ? '' : n.toFixed(1))
  for (const { name, wall, cpu, goal } of rows) {
    const mark = goal !== undefined && (cpu ?? wall) > goal ? '!' : ''
    const cells = [figure(wall), `${figure(cpu)}${mark}`, goal === undefined ? '' : `goal ${goal}`]
    console.log(`${name.padEnd(40)}${cells.map(cell => cell.padStart(12)).join('')}`)
  }
}
