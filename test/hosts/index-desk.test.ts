import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openMemoryHost, type MemoryHost } from '../../electron/hosts/memory.ts'
import { buildWasm, cached } from '../../electron/wasm/build.mjs'
import type { IndexStatus } from '../../shared/contract/text-index.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { writeScriptsDump } from '../query/scripts-dump.ts'

const folder = temporaryFolder()
let host: MemoryHost
const seen: IndexStatus[] = []

beforeAll(async () => {
  await buildWasm(cached)
  writeScriptsDump(folder.file('scripts.jsonl'))
  host = openMemoryHost()
  host.on('index.progress', status => seen.push(status))
})
afterAll(async () => {
  await host.close()
  folder[Symbol.dispose]()
})

const count = () => host.ask('search.count', { where: { query: '検索', now: 0, zone: 'UTC' } })

async function importDump(): Promise<number> {
  const { import: id } = await host.ask('imports.start', { paths: [folder.file('scripts.jsonl')] })
  await new Promise<void>(resolve => {
    host.on('imports.ended', ended => {
      if (ended.import === id) resolve()
    })
  })
  return id
}

test('the index follows imports and removals by itself, and says so', async () => {
  expect(await host.ask('index.wait', {})).toEqual({ state: 'complete', done: 0, all: 0 })
  const id = await importDump()
  expect(await host.ask('index.wait', {})).toEqual({ state: 'complete', done: 60, all: 60 })
  // Whoever waits and whoever is told hear of it one after the other.
  await vi.waitFor(() => expect(seen.at(-1)).toEqual({ state: 'complete', done: 60, all: 60 }))
  const { spans, exact } = await count()
  expect([spans > 0, exact]).toEqual([true, true])
  const { path, bytes } = await host.ask('index.status', {})
  expect([path, bytes > 0, existsSync(path)]).toEqual([`${host.storePath}.index`, true, true])

  await host.ask('imports.remove', { import: id })
  expect(await host.ask('index.wait', {})).toMatchObject({ state: 'complete', done: 0 })
  expect(await count()).toMatchObject({ spans: 0, exact: true })
}, 30_000)

test('stopped it stays behind until it may go on', async () => {
  await host.ask('index.stop', {})
  await sleep(500)
  await importDump()
  await sleep(500)
  expect((await host.ask('index.status', {})).done).toBe(0)
  await host.ask('index.go', {})
  expect(await host.ask('index.wait', {})).toMatchObject({ state: 'complete', done: 60 })
}, 30_000)
