import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MemoryHost, openMemoryHost } from '../../electron/hosts/memory.ts'
import type { Input } from '../../shared/contract/index.ts'
import { groupKey, groupOf } from '../../shared/prompts/prompt-group.ts'
import { promptPlaceIn } from '../../shared/replay/record.ts'
import { goodKey, openProvider, type Provider } from './provider-server.ts'

// Under which prompt and version an answer stands that was sent from here.

let provider: Provider
let host: MemoryHost
beforeAll(async () => {
  provider = await openProvider('openai-chat')
  host = openMemoryHost()
  const ended = new Promise(resolve => host.on('imports.ended', resolve))
  await host.ask('imports.sample', {})
  await ended
  await host.ask('prompts.wait', {})
  const { origin } = provider
  await host.ask('replay.saveProfile', { name: 'Mine', origin, dialect: 'openai-chat', keyEnv: 'MY_KEY' })
  await host.ask('replay.putKey', { name: 'Mine', key: goodKey, place: 'session' })
})
afterAll(async () => {
  await host.close()
  await provider[Symbol.asyncDispose]()
})

let sends = 0
const send = async (id: number, more: Partial<Input<'replay.send'>> = {}) =>
  (await host.ask('replay.send', { send: `send-${++sends}`, id, profile: 'Mine', lossy: true, ...more })).span

const callOf = async (prompt: string, version?: string) =>
  (await host.ask('prompts.calls', { prompt, ...(version ? { version } : {}), offset: 0, limit: 1 })).calls[0]!.id

/** Once all is recovered, as every view has it. */
const promptOf = async (id: number) => {
  await host.ask('prompts.wait', {})
  return (await host.ask('spans.read', { id })).prompt
}

const countOf = async (prompt: string, version: string) => {
  const { versions } = await host.ask('prompts.versions', { prompt })
  return versions.find(one => one.version === version)?.calls ?? 0
}

const system = (text: string) => [{ path: ['messages', '0', 'content'], value: JSON.stringify(text) }]

test('a named prompt stays what it is called while its text does: another model, other parameters, another turn of the user', async () => {
  const [id, before] = [await callOf('order-support', '7'), await countOf('order-support', '7')]
  const { prompt: own } = await host.ask('spans.read', { id })
  const edits = [
    { path: ['temperature'], value: '0.5' },
    { path: ['messages', '1', 'content'], value: '"Else?"' },
  ]
  const answers = [await send(id), await send(id, { model: 'gpt-4.1' }), await send(id, { edits })]
  for (const one of answers) expect(await promptOf(one)).toEqual(own)
  expect(own).toMatchObject({ name: 'order-support', version: '7', variables: { tier: expect.any(String) as string } })
  expect(await countOf('order-support', '7')).toBe(before + answers.length)
  const where = { query: 'prompt:order-support prompt.version:7 is:replayed', now: 0, zone: 'UTC' }
  expect(await host.ask('search.count', { where })).toMatchObject({ spans: answers.length })
})

test('in another provider’s words it is the same prompt', async () => {
  const id = await callOf('review-summariser')
  const { prompt, provider: by } = await host.ask('spans.read', { id })
  expect(by).toBe('anthropic')
  expect(await promptOf(await send(id, { model: 'gpt-4o' }))).toEqual(prompt)
})

test('another version is what it stands under, with the values that it was sent with; an answer sent again keeps its own', async () => {
  const id = await callOf('order-support', '7')
  const prompt = { prompt: 'order-support', version: '6', variables: { tier: 'Mine' } }
  const answer = await send(id, { prompt })
  const said = { name: 'order-support', version: '6', variables: { tier: 'Mine' } }
  expect(await promptOf(answer)).toMatchObject(said)
  expect(await promptOf(await send(answer))).toMatchObject(said)
})

