import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { openMemoryHost } from '../../electron/hosts/memory.ts'
import { resource } from '../../electron/hosts/places.ts'

// Prompts of the bundled sample, whose versions differ in one sentence and in how helpful the answers are.

const host = openMemoryHost()
const planted = JSON.parse(readFileSync(resource('sample/planted.json')!, 'utf8')).prompt
const prompt = 'order-support'
const side = (version: string) => ({ prompt, version })

afterAll(() => host.close())

test('what calls were prompted with is looked at behind an import', async () => {
  const ended = new Promise(resolve => host.on('imports.ended', resolve))
  await host.ask('imports.sample', {})
  await ended
  expect(await host.ask('prompts.wait', {})).toMatchObject({ state: 'complete', done: 207, all: 207 })
})

test('versions that a dump names are listed with their traffic', async () => {
  const list = await host.ask('prompts.list', { offset: 0, limit: 10 })
  expect(list).toMatchObject({ exact: true, complete: true })
  expect(list.prompts.find(one => one.name === prompt)).toMatchObject({ recovered: false, calls: 154, versions: 2 })
  const { versions, changes } = await host.ask('prompts.versions', { prompt })
  expect(versions.map(({ version, calls, recovered }) => [version, calls, recovered])).toEqual([
    ['6', planted.versions[6], false],
    ['7', planted.versions[7], false],
  ])
  expect(changes).toMatchObject([{ from: '6', to: '7', kind: 'promotion' }])
  const { calls } = await host.ask('search.count', {
    where: { query: versions[1]!.query, now: 0, zone: 'UTC' },
  })
  expect(calls).toBe(planted.versions[7])
})

test('one version whole: what it was sent with, and calls of it', async () => {
  const version = await host.ask('prompts.version', side('7'))
  expect(version).toMatchObject({ name: prompt, calls: planted.versions[7], role: 'system' })
  expect(version.configurations[0]).toMatchObject({ model: 'gpt-4.1-mini' })
  expect(JSON.parse(version.configurations[0]!.tools!)).toContainEqual(
    expect.objectContaining({ name: 'lookup_order' }),
  )
  const { total, calls } = await host.ask('prompts.calls', { ...side('7'), offset: 0, limit: 5 })
  expect(total).toBe(planted.versions[7])
  expect(calls.every(call => call.version === '7')).toBe(true)
  await expect(host.ask('prompts.version', side('8'))).rejects.toMatchObject({ code: 'prompts/none' })
})

test('the planted effect is found with its interval, and nothing else', async () => {
  const found = await host.ask('prompts.compare', { a: side('6'), b: side('7') })
  const of = (name: string) => found.verdicts.find(one => one.name === name)!
  expect(of('score.helpfulness')).toMatchObject({ outcome: 'better', a: { calls: 34 }, b: { calls: 34 } })
  expect(of('score.helpfulness').a.estimate!.value).toBeCloseTo(planted.effect.from.mean, 2)
  expect(of('score.helpfulness').b.estimate!.value).toBeCloseTo(planted.effect.to.mean, 2)
  expect(of('score.helpfulness').difference!.interval.low).toBeGreaterThan(0)
  expect(of('output').outcome).toBe('no evidence')
  expect(found.sentences[found.verdicts.indexOf(of('score.helpfulness'))]).toMatch(/^Better: 0\.81\d* after 0\.62/)
  // Other calls have other traffic, and that is said.
  const where = (query: string) => ({ where: { query, now: 0, zone: 'UTC' } })
  const other = await host.ask('prompts.compare', {
    a: where('prompt:order-support'),
    b: where('-prompt:order-support'),
  })
  expect(other.confounders.map(one => one.field)).toContain('model')
  const itself = await host.ask('prompts.compare', { a: side('6'), b: side('6') })
  expect(itself).toMatchObject({ calls: { a: 0, b: 0 }, both: planted.versions[6] })
})

test('evidence and series of each version', async () => {
  const { measures, versions } = await host.ask('prompts.evidence', { prompt })
  const at = measures.findIndex(one => one.name === 'output')
  const seven = versions.find(one => one.version === '7')!
  const costs = await host.ask('costs.table', {
    by: [],
    zone: 'UTC',
    where: { query: `prompt:${prompt} prompt.version:7`, now: 0, zone: 'UTC' },
    measures: ['output', 'calls'],
    sort: { by: 'calls', descending: true },
    limit: 1,
  })
  expect(seven.values[at]!.estimate!.value * seven.values[at]!.calls).toBeCloseTo(costs.total[0]!, 6)
  expect(seven.values[measures.findIndex(one => one.name === 'errors')]!.estimate!.value).toBeCloseTo(3 / 78)
  const series = await host.ask('prompts.series', { prompt, measures: ['errors', 'output'], zone: 'UTC', top: 5 })
  expect(series.versions).toEqual(['6', '7'])
  expect(series.values).toHaveLength(2 * 2 * (series.starts.length - 1))
  expect(series.calls.reduce((sum, n) => sum + n, 0)).toBe(planted.versions[6] + planted.versions[7])
})
