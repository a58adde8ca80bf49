// What a person waits for once the dump is in, asked of the inspector in a process of its own that has opened nothing yet.

import path from 'node:path'
import { openStore } from '../helpers/open-store.ts'
import { checkout } from '../helpers/product.ts'
import { measure } from '../helpers/watch-processes.ts'
import type { Questions } from './report.ts'

/** Asks in a new process and waits for its answers. Removes the import from the store at the end. */
export async function askStore(storePath: string): Promise<Questions> {
  const script = path.join(checkout, 'test/bench/ask-store.ts')
  const { code, stdout, stderr } = await measure(process.execPath, [script, storePath])
  if (code !== 0) throw new Error(`The questions were not answered.\n${stderr}`)
  return JSON.parse(stdout) as Questions
}

async function answerAll(storePath: string): Promise<Questions> {
  await using store = openStore(storePath)
  const list = (sort: 'start' | 'spans') => store.ask('traces.list', { sort, descending: true, offset: 0, limit: 50 })

  const [openAndList] = await timed(() => list('start'))
  const largest = (await list('spans')).rows[0]
  if (largest === undefined) throw new Error('The store has no traces.')
  const [largestTree] = await timed(() => store.ask('traces.tree', { id: largest.id }))
  const { imports } = await store.ask('imports.list', {})
  const [removal] = await timed(async () => {
    for (const one of imports) await store.ask('imports.remove', { import: one.id })
  })
  return { openAndList, largestTree, largestTreeSpans: largest.spans, removal }
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}

if (import.meta.main) console.log(JSON.stringify(await answerAll(process.argv[2] ?? '')))