test('other values, written over in the text, are of the same version', async () => {
  const id = await callOf('order-support', '7')
  const { prompt: own } = await host.ask('spans.read', { id })
  const { body } = await host.ask('replay.request', { id })
  const text = (JSON.parse(body) as { messages: { content: string }[] }).messages[0]!.content
  const variables = own!.variables as { readonly tier: string }
  const edits = system(text.replace(`the ${variables.tier} tier`, 'the Gold tier'))
  const mine = { ...variables, tier: 'Gold' }
  expect(await promptOf(await send(id, { edits }))).toEqual({ ...own, variables: mine })
})

test('a text that was edited, a draft or one of a person’s own is of the prompt and of no version that is known', async () => {
  const id = await callOf('order-support', '7')
  const of = { prompt: 'order-support', version: '7' }
  await host.ask('prompts.saveDraft', { ...of, draft: { template: 'Be kind.', variables: {} } })
  const { prompts } = await host.ask('prompts.list', { offset: 0, limit: 100 })
  const answers = [
    await send(id, { edits: system('Be kind.') }),
    await send(id, { prompt: { ...of, draft: true } }),
    await send(id, { prompt: { template: 'Be kind.' } }),
    await send(id, { prompt: { ...of, version: '6' }, edits: system('Be kind.') }),
  ]
  const found = await Promise.all(answers.map(promptOf))
  // Where the call stood says which prompt it is, and counts for none of the program's applications and features.
  for (const answer of answers) {
    const span = await host.ask('spans.read', { id: answer })
    expect([span.application, span.feature, span.agent]).toEqual([undefined, undefined, undefined])
  }
  const { versions } = await host.ask('prompts.versions', { prompt: 'order-support' })
  const [own] = versions.filter(one => one.recovered)
  for (const one of found) expect(one).toMatchObject({ name: 'order-support', version: own!.version, recovered: true })
  expect(own?.calls).toBe(answers.length)
  expect((await host.ask('prompts.list', { offset: 0, limit: 100 })).prompts.map(one => one.name)).toEqual(
    prompts.map(one => one.name),
  )
})

test('a prompt that no file names is recovered beside the calls that were sent it, whatever the model; what was edited teaches nothing about them', async () => {
  const id = await callOf('refund-worker')
  const { prompt: own } = await host.ask('spans.read', { id })
  expect(own).toMatchObject({ name: 'refund-worker', recovered: true })
  const { template } = await host.ask('prompts.version', { prompt: 'refund-worker', version: own!.version! })
  const answers = [await send(id), await send(id, { model: 'gpt-4o' })]
  for (const one of answers) expect(await promptOf(one)).toEqual(own)
  const edited = await send(id, { edits: system(`${template} And be quick.`) })
  const now = await promptOf(edited)
  expect(now).toMatchObject({ name: 'refund-worker', recovered: true })
  expect(now!.version).not.toBe(own!.version)
  expect((await host.ask('prompts.version', { prompt: 'refund-worker', version: own!.version! })).template).toBe(
    template,
  )
  // Called by a person, it is what these answers are called too.
  const { change } = await host.ask('prompts.edit', { type: 'rename', prompt: 'refund-worker', to: 'refunds' })
  expect(await promptOf(answers[0]!)).toMatchObject({ name: 'refunds' })
  await host.ask('prompts.undo', { change })
})

test('a version of another prompt is what is sent: one that was recovered, and one of a file that no call was sent', async () => {
  const id = await callOf('order-support', '7')
  const other = await host.ask('spans.read', { id: await callOf('refund-worker') })
  const { name, version } = other.prompt!
  expect(await promptOf(await send(id, { prompt: { prompt: name!, version: version! } }))).toMatchObject({
    name,
    version,
  })
  const text = '---\nname: greeter\nversion: "1"\n---\nGreet {{company}}.\n'
  await host.ask('prompts.putFiles', { files: [{ path: 'greeter.md', text }], dryRun: false })
  const of = { prompt: 'greeter', version: '1' }
  expect(await promptOf(await send(id, { prompt: of }))).toMatchObject({ name: 'greeter', version: '1' })
  const kept = await host.ask('prompts.version', of)
  expect(kept).toMatchObject({ calls: 1, template: expect.stringContaining('{{company}}') as string })
})

