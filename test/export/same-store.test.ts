// An OTLP export that comes back to the store it was made from.

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeStore } from '../../electron/store/digest.ts'
import type { Store } from '../../electron/store/open.ts'
import { claimed } from '../corpus/covered.ts'
import { corpusFile, corpusIsMissing } from '../helpers/corpus-files.ts'
import { fixture, fixtureNames } from '../helpers/fixtures.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { exported, importAll, newStore } from './helpers.ts'

async function checkReturn(files: readonly string[]): Promise<void> {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const other = newStore(folder, 'other')
  try {
    const { totals } = await importAll(store, ...files)
    const before = [...describeStore(store)]
    const lines = exported(folder, store, 'otlp')
    const back = await importAll(store, lines)
    expect(back.totals).toMatchObject({ added: 0, unreadable: 0, traces: totals.traces })
    expect([...describeStore(store)]).toEqual(before)
    await importAll(other, lines)
    expect(idsOf(other)).toEqual(idsOf(store))
  } finally {
    store.close()
    other.close()
  }
}

function idsOf(store: Store): unknown[] {
  return store.db
    .prepare('SELECT key, tag, ptag FROM trace JOIN span ON span.trace = trace.id ORDER BY key, tag')
    .raw()
    .all()
}

test('OTLP lines of every fixture add nothing to the store they came from, and have its ids in another', async () => {
  await checkReturn(fixtureNames().map(fixture))
}, 120_000)

test.skipIf(corpusIsMissing)(
  'OTLP lines of all dumps add nothing to the store they came from, and have its ids in another',
  async () => {
    await checkReturn(claimed.map(corpusFile))
  },
  180_000,
)

test('a line that somebody changed is a record of its own, of the same span', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const row = { trace_id: 'tr_1', span_id: 'call 1', parent_span_id: 'turn 1', model_name: 'm', input_tokens: 3 }
  const file = folder.file('rows.jsonl')
  writeFileSync(file, JSON.stringify(row))
  await importAll(store, file)
  const lines = exported(folder, store, 'otlp')
  const edited = folder.file('edited.jsonl')
  writeFileSync(
    edited,
    readFileSync(lines, 'utf8').replace(
      '"key":"input_tokens","value":{"intValue":"3"}',
      '"key":"input_tokens","value":{"intValue":"4"}',
    ),
  )
  const { totals } = await importAll(store, edited)
  expect(totals).toMatchObject({ spans: 1, added: 0 })
  expect(store.db.prepare('SELECT count(*) FROM extra').pluck().get()).toBe(1)
  expect((await importAll(store, lines)).totals).toMatchObject({ spans: 1, added: 0 })
  expect(store.db.prepare('SELECT count(*) FROM extra').pluck().get()).toBe(1)
  store.close()
})
