import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { openMemoryHost, type MemoryHost } from '../../electron/hosts/memory.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

// Prompts as files for git: written, read elsewhere, and what recovered versions are called after them.

const folder = temporaryFolder()
const host = openMemoryHost()
const other = openMemoryHost()
afterAll(async () => {
  await Promise.all([host.close(), other.close()])
  folder[Symbol.dispose]()
})

const limits = ['at most 50', 'at most 100']
const people = ['Ada', 'Bob', 'Chandra', 'Dilek', 'Femi', 'Grace', 'Hiro', 'Inés']

async function importInto(into: MemoryHost, rows: readonly object[], name: string) {
  writeFileSync(folder.file(name), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  const ended = new Promise(resolve => into.on('imports.ended', resolve))
  await into.ask('imports.start', { paths: [folder.file(name)] })
  await ended
  await into.ask('prompts.wait', {})
}

const rowsOf = (feature: string) =>
  limits.flatMap((limit, v) =>
    people.map((name, n) => ({
      trace_id: `${feature} ${v} ${n}`,
      span_id: `${v}${n}`,
      feature,
      name: feature,
      model_name: 'small',
      timestamp: new Date(Date.UTC(2026, 4, 1 + v * 20 + n)).toISOString(),
      messages: [
        { role: 'system', content: `You are a refund agent.\nRefund ${limit}.\nCustomer: ${name}\nBe brief.` },
        { role: 'user', content: `Question ${n}` },
      ],
      output: 'Done.',
    })),
  )

beforeAll(() => importInto(host, rowsOf('refunds / all'), 'dump.jsonl'))

const filesOf = (from: MemoryHost) => from.ask('prompts.files', { offset: 0, limit: 200 })
const put = (into: MemoryHost, files: readonly { path: string; text: string }[], dryRun = false) =>
  into.ask('prompts.putFiles', { files, dryRun })

test('files written by one store and read by an empty one are written by that one again, to the letter', async () => {
  const { files, total, without } = await filesOf(host)
  expect({ total, without }).toEqual({ total: 2, without: 0 })
  for (const { path } of files) expect(path).toMatch(/^refunds-all-[0-9a-f]{8}\/[^/]+\.md$/)
  const text = files[0]!.text
  expect(text).toContain('calls: 8\n')
  expect(text).toContain('\nCustomer: {{customer}}\n')
  expect((await put(other, files)).files.map(one => one.what)).toEqual(['new', 'new'])
  expect((await filesOf(other)).files).toEqual(files)
  const list = await other.ask('prompts.list', { offset: 0, limit: 10 })
  expect(list.prompts).toMatchObject([{ name: 'refunds / all', versions: 2, calls: 0 }])
  const { versions } = await other.ask('prompts.versions', { prompt: 'refunds / all' })
  expect(versions.map(one => [one.calls, one.library])).toEqual([
    [0, true],
    [0, true],
  ])
  const version = await other.ask('prompts.version', { prompt: 'refunds / all', version: versions[0]!.version })
  expect(version).toMatchObject({ library: true, calls: 0, slots: [{ name: 'customer' }] })
  expect((await put(other, files)).change).toBeUndefined()
  const counted = files.map(file => ({ ...file, text: file.text.replace('calls: 8', 'calls: 9') }))
  expect((await put(other, counted, true)).files.map(one => one.what)).toEqual(['changed', 'changed'])
})

test('a recovered version of the same text is called as its file says, and as before when that is undone', async () => {
  const [file] = (await filesOf(host)).files
  const text = file!.text
    .replace(/^name: .*$/m, 'name: refunds')
    .replace(/^version: .*$/m, 'version: "2026-05"')
    .replace('{{customer}}', '{{ who }}')
  const files = [{ path: 'a.md', text }]
  const before = (await host.ask('prompts.list', { offset: 0, limit: 10 })).prompts.map(one => one.name)
  expect(before).toEqual(['refunds / all'])
  const dry = await put(host, files, true)
  expect(dry.files[0]).toMatchObject({ what: 'new', edited: true, names: [{ prompt: 'refunds / all' }] })
  expect(dry.change).toBeUndefined()
  expect((await host.ask('prompts.list', { offset: 0, limit: 10 })).prompts.map(one => one.name)).toEqual(before)
  const { change } = await put(host, files)
  const { versions } = await host.ask('prompts.versions', { prompt: 'refunds' })
  expect(versions.map(one => [one.calls, one.library])).toEqual([
    [8, true],
    [8, false],
  ])
  expect(versions[0]!.version).toBe('2026-05')
  await host.ask('prompts.undo', { change: change! })
  expect((await host.ask('prompts.list', { offset: 0, limit: 10 })).prompts.map(one => one.name)).toEqual(before)
})

test('what is kept names versions that an import brings later', async () => {
  await importInto(other, rowsOf('another feature'), 'later.jsonl')
  const { prompts } = await other.ask('prompts.list', { offset: 0, limit: 10 })
  expect(prompts).toMatchObject([{ name: 'refunds / all', versions: 2, calls: 16, recovered: true }])
})

test('what cannot be read is told with its reason and changes nothing', async () => {
  const files = [
    { path: 'a.md', text: '---\nname: a\n---\n' },
    { path: 'b.md', text: '---\nname: a\nversion: 1\n---\none' },
    { path: 'c.md', text: '---\nname: a\nversion: 1\n---\ntwo' },
  ]
  const { files: told } = await put(other, files, true)
  expect(told.map(one => [one.what, one.why])).toEqual([
    ['unreadable', expect.stringContaining('version')],
    ['new', undefined],
    ['unreadable', expect.stringContaining('same version')],
  ])
})

test('a draft is kept beside its version, and whoever keeps another is told the one before', async () => {
  const [version] = (await host.ask('prompts.versions', { prompt: 'refunds / all' })).versions
  const of = { prompt: 'refunds / all', version: version!.version }
  const draft = { template: 'Be kind, {{customer}}.', variables: { customer: 'Ada' } }
  expect(await host.ask('prompts.saveDraft', { ...of, draft })).toEqual({ draft: null })
  expect(await host.ask('prompts.draft', of)).toEqual({ draft })
  const marked = async () => (await host.ask('prompts.versions', { prompt: of.prompt })).versions.map(one => one.draft)
  expect(await marked()).toEqual([true, false])
  expect(await host.ask('prompts.saveDraft', { ...of, draft: null })).toEqual({ draft })
  expect(await marked()).toEqual([false, false])
})
