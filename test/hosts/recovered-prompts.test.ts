import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openMemoryHost } from '../../electron/hosts/memory.ts'
import { resource } from '../../electron/hosts/places.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

// The bundled sample without the names of its prompts: both versions are found again from what was sent.

const host = openMemoryHost()
const folder = temporaryFolder()
afterAll(async () => {
  await host.close()
  folder[Symbol.dispose]()
})
const planted = JSON.parse(readFileSync(resource('sample/planted.json')!, 'utf8')).prompt
const prompt = 'order-support'
const query = (text: string) => ({ where: { query: text, now: 0, zone: 'UTC' } })

/** OTLP/JSON without attributes that name prompts. */
function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(item => !namesPrompt(item)).map(stripped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stripped(item)]))
}

function namesPrompt(item: unknown): boolean {
  const key = typeof item === 'object' && item !== null && 'key' in item ? String(item.key) : ''
  return /prompt_template|prompt\.(?:id|name|version)/.test(key)
}

async function importFile(path: string): Promise<void> {
  const ended = new Promise(resolve => host.on('imports.ended', resolve))
  await host.ask('imports.start', { paths: [path] })
  await ended
}

const versionsOf = async () => (await host.ask('prompts.versions', { prompt })).versions

test('two versions are found, with the calls that the names would have told', async () => {
  const lines = gunzipSync(readFileSync(resource('sample/traces.jsonl.gz')!))
    .toString()
    .trim()
    .split('\n')
  const all = lines.map(line => JSON.stringify(stripped(JSON.parse(line))))
  // The first weeks, and the rest later: what comes later goes on with the same versions.
  const [first, second] = [folder.file('first.jsonl'), folder.file('second.jsonl')]
  writeFileSync(first, `${all.slice(0, 80).join('\n')}\n`)
  writeFileSync(second, `${all.slice(80).join('\n')}\n`)
  await importFile(first)
  expect(await host.ask('prompts.wait', {})).toMatchObject({ state: 'complete' })
  const before = (await versionsOf()).map(one => one.version)
  await importFile(second)
  expect(await host.ask('prompts.complete', {})).toEqual({ complete: false })
  // Asked before: what is kept of a clause must not outlive what it rests on.
  const count = async (text: string) => (await host.ask('lists.totals', { list: 'calls', ...query(text) })).total
  for (const text of ['is:recovered', `prompt:${prompt}`]) await count(text)
  expect(await host.ask('prompts.wait', {})).toMatchObject({ state: 'complete', done: 207 })
  expect(await host.ask('prompts.complete', {})).toEqual({ complete: true })

  const { prompts, without } = await host.ask('prompts.list', { offset: 0, limit: 100 })
  expect(await count('is:recovered')).toBe(prompts.reduce((sum, { calls }) => sum + calls, 0))
  expect(await count('-is:recovered')).toBe(without)
  expect((await host.ask('search.count', query('is:recovered'))).calls).toBe(await count('is:recovered'))
  expect(await count(`prompt:${prompt}`)).toBe(planted.versions[6] + planted.versions[7])

  const versions = await versionsOf()
  expect(versions.map(({ calls, recovered, sureness }) => [calls, recovered, sureness])).toEqual([
    [planted.versions[6], true, 'sure'],
    [planted.versions[7], true, 'sure'],
  ])
  expect(versions.map(one => one.version)).toEqual(expect.arrayContaining(before))
})

test('the difference is one sentence, and it made the answers more helpful', async () => {
  const [six, seven] = (await versionsOf()).map(one => ({ prompt, version: one.version }))
  const [a, b] = [await host.ask('prompts.version', six!), await host.ask('prompts.version', seven!)]
  const lines = (text: string | undefined) => (text ?? '').split('\n')
  expect(lines(a.template).filter(line => !lines(b.template).includes(line))).toEqual([
    expect.stringMatching(/^End with one friendly sentence/),
  ])
  expect(a.slots.map(({ name, type }) => [name, type])).toEqual([
    ['name', 'name'],
    ['date', 'date'],
  ])
  for (const { from, to, name } of a.slots) expect(a.template!.slice(from, to)).toBe(`{{${name}}}`)
  const { verdicts, measures } = await host.ask('prompts.compare', { a: six!, b: seven! })
  expect(verdicts[measures.findIndex(one => one.name === 'score.helpfulness')]).toMatchObject({ outcome: 'better' })
})

