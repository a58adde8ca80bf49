import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forkInProcess } from '../../electron/hosts/memory.ts'
import { surroundings } from '../../electron/hosts/replay.ts'
import { createInspector } from '../../electron/inspector.ts'
import type { Fork, ProcessName } from '../../electron/processes/process.ts'
import { keepRequest } from '../../electron/replay/orders.ts'
import type { EventData, Input, Output, RequestName } from '../../shared/contract/index.ts'
import { importHere } from '../helpers/import-here.ts'
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.ts'
import { calls, spanId } from './logged-calls.ts'
import { goodKey, openProvider } from './provider-server.ts'

// Which processes a send needs, and what is left of it where one of them dies.

/** A host whose processes are in this one, but that a test can have die. */
async function hostOf(folder: TemporaryFolder, origin: string, fork: Fork = forkInProcess) {
  const { promise: isThere, resolve: arrived } = Promise.withResolvers<void>()
  const inspector = createInspector({
    fork,
    storePath: folder.file('store.spanwise'),
    samplePath: undefined,
    host: { kind: 'memory', version: 'test' },
    replay: surroundings({ folder: folder.path, host: 'memory', bringsProfiles: true }),
    emit: (name, data) => {
      if (name === 'replay.progress' && (data as EventData<'replay.progress'>).text) arrived()
    },
  })
  const ask = async <K extends RequestName>(name: K, input: Input<K>): Promise<Output<K>> => {
    const answer = await inspector.ask(name, input)
    if (!answer.ok) throw Object.assign(new Error(answer.error.message), answer.error)
    return answer.value as Output<K>
  }
  const profile = { name: 'Mine', origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' } as const
  const send = async () =>
    ask('replay.send', { send: 'one', profile, ...((await ask('replay.find', { spanId })) as { id: number }) })
  const replayed = async () => {
    const where = { query: 'is:replayed', now: 0, zone: 'UTC' }
    return (await ask('search.count', { where })).spans
  }
  return { inspector, ask, send, replayed, isThere }
}

describe('whoever dies', () => {
  beforeEach(() => vi.stubEnv('MY_KEY', goodKey))
  afterEach(() => vi.unstubAllEnvs())
  const setUp = async () => {
    const folder = temporaryFolder()
    writeFileSync(folder.file('calls.json'), calls)
    await importHere(folder.file('store.spanwise'), folder.file('calls.json'))
    const provider = await openProvider('openai-chat')
    const leave = async () => (folder[Symbol.dispose](), provider[Symbol.asyncDispose]())
    return { folder, provider, [Symbol.asyncDispose]: leave }
  }
  const left = (folder: TemporaryFolder) => readdirSync(folder.path).filter(name => name.includes('.answer-'))

  test('who quits in the middle of an answer finds what had come of it', async () => {
    await using at = await setUp()
    const first = await hostOf(at.folder, at.provider.origin)
    at.provider.next({ hangs: 3 })
    const sending = first.send()
    await first.isThere
    await first.inspector.close()
    await sending
    const second = await hostOf(at.folder, at.provider.origin)
    expect(await second.replayed()).toBe(1)
    await second.inspector.close()
  })

  test('an answer whose import dies before it is stored lies beside the store, and is stored when that is back', async () => {
    await using at = await setUp()
    const mute = (name: ProcessName) => {
      const child = forkInProcess(name)
      if (name !== 'import') return child
      const { port } = child
      const post = (message: unknown) => {
        if ((message as { name?: string }).name === keepRequest) child.kill()
        else port.post(message)
      }
      return { ...child, port: { ...port, post } }
    }
    const first = await hostOf(at.folder, at.provider.origin, mute)
    await expect(first.send()).rejects.toMatchObject({ code: 'replay/not-kept' })
    const [file] = left(at.folder)
    expect(statSync(at.folder.file(file!)).mode & 0o777).toBe(0o600)
    const came = readFileSync(at.folder.file(file!), 'utf8')
    await first.inspector.close()
    for (const file of left(at.folder)) rmSync(at.folder.file(file))
    // Several, and a host that ends as soon as it has begun.
    for (const n of [1, 2, 3]) {
      const id = String(n).repeat(16)
      const again = { ...JSON.parse(came), span_id: id, trace_id: id + id } as object
      writeFileSync(at.folder.file(`store.spanwise.answer-${id}`), JSON.stringify(again))
    }
    const second = await hostOf(at.folder, at.provider.origin)
    await second.inspector.prepare()
    await second.inspector.close()
    expect(left(at.folder)).toEqual([])
    const third = await hostOf(at.folder, at.provider.origin)
    expect(await third.replayed()).toBeGreaterThanOrEqual(3)
    await third.inspector.close()
  })

  test('where the sending process dies, it is said what is known, and the ledger has it as begun', async () => {
    await using at = await setUp()
    const died: (() => void)[] = []
    const deaf = (name: ProcessName) => {
      const child = forkInProcess(name)
      // The one that was killed says nothing of it itself.
      return name === 'net'
        ? { ...child, port: { ...child.port, onClose: (end: () => void) => void died.push(end) } }
        : child
    }
    const first = await hostOf(at.folder, at.provider.origin, deaf)
    at.provider.next({ hangs: 3 })
    const sending = first.send()
    await first.isThere
    for (const end of died) end()
    await expect(sending).rejects.toMatchObject({ code: 'replay/interrupted' })
    const { entries } = await first.ask('replay.ledger', { offset: 0, limit: 9 })
    expect(entries).toMatchObject([{ outcome: 'begun', origin: at.provider.origin }])
    expect(at.provider.seen).toHaveLength(1)
    await first.inspector.close()
  })
})

test('nothing connects, and nothing that could is started, until a person sends', async () => {
  using folder = temporaryFolder()
  await using provider = await openProvider('openai-chat')
  writeFileSync(folder.file('calls.json'), calls)
  await importHere(folder.file('store.spanwise'), folder.file('calls.json'))
  const started: ProcessName[] = []
  const { inspector, ask, send } = await hostOf(folder, provider.origin, name => {
    started.push(name)
    return forkInProcess(name)
  })
  vi.stubEnv('MY_KEY', goodKey)
  const profile = { name: 'Mine', origin: provider.origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' } as const
  await inspector.prepare()
  await ask('replay.saveProfile', profile)
  const { id } = await ask('replay.find', { spanId })
  for (const name of ['replay.request', 'replay.tokens'] as const) await ask(name, { id: id!, profile })
  await ask('prices.estimate', { id: id!, input: 1, output: 1 })
  for (const name of ['replay.profiles', 'replay.lock', 'imports.list', 'prompts.wait', 'index.wait'] as const)
    await ask(name, {})
  await ask('replay.ledger', { offset: 0, limit: 1 })
  expect(started.toSorted()).toEqual(['engine', 'import', 'indexer', 'prompts', 'reader'])
  expect(provider.connections).toBe(0)
  await send()
  expect(started).toContain('net')
  expect(provider.connections).toBe(1)
  await inspector.close()
  vi.unstubAllEnvs()
})
