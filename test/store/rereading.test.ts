import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reread } from '../../electron/import/reading.ts'
import { rules } from '../../electron/import/rules.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { digest } from '../../electron/store/digest.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { rereadStore, undoRereading } from '../../electron/store/rereading.ts'
import { rereadingStatus } from '../../electron/store/rereading-status.ts'
import { fixture } from '../helpers/fixtures.ts'
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.ts'

let folder: TemporaryFolder
let store: Store
/** What the store says as this build reads it, and as an older one left it. */
let asNow: string
let asThen: string

const again = (dryRun: boolean, more: object = {}) => rereadStore(store, { reread, rules, dryRun, ...more })

beforeEach(async () => {
  folder = temporaryFolder()
  store = openStore(folder.file('store.spanwise'), { create: true })
  const files = [
    'openllmetry/two-workflows.jsonl',
    'openinference/agent-retriever-tools.jsonl',
    'flat/support-ticket.jsonl',
  ]
  await runImport(
    store,
    files.map(name => ({ path: fixture(name) })),
  )
  asNow = digest(store)
  // An older build knew less: no provider, one call missed, a kind and a score wrong.
  store.db.exec(`
    UPDATE import SET rules = 'older';
    UPDATE call SET provider = 0;
    DELETE FROM call WHERE id = (SELECT min(id) FROM call);
    UPDATE span SET kind = 12 WHERE kind = 5;
    DELETE FROM score;
  `)
  asThen = digest(store)
})

afterEach(() => {
  store.close()
  folder[Symbol.dispose]()
})

test('a store that older rules read says so, and a dry run says what would change and changes nothing', async () => {
  const spans = store.db.prepare('SELECT count(*) FROM span').pluck().get()
  expect(rereadingStatus(store, rules)).toEqual({ due: spans })
  const result = await again(true)
  expect(result.looked).toBe(spans)
  const byField = Object.fromEntries(result.changes.map(change => [change.field, change]))
  expect(byField['provider']!.examples[0]).toMatchObject({ after: 'openai' })
  expect(byField['provider']!.examples[0]).not.toHaveProperty('before')
  expect(byField).toMatchObject({ call: { spans: 1 }, kind: { spans: expect.any(Number) as number } })
  expect(digest(store)).toBe(asThen)
  expect(rereadingStatus(store, rules)).toEqual({ due: spans })
})

test('read again, a store is what a fresh import would be; undone, it is what it was', async () => {
  const seen: number[] = []
  const result = await again(false, { progress: ({ looked }: { looked: number }) => seen.push(looked) })
  expect(digest(store)).toBe(asNow)
  expect(seen.at(-1)).toBe(result.looked)
  expect(rereadingStatus(store, rules)).toMatchObject({
    due: 0,
    last: { state: 'complete', changed: result.changed, canUndo: true },
  })
  expect(await again(true)).toMatchObject({ changed: 0, changes: [] })
  expect(undoRereading(store, { reread })).toBe(result.changed)
  expect(rereadingStatus(store, rules)).toEqual({ due: result.looked })
  expect(store.db.prepare('SELECT count(*) FROM reread_span').pluck().get()).toBe(0)
  // Totals that the older rules had left stale are derived anew; what was read of each span is as it was.
  const read = 'SELECT id, kind, name, status, start, dur, conventions FROM span ORDER BY id'
  const now = store.db.prepare(read).all()
  await again(false)
  undoRereading(store, { reread })
  expect(store.db.prepare(read).all()).toEqual(now)
  expect(store.db.prepare('SELECT count(*) FROM call WHERE provider <> 0').pluck().get()).toBe(0)
})

test('what another import has changed since is not put back', async () => {
  await again(false)
  const file = folder.file('more.jsonl')
  writeFileSync(file, JSON.stringify({ trace_id: 't', span_id: 's', model_name: 'm' }))
  await runImport(store, [{ path: file }])
  expect(rereadingStatus(store, rules).last).toMatchObject({ canUndo: false })
  expect(() => undoRereading(store, { reread })).toThrow('nothing to undo')
})

test('removing an import takes along what its spans once said', async () => {
  await again(false)
  removeImport(store, 1, { reread })
  expect(store.db.prepare('SELECT count(*) FROM reread_span').pluck().get()).toBe(0)
  expect(rereadingStatus(store, rules).last).toMatchObject({ canUndo: false })
})

test('stopped half-way, the rest is still due, and what was changed can be put back', async () => {
  let pages = 0
  const copies = Array.from({ length: 1200 }, (_, i) =>
    JSON.stringify({ trace_id: `t${i}`, span_id: 's', model_name: 'm', model_provider: 'p' }),
  )
  const file = folder.file('many.jsonl')
  writeFileSync(file, copies.join('\n'))
  await runImport(store, [{ path: file }])
  store.db.exec(`UPDATE import SET rules = 'older'; UPDATE call SET provider = 0`)
  const result = await again(false, { isStopped: () => ++pages === 2 })
  expect(result.looked).toBe(1000)
  expect(rereadingStatus(store, rules)).toMatchObject({
    due: expect.any(Number) as number,
    last: { state: 'partial', canUndo: true },
  })
  expect(rereadingStatus(store, rules).due).toBeGreaterThan(1000)
  expect(undoRereading(store, { reread })).toBe(result.changed)
  expect(store.db.prepare('SELECT count(*) FROM call WHERE provider <> 0').pluck().get()).toBe(0)
})
