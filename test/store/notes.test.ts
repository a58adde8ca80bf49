import { expect, test } from 'vitest'
import { reread } from './batches.ts'
import { setNotes, undoNotes, readNotes, countTags, notedSpans } from '../../electron/store/notes.ts'
import { readRemarks, writeRemark } from '../../electron/store/remarks.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { knownValues } from '../../electron/store/lists/known-values.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import type { Store } from '../../electron/store/open.ts'
import { listViews, removeView, saveView } from '../../electron/store/views.ts'
import { importFile, memoryStore } from './stores.ts'
import type { Said } from './batches.ts'

const start = 1_767_225_600_000_000_000n
const said = (trace: string, id: string, parent?: string): Said => ({
  trace,
  id,
  ...(parent === undefined ? {} : { parent }),
  name: id,
  kind: 'chain',
  start,
  duration: 1_000_000n,
})
const dump = [
  said('a', 'one'),
  said('a', 'two', 'one'),
  said('b', 'three'),
  said('b', 'four', 'three'),
  said('c', 'five'),
]

/** Names of the spans that match. */
function named(store: Store, query: string): string {
  const condition = readQuestion({ query, now: 0, zone: 'UTC' })
  const { spans } = findSpans(store, condition, () => undefined, { offset: 0, limit: 100 })
  const name = store.db.prepare<[number], string>(
    'SELECT s FROM name JOIN span ON span.name = name.id WHERE span.id = ?',
  )
  return spans
    .map(({ id }) => name.pluck().get(id) ?? '')
    .sort()
    .join(' ')
}

function traceRow(store: Store, key: string): number {
  return store.db.prepare<[string], number>('SELECT id FROM trace WHERE key = ?').pluck().get(key)!
}

function spanRow(store: Store, name: string): number {
  return store.db
    .prepare<[string], number>('SELECT span.id FROM span JOIN name ON name.id = span.name WHERE name.s = ?')
    .pluck()
    .get(name)!
}

test('what is put on a trace holds for its spans, what is put on a span for that span', () => {
  using store = memoryStore()
  importFile(store, dump)
  setNotes(store, 'traces', [traceRow(store, 'a')], '', true)
  setNotes(store, 'spans', [spanRow(store, 'four')], '', true)
  setNotes(store, 'spans', [spanRow(store, 'four')], 'Odd one', true)
  expect(named(store, 'is:starred')).toBe('four one two')
  expect(named(store, '-is:starred')).toBe('five three')
  expect(named(store, 'tag:"odd one"')).toBe('four')
  expect(named(store, 'tag:odd*')).toBe('four')
  expect(named(store, 'has:tag')).toBe('four')
  expect(named(store, 'trace:(tag:"odd one")')).toBe('four three')
  expect(readNotes(store, 'spans', [spanRow(store, 'three'), spanRow(store, 'four')])).toEqual({
    starred: [false, true],
    tags: [[], ['Odd one']],
  })
  expect(countTags(store)).toEqual([{ tag: 'Odd one', traces: 0, spans: 1 }])
  expect(knownValues(store, { id: 'tag' }, 'od', 10)).toEqual([{ value: 'Odd one', count: 1 }])
})

test('a change says on how many rows, and can be undone and done again', () => {
  using store = memoryStore()
  importFile(store, dump)
  const [a, b, c] = ['a', 'b', 'c'].map(key => traceRow(store, key)) as [number, number, number]
  expect(setNotes(store, 'traces', [a], 'bug', true).rows).toBe(1)
  const bulk = setNotes(store, 'traces', [a, b, c], 'bug', true)
  expect(bulk.rows).toBe(2)
  const undone = undoNotes(store, bulk.change)
  expect(undone.rows).toBe(2)
  expect(named(store, 'tag:bug')).toBe('one two')
  expect(undoNotes(store, undone.change).rows).toBe(2)
  expect(named(store, 'tag:bug')).toBe('five four one three two')
  const off = setNotes(store, 'traces', [a, b], 'bug', false)
  expect(named(store, 'tag:bug')).toBe('five')
  undoNotes(store, off.change)
  expect(named(store, 'tag:bug')).toBe('five four one three two')
})

