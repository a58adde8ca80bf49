// What a person sees who watches the list while a dump comes in.

import { setTimeout as sleep } from 'node:timers/promises'
import { openStore, type OpenStore } from '../helpers/open-store.ts'
import { importDump, removeStore } from './run.ts'
import { quantile } from './statistics.ts'

export interface Watching {
  /** From the start of the command to the first trace in the list. */
  readonly firstTraceSeconds: number
  /** A page of the list, 95th percentile in milliseconds. */
  readonly idle: number
  readonly during: number
}

const between = 10
const asksWhenIdle = 200

export async function watchList(dump: string, storePath: string): Promise<Watching> {
  removeStore(storePath)
  await using store = openStore(storePath)
  await page(store)
  const during: number[] = []
  let firstTraceSeconds = Number.NaN
  const started = performance.now()
  const done = { yet: false }
  const importing = importDump(dump, storePath).finally(() => (done.yet = true))
  while (!done.yet) {
    const { milliseconds, rows } = await page(store)
    during.push(milliseconds)
    if (rows > 0 && Number.isNaN(firstTraceSeconds)) firstTraceSeconds = (performance.now() - started) / 1000
    await sleep(between)
  }
  await importing
  const idle: number[] = []
  while (idle.length < asksWhenIdle) {
    idle.push((await page(store)).milliseconds)
    await sleep(between)
  }
  return { firstTraceSeconds, idle: quantile(idle, 0.95), during: quantile(during, 0.95) }
}

async function page(store: OpenStore): Promise<{ milliseconds: number; rows: number }> {
  const started = performance.now()
  const { rows } = await store.ask('traces.list', { sort: 'start', descending: true, offset: 0, limit: 50 })
  return { milliseconds: performance.now() - started, rows: rows.length }
}