test('a text that somebody wrote is told apart from those that were logged, under the same name', () => {
  for (const place of [{ name: 'ask' }, { name: 'ask', prompt: 'greeting' }]) {
    const [logged, edited] = [groupOf(place), groupOf({ ...place, edited: true })]
    expect(edited.prompt).toBe(logged.prompt)
    expect(groupKey(edited)).not.toBe(groupKey(logged))
  }
})

test('a record says where a prompt is looked for, or nothing of it', () => {
  expect(promptPlaceIn({ prompt_place: { name: 'ask', agent: 7, edited: 'yes', other: 'x' } })).toEqual({ name: 'ask' })
  expect(promptPlaceIn({ prompt_place: [] })).toBeUndefined()
  expect(promptPlaceIn(null)).toBeUndefined()
})

test('every figure says how many of its calls are replays, and a clause leaves them out; when a version was in use is told by the others', async () => {
  const of = { prompt: 'order-support' }
  const logged = { where: { query: '-is:replayed', now: 0, zone: 'UTC' } }
  const versionsUnder = async (where: object) => (await host.ask('prompts.versions', { ...of, ...where })).versions
  const [own, all] = [await versionsUnder(logged), await versionsUnder({})]
  expect(own.map(one => one.replays)).toEqual([undefined, undefined])
  for (const one of own) {
    const { calls, replays, lastSeen } = all.find(({ version }) => version === one.version)!
    expect([calls - replays!, lastSeen]).toEqual([one.calls, one.lastSeen])
  }
  const tried = all.filter(one => one.recovered)
  expect(tried.map(one => one.replays)).toEqual(tried.map(one => one.calls))
  expect(tried.every(one => one.lastSeen! > own.at(-1)!.lastSeen!)).toBe(true)
  const changesUnder = async (where: object) => (await host.ask('prompts.versions', { ...of, ...where })).changes
  expect(await changesUnder({})).toEqual(await changesUnder(logged))
  const evidence = await host.ask('prompts.evidence', of)
  for (const { version, calls, replays } of all)
    expect(evidence.versions.find(one => one.version === version)).toMatchObject({ calls, ...(replays && { replays }) })
  const sides = { a: { ...of, version: '6' }, b: { ...of, version: '7' } }
  const [a, b] = ['6', '7'].map(name => all.find(({ version }) => version === name)!.replays)
  expect((await host.ask('prompts.compare', sides)).replays).toEqual({ a, b })
  expect(await host.ask('prompts.compare', { ...sides, ...logged })).not.toHaveProperty('replays')
  const cost = { by: ['prompt', 'prompt.version'], measures: ['calls'], zone: 'UTC', limit: 99 } as const
  const sort = { by: 'calls', descending: true } as const
  const { keys, values, replays } = await host.ask('costs.table', { ...cost, sort })
  expect(values[keys.findIndex(([name, version]) => name === 'order-support' && version === '7')]).toBe(
    own[1]!.calls + b!,
  )
  const where = { query: 'is:replayed', now: 0, zone: 'UTC' }
  expect(replays).toBe((await host.ask('search.count', { where })).calls)
  expect(await host.ask('costs.table', { ...cost, sort, ...logged })).not.toHaveProperty('replays')
})

test('what was tried meanwhile is not how it was before', async () => {
  const { calls } = await host.ask('prompts.calls', {
    prompt: 'order-support',
    version: '7',
    offset: 0,
    limit: 1,
  })
  const found = await host.ask('prompts.lastGood', { span: calls[0]!.id, now: Date.now(), zone: 'UTC' })
  expect((await host.ask('spans.read', { id: calls[0]!.id })).marks).toContain('replayed')
  expect((await host.ask('spans.read', { id: found.good!.id })).marks ?? []).not.toContain('replayed')
})