test('queries, cost tables and spans know what was recovered', async () => {
  const version = (await versionsOf())[1]!
  const { calls } = await host.ask('search.count', query(version.query))
  expect(calls).toBe(planted.versions[7])
  const list = await host.ask('lists.totals', { list: 'calls', ...query(version.query) })
  expect(list.sums.calls).toBe(planted.versions[7])
  const costs = await host.ask('costs.table', {
    by: ['prompt', 'prompt.version'],
    zone: 'UTC',
    measures: ['calls'],
    sort: { by: 'calls', descending: true },
    limit: 2,
  })
  expect(costs.keys).toContainEqual([prompt, version.version])
  const { calls: some } = await host.ask('prompts.calls', { prompt, version: version.version, offset: 0, limit: 3 })
  expect(some[0]!.variables.map(one => one.name)).toEqual(['name', 'date'])
  const span = await host.ask('spans.read', { id: some[0]!.id })
  expect(span.prompt).toMatchObject({ name: prompt, version: version.version, recovered: true })
  expect(span.prompt!.variables).toMatchObject({ date: expect.stringMatching(/^2026-11-\d\d$/) })
})

test('a version is named, merged, taken apart, split and renamed, and each is undone', async () => {
  const [six, seven] = (await versionsOf()).map(one => one.version!)
  const edit = async (...asked: Parameters<typeof host.ask<'prompts.edit'>>) => (await host.ask(...asked)).change
  const title = await edit('prompts.edit', { type: 'title', prompt, version: six!, title: 'friendly' })
  expect((await versionsOf())[0]!.title).toBe('friendly')
  const merge = await edit('prompts.edit', { type: 'merge', prompt, versions: [six!], into: seven! })
  expect((await versionsOf()).map(one => one.calls)).toEqual([planted.versions[6] + planted.versions[7]])
  const separate = await edit('prompts.edit', { type: 'separate', prompt, version: seven! })
  expect((await versionsOf()).map(one => one.version)).toEqual([six, seven])
  await host.ask('prompts.undo', { change: separate })
  expect(await versionsOf()).toHaveLength(1)
  await host.ask('prompts.undo', { change: merge })
  expect((await versionsOf()).map(one => one.calls)).toEqual([planted.versions[6], planted.versions[7]])
  const pin = await edit('prompts.edit', { type: 'pin', prompt, version: six!, on: true })
  expect((await versionsOf()).map(one => one.pinned)).toEqual([true, false])
  await host.ask('prompts.undo', { change: pin })
  expect((await versionsOf()).map(one => one.pinned)).toEqual([false, false])
  const draft = { template: 'Be kind.', variables: {} }
  await host.ask('prompts.saveDraft', { prompt, version: six!, draft })
  const draftOf = async (name: string) => (await host.ask('prompts.draft', { prompt: name, version: six! })).draft
  const rename = await edit('prompts.edit', { type: 'rename', prompt, to: 'support' })
  expect((await host.ask('prompts.versions', { prompt: 'support' })).versions).toHaveLength(2)
  expect(await draftOf('support')).toEqual(draft)
  await host.ask('prompts.undo', { change: rename })
  expect(await draftOf(prompt)).toEqual(draft)
  const { calls } = await host.ask('prompts.calls', { prompt, version: six!, offset: 0, limit: 1 })
  const split = await edit('prompts.edit', { type: 'split', prompt, version: six!, calls: [calls[0]!.id] })
  await host.ask('prompts.wait', {})
  const apart = await versionsOf()
  expect(apart).toHaveLength(3)
  expect(apart.reduce((sum, one) => sum + one.calls, 0)).toBe(planted.versions[6] + planted.versions[7])
  await host.ask('prompts.undo', { change: split })
  await host.ask('prompts.wait', {})
  expect((await versionsOf()).map(one => one.calls)).toEqual([planted.versions[6], planted.versions[7]])
  await host.ask('prompts.undo', { change: title })
  expect((await versionsOf()).map(one => [one.version, one.title])).toEqual([
    [six, undefined],
    [seven, undefined],
  ])
  await expect(host.ask('prompts.undo', { change: title })).rejects.toMatchObject({ code: 'prompts/gone' })
})