test('the latest hundred changes can be undone', () => {
  using store = memoryStore()
  importFile(store, dump)
  const row = traceRow(store, 'a')
  const first = setNotes(store, 'traces', [row], 'bug', true)
  for (let i = 0; i < 100; i++) setNotes(store, 'traces', [row], '', i % 2 === 0)
  expect(() => undoNotes(store, first.change)).toThrow('cannot be undone any more')
  expect(store.db.prepare('SELECT count(DISTINCT change) FROM note_change').pluck().get()).toBe(100)
})

test('notes outlive removing their import and importing it again', () => {
  using store = memoryStore()
  const { id } = importFile(store, dump)
  setNotes(store, 'traces', [traceRow(store, 'a')], 'bug', true)
  setNotes(store, 'spans', [spanRow(store, 'four')], '', true)
  removeImport(store, id, { reread })
  expect(named(store, '')).toBe('')
  importFile(store, [said('z', 'new'), ...dump])
  expect(named(store, 'tag:bug')).toBe('one two')
  expect(named(store, 'is:starred')).toBe('four')
})

test('a hostile word is a word', () => {
  using store = memoryStore()
  importFile(store, dump)
  for (const word of ["'; DROP TABLE note; --", '__proto__', '\ud800', '*']) {
    setNotes(store, 'traces', [traceRow(store, 'b')], word, true)
  }
  expect(readNotes(store, 'traces', [traceRow(store, 'b')]).tags[0]).toHaveLength(4)
  expect(named(store, 'tag:__proto__')).toBe('four three')
})

test('a saved view replaces the one of its name and hands it back', () => {
  using store = memoryStore()
  const view = { list: 'calls', query: 'is:error', columns: [{ field: 'model', width: 90 }] } as const
  const first = saveView(store, 'Failures', { ...view, columns: [...view.columns] })
  expect(first.replaced).toBeNull()
  const second = saveView(store, 'Failures', { list: 'spans', query: '' })
  expect(second).toEqual({ id: first.id, replaced: view })
  expect(listViews(store)).toEqual([{ id: first.id, name: 'Failures', view: { list: 'spans', query: '' } }])
  removeView(store, first.id)
  expect(listViews(store)).toEqual([])
  expect(() => removeView(store, first.id)).toThrow('no such saved view')
})

test('a note is a text on a trace or a span, found by what it says, and outlives its import', () => {
  using store = memoryStore()
  const { id } = importFile(store, dump)
  const [a, three] = [traceRow(store, 'a'), spanRow(store, 'three')]
  expect(writeRemark(store, 'traces', a, '  Refund twice?\nAsk Ada. ')).toBeNull()
  expect(writeRemark(store, 'spans', three, 'slow: 100% of the time')).toBeNull()
  expect(readRemarks(store, 'traces', [a])).toEqual(['Refund twice?\nAsk Ada.'])
  expect(named(store, 'note:refund')).toBe('one two')
  expect(named(store, 'note:"ask ada"')).toBe('one two')
  expect(named(store, 'note:/100%/')).toBe('three')
  expect(named(store, 'note:refund*ada')).toBe('one two')
  expect(named(store, 'has:note')).toBe('one three two')
  expect(named(store, '-has:note')).toBe('five four')
  expect(named(store, 'note:nothing')).toBe('')
  expect(knownValues(store, { id: 'note' }, 'ref', 10)).toEqual([{ value: 'Refund twice?\nAsk Ada.', count: 2 }])

  expect(writeRemark(store, 'traces', a, 'Another')).toBe('Refund twice?\nAsk Ada.')
  expect(writeRemark(store, 'spans', three, '')).toBe('slow: 100% of the time')
  expect(readRemarks(store, 'spans', [three])).toEqual([null])
  setNotes(store, 'spans', [spanRow(store, 'two')], '', true)
  expect(notedSpans(store, a)).toEqual([spanRow(store, 'two')])
  expect(() => writeRemark(store, 'spans', 9999, 'x')).toThrow(/not there/)

  removeImport(store, id, { reread })
  importFile(store, dump)
  expect(readRemarks(store, 'traces', [traceRow(store, 'a')])).toEqual(['Another'])
})
