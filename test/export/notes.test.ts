// What persons put on traces and spans goes out with them.

import { expect, test } from 'vitest'
import { setNotes } from '../../electron/store/notes.ts'
import { writeRemark } from '../../electron/store/remarks.ts'
import { traceHandlers } from '../../electron/rpc/traces.ts'
import { fixture } from '../helpers/fixtures.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { importAll, newStore, textOf } from './helpers.ts'

const neverAsked = new AbortController().signal

test('flat rows, tables and the reading of a span say stars, tags and notes; OTLP lines say only what the file said', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  await importAll(store, fixture('openllmetry/two-workflows.jsonl'))
  const { trace, span } = store.db
    .prepare<[], { trace: number; span: number }>('SELECT trace, id AS span FROM span ORDER BY id LIMIT 1')
    .get()!
  const before = textOf(store, 'otlp')
  setNotes(store, 'spans', [span], '', true)
  setNotes(store, 'spans', [span], 'bug', true)
  writeRemark(store, 'spans', span, '=why "here"?')
  setNotes(store, 'traces', [trace], '', true)
  setNotes(store, 'traces', [trace], 'keep', true)
  writeRemark(store, 'traces', trace, 'look again')

  const rows = textOf(store, 'flat')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  const [noted, ...more] = rows.filter(row => row['starred'] === true)
  expect(more).toEqual([])
  expect(noted).toMatchObject({ tags: expect.arrayContaining(['bug']), note: '=why "here"?' })
  const others = rows.filter(row => row['trace_id'] === noted!['trace_id'])
  expect(others.length).toBeGreaterThan(1)
  for (const row of others) {
    expect(row).toMatchObject({ trace_starred: true, trace_tags: ['keep'], trace_note: 'look again' })
  }
  expect(rows.some(row => row['trace_note'] === undefined)).toBe(true)

  const [titles, first] = textOf(store, 'spans').split('\r\n')
  expect(titles).toContain('"tags","starred","note","trace_tags","trace_starred","trace_note"')
  expect(textOf(store, 'spans')).toContain(`bug",1,"'=why ""here""?","keep",1,"look again"\r\n`)
  expect(first).toContain('"keep",1,"look again"')

  const read = await traceHandlers(store)['spans.read']({ id: span }, neverAsked)
  expect(read).toMatchObject({ starred: true, note: '=why "here"?', tags: expect.arrayContaining(['bug']) })
  expect(textOf(store, 'otlp')).toBe(before)
  store.close()
})
