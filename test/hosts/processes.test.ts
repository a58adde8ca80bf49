import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { EventData, Input, Output, RequestName } from '../../shared/contract/index.ts'
import { forkNode } from '../../electron/hosts/fork-node.ts'
import { createInspector, type Inspector } from '../../electron/inspector.ts'
import type { Child, ProcessName } from '../../electron/processes/process.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

// Real processes from the sources, killed as an out-of-memory killer would.

const folder = temporaryFolder()
const spans = 60_000
const dump = folder.file('large.jsonl')
const open: Inspector[] = []

beforeAll(async () => {
  const out = createWriteStream(dump)
  for (let i = 0; i < spans; i++) {
    const row = {
      trace_id: `t${i >> 4}`,
      span_id: `s${i}`,
      model_name: 'm',
      input_tokens: i,
      latency_ms: 5,
      note: 'x'.repeat(900) + i,
    }
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
})
afterAll(async () => {
  await Promise.all(open.map(inspector => inspector.close()))
  folder[Symbol.dispose]()
})

function start(name: string) {
  const children = new Map<ProcessName, Child>()
  const states: string[] = []
  const progress: EventData<'imports.progress'>[] = []
  const ended: EventData<'imports.ended'>[] = []
  const inspector = createInspector({
    fork: process => {
      const child = forkNode(process)
      children.set(process, child)
      return child
    },
    storePath: folder.file(name),
    samplePath: undefined,
    host: { kind: 'memory', version: 'test' },
    emit: (event, data) => {
      if (event === 'process.state') {
        const { process, state } = data as EventData<'process.state'>
        states.push(`${process} ${state}`)
      } else if (event === 'imports.progress') progress.push(data as EventData<'imports.progress'>)
      else if (event === 'imports.ended') ended.push(data as EventData<'imports.ended'>)
    },
  })
  open.push(inspector)
  const ask = async <K extends RequestName>(question: K, input: Input<K>): Promise<Output<K>> => {
    const answer = await inspector.ask(question, input)
    if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    return answer.value as Output<K>
  }
  return { inspector, ask, kill: (process: ProcessName) => children.get(process)?.kill(), states, progress, ended }
}

test('an import that is killed: the store lives, says partial, and can be completed exactly once', async () => {
  const host = start('killed.spanwise')
  const { import: id } = await host.ask('imports.start', { paths: [dump] })
  await vi.waitFor(() => expect(host.progress.at(-1)?.spans ?? 0).toBeGreaterThan(spans / 4), {
    timeout: 30_000,
    interval: 5,
  })
  host.kill('import')

  // Nobody waits for the dead: the engine answers at once.
  const summary = await host.ask('store.summary', {})
  expect(summary.spans).toBeLessThanOrEqual(spans)
  await vi.waitFor(() => expect(host.states).toEqual(['import restarting', 'import running']), { timeout: 10_000 })
  await vi.waitFor(() => expect(host.ended).toHaveLength(1), { timeout: 10_000 })
  expect(host.ended[0]).toMatchObject({ import: id, state: 'partial', error: { code: 'process/died' } })
  const [row] = (await host.ask('imports.list', {})).imports
  expect(row).toMatchObject({ id, state: 'partial', canContinue: true })

  const { import: again } = await host.ask('imports.continue', { import: id })
  await vi.waitFor(() => expect(host.ended).toHaveLength(2), { timeout: 60_000 })
  expect(host.ended[1]).toMatchObject({ import: again, state: 'complete', receipt: { totals: { spans } } })
  expect((await host.ask('store.summary', {})).spans).toBe(spans)
})

test('an import that is cancelled keeps what was committed', async () => {
  const host = start('cancelled.spanwise')
  const { import: id } = await host.ask('imports.start', { paths: [dump] })
  await vi.waitFor(() => expect(host.progress.at(-1)?.spans ?? 0).toBeGreaterThan(0), { timeout: 30_000, interval: 5 })
  await host.ask('imports.cancel', { import: id })
  await vi.waitFor(() => expect(host.ended).toHaveLength(1), { timeout: 30_000 })
  expect(host.ended[0]).toMatchObject({ import: id, state: 'partial' })
  const [row] = (await host.ask('imports.list', {})).imports
  expect(row).toMatchObject({ state: 'partial', canContinue: true })
  await host.ask('imports.remove', { import: id })
  expect(await host.ask('store.summary', {})).toMatchObject({ spans: 0, traces: 0, imports: 0 })
})

test('progress comes at most five times a second', async () => {
  const host = start('progress.spanwise')
  const began = performance.now()
  await host.ask('imports.start', { paths: [dump] })
  await vi.waitFor(() => expect(host.ended).toHaveLength(1), { timeout: 60_000 })
  const seconds = (performance.now() - began) / 1000
  expect(host.progress.length).toBeLessThanOrEqual(seconds * 5 + 2)
  expect(host.progress.at(-1)).toMatchObject({ file: 'large.jsonl', fileIndex: 0, fileCount: 1, spans })
})

test('the engine and the reader come back by themselves, and the question is answered all the same', async () => {
  const host = start('engine.spanwise')
  await host.inspector.prepare()
  const window = { sort: 'start', descending: true, offset: 0, limit: 10 } as const
  host.kill('engine')
  host.kill('reader')
  expect(await host.ask('store.summary', {})).toMatchObject({ spans: 0 })
  expect(await host.ask('traces.list', window)).toEqual({ total: 0, rows: [] })
})

test('a stream of bytes is imported like a file, and gives the same receipt', async () => {
  const { createReadStream, statSync } = await import('node:fs')
  const host = start('upload.spanwise')
  const { import: id, key } = await host.ask('imports.upload', {
    files: [{ name: 'large.jsonl', bytes: statSync(dump).size }],
  })
  await host.inspector.upload(key, createReadStream(dump))
  await vi.waitFor(() => expect(host.ended).toHaveLength(1), { timeout: 60_000 })
  expect(host.ended[0]).toMatchObject({
    import: id,
    state: 'complete',
    receipt: { totals: { spans, added: spans, unreadable: 0 } },
  })
  const [row] = (await host.ask('imports.list', {})).imports
  expect(row).toMatchObject({ files: ['large.jsonl'], canContinue: false })
})

test('a sender that goes away leaves a partial import, and the next one runs', async () => {
  const host = start('gone.spanwise')
  const { import: id, key } = await host.ask('imports.upload', { files: [{ name: 'x.jsonl', bytes: 1000 }] })
  async function* broken() {
    yield Buffer.from('{"trace_id":"t","span_id":"s","model_name":"m"}\n')
    throw new Error('the page was closed')
  }
  await expect(host.inspector.upload(key, broken())).rejects.toThrow('the page was closed')
  await vi.waitFor(() => expect(host.ended).toHaveLength(1), { timeout: 10_000 })
  expect(host.ended[0]?.import).toBe(id)
  expect(host.ended[0]?.state).not.toBe('complete')
  await host.ask('imports.start', { paths: [dump] })
})
