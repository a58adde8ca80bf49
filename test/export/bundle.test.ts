import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { describeStore } from '../../electron/store/digest.ts'
import { bundleLine } from '../../shared/contract/bundle.ts'
import { z } from '../../shared/contract/schemas.ts'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { fixture, fixtureNames } from '../helpers/fixtures.ts'
import { checkout } from '../helpers/product.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { exported, importAll, newStore, textOf } from './helpers.ts'

const fixtures = fixtureNames()

/** What comes back from a bundle is what went in; and a store that has it already learns nothing. */
async function checkBundle(files: readonly string[]): Promise<void> {
  using folder = temporaryFolder()
  const first = newStore(folder, 'first')
  const second = newStore(folder, 'second')
  try {
    const { totals } = await importAll(first, ...files)
    const bundle = exported(folder, first, 'bundle')
    const back = await importAll(second, bundle)
    expect(back.totals).toMatchObject({
      traces: totals.traces,
      spans: totals.spans,
      calls: totals.calls,
      unreadable: 0,
    })
    expect([...describeStore(second)]).toEqual([...describeStore(first)])
    expect((await importAll(first, bundle)).totals).toMatchObject({ added: 0, known: totals.spans })
  } finally {
    first.close()
    second.close()
  }
}

// Together rather than one by one: each import starts a thread, and what differs is named by its record.
test('every fixture comes back from a bundle with nothing lost', { timeout: 120_000 }, async () => {
  await checkBundle(fixtures.map(fixture))
})

test.skipIf(corpusIsMissing)(
  'all dumps of the corpus come back from a bundle with nothing lost',
  { timeout: 120_000 },
  async () => {
    await checkBundle(claimed.map(corpusFile))
  },
)

test('every line of a bundle is what its schema says, and the published schema is the one', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  await importAll(store, ...fixtures.map(fixture))
  const lines = textOf(store, 'bundle').trimEnd().split('\n')
  store.close()
  expect(lines.length).toBeGreaterThan(fixtures.length)
  for (const line of lines) expect(bundleLine.safeParse(JSON.parse(line)).error).toBeUndefined()
  const schema = `${JSON.stringify(z.toJSONSchema(bundleLine), null, 2)}\n`
  const published = path.join(checkout, 'resources/bundle.schema.json')
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(published), { recursive: true })
    writeFileSync(published, schema)
  }
  expect(readFileSync(published, 'utf8')).toBe(schema)
})

test('some traces go out without the others, records without ids keeping the ids they had', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const rows = ['first', 'again', 'again'].map(feature =>
    JSON.stringify({ feature, model_name: 'm', input_tokens: 1, cost_usd: 1 }),
  )
  const file = folder.file('rows.jsonl')
  writeFileSync(file, rows.join('\n'))
  await importAll(store, file)
  const keys = (): string[] => store.db.prepare<[], string>('SELECT key FROM trace ORDER BY id').pluck().all()
  const [, , third] = keys()
  const bundle = exported(folder, store, 'bundle', [3])
  store.close()
  const other = newStore(folder, 'other')
  await importAll(other, bundle)
  expect(other.db.prepare<[], string>('SELECT key FROM trace').pluck().all()).toEqual([third])
  other.close()
})

test('a bundle of a newer build, and records of a format nobody knows, are told and cost nothing else', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const line = (more: object) =>
    JSON.stringify({ spanwise: 'bundle/1', format: 'flat', file: '', context: {}, places: [7], records: [], ...more })
  const row = { trace_id: 't', span_id: 's', model_name: 'm' }
  const file = folder.file('b.jsonl')
  const lines = [
    line({ spanwise: 'bundle/2', records: [row] }),
    line({ format: 'unheard-of', records: [row] }),
    line({ format: 'bundle', records: [row] }),
    line({ records: [row, 5] }),
  ]
  writeFileSync(file, lines.join('\n'))
  const { files, totals } = await importAll(store, file)
  expect(totals).toMatchObject({ spans: 1, unreadable: 4 })
  expect(files[0]!.unreadable.map(({ code }) => code)).toEqual([
    'import/newer-bundle',
    'import/unknown-format',
    'import/unknown-format',
    'import/not-a-span',
  ])
  expect(store.db.prepare('SELECT place FROM span').pluck().get()).toBe(7)
  store.close()
})
