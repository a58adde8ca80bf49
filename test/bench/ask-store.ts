// What a person waits for once the dump is in, asked of the inspector in a process of its own that has opened nothing yet.

import path from 'node:path'
import type { Input, Output, RequestName } from '../../shared/contract/index.ts'
import { createInspector } from '../../electron/inspector.ts'
import { forkInProcess } from '../../electron/hosts/memory.ts'
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
  const inspector = createInspector({
    fork: forkInProcess,
    storePath,
    samplePath: undefined,
    host: { kind: 'memory', version: 'bench' },
    emit: () => {},
  })
  const ask = async <K extends RequestName>(name: K, input: Input<K>): Promise<Output<K>> => {
    const answer = await inspector.ask(name, input)
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
    return answer.value as Output<K>
  }
  const list = (sort: 'start' | 'spans') => ask('traces.list', { sort, descending: true, offset: 0, limit: 50 })

  const [openAndList] = await timed(() => list('start'))
  const largest = (await list('spans')).rows[0]
  if (largest === undefined) throw new Error('The store has no traces.')
  const [largestTree] = await timed(() => ask('traces.tree', { id: largest.id }))
  const { imports } = await ask('imports.list', {})
  const [removal] = await timed(async () => {
    for (const one of imports) await ask('imports.remove', { import: one.id })
  })
  await inspector.close()
  return { openAndList, largestTree, largestTreeSpans: largest.spans, removal }
}

async function timed<T>(work: () => Promise<T>): Promise<[milliseconds: number, result: T]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}

if (import.meta.main) console.log(JSON.stringify(await answerAll(process.argv[2] ?? '')))
