// What persons put on traces and spans goes out with them.

import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { putOn } from '../../electron/store/said.ts'
import type { Store } from '../../electron/store/open.ts'
import { noteLine } from '../../shared/contract/bundle.ts'
import { setNotes } from '../../electron/store/notes.ts'
import { writeRemark } from '../../electron/store/remarks.ts'
import { traceHandlers } from '../../electron/rpc/traces.ts'
import { fixture } from '../helpers/fixtures.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { exported, importAll, newStore, textOf } from './helpers.ts'

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

test('a bundle carries them to another store, where nothing that stands there is replaced', async () => {
  using folder = temporaryFolder()
  const first = newStore(folder, 'first')
  await importAll(first, fixture('openllmetry/two-workflows.jsonl'))
  const [own = 0, other = 0] = first.db.prepare<[], number>('SELECT id FROM span ORDER BY id').pluck().all()
  const plain = textOf(first, 'bundle')
  setNotes(first, 'spans', [own], '', true)
  setNotes(
    first,
    'spans',
    [own, other],
    'a tag that is longer than what the store keeps in place of a text '.repeat(3),
    true,
  )
  writeRemark(first, 'spans', own, 'why "here"? '.repeat(50))
  setNotes(first, 'traces', [1], '__proto__', true)
  writeRemark(first, 'traces', 1, 'from the first store')
  const written = textOf(first, 'bundle')
  expect(written.startsWith(plain)).toBe(true)
  for (const line of written.slice(plain.length).trim().split('\n')) {
    expect(noteLine.safeParse(JSON.parse(line)).error).toBeUndefined()
  }

  const second = newStore(folder, 'second')
  await importAll(second, fixture('openllmetry/two-workflows.jsonl'))
  writeRemark(second, 'traces', 1, 'from the second store')
  const { totals, files } = await importAll(second, exported(folder, first, 'bundle'))
  expect(totals).toMatchObject({ added: 0, unreadable: 0 })
  expect(files[0]!.skipped).toEqual([{ what: expect.stringContaining('notes of persons'), count: 3 }])
  const putOnAll = (store: Store) => [
    putOn(store, 'traces', 1),
    ...store.db
      .prepare<[], number>('SELECT id FROM span ORDER BY trace, tag')
      .pluck()
      .all()
      .map(id => putOn(store, 'spans', id)),
  ]
  const [onTrace, ...onSpans] = putOnAll(first)
  expect(putOnAll(second)).toEqual([{ ...onTrace, note: 'from the second store' }, ...onSpans])
  expect(textOf(first, 'bundle', [99])).toBe('')
  first.close()
  second.close()
})

test('lines of notes that nobody could have written are reported, and the rest is taken', async () => {
  using folder = temporaryFolder()
  const store = newStore(folder, 'store')
  const file = folder.file('notes.jsonl')
  const notes = [
    { trace: 'a'.repeat(2000) },
    7,
    null,
    { trace: 't', span: 5 },
    { trace: 't', tags: 'x', note: 'y'.repeat(20_001) },
    { trace: 't', note: 'kept' },
  ]
  writeFileSync(file, `{"spanwise":"notes/1","notes":${JSON.stringify(notes)}}\n{"spanwise":"notes/1","notes":3}\n`)
  const { totals, files } = await importAll(store, file)
  expect(totals.unreadable).toBe(4)
  expect(files[0]!.skipped.map(({ count }) => count)).toEqual([2])
  expect(store.db.prepare('SELECT * FROM remark').all()).toEqual([{ trace: 't', span: 0, text: 'kept' }])
  store.close()
})
