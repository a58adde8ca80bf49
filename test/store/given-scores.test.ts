import { expect, test } from 'vitest'
import { importScores } from '../../electron/import/scores/import-scores.ts'
import { listScoreFiles, removeScoreFile } from '../../electron/store/given-scores.ts'
import type { Store } from '../../electron/store/open.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { withSaid } from '../../electron/store/said.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { knownValues } from '../../electron/store/lists/known-values.ts'
import { reread, type Said } from './batches.ts'
import { importFile, memoryStore } from './stores.ts'

const start = 1_767_225_600_000_000_000n
const said = (trace: string, id: string, over: Partial<Said> = {}): Said => ({
  trace,
  id,
  name: id,
  kind: 'chain',
  start,
  duration: 1_000_000n,
  ...over,
})
const dump = [
  said('a', 'one', { session: 'S 1' }),
  said('a', 'two', { parent: 'one', kind: 'generation', call: { model: 'm', responseId: 'resp-7' } }),
  said('b', 'three', { session: 'S 1' }),
  said('c', 'four'),
  said('c', 'same', { parent: 'four' }),
  said('d', 'same'),
]

function example(): Store & Disposable & { readonly first: number } {
  const store = memoryStore()
  const { id } = importFile(store, dump)
  return Object.assign(store, { first: id })
}

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

function read(store: Store, content: string, options: { pieces?: number; name?: string } = {}) {
  const bytes = Buffer.from(content)
  const { pieces = 7, name } = options
  let at = 0
  const next = () => {
    const piece = bytes.subarray(at, (at += pieces))
    return Promise.resolve(piece.length > 0 ? piece : undefined)
  }
  return importScores(store, { path: 'feedback.csv', next }, { name })
}

test('rows of a table find traces, spans, sessions and requests', async () => {
  using store = example()
  const { receipt } = await read(
    store,
    `trace_id,span_id,session_id,request_id,name,value,comment,source\r
a,,,,thumbs,up,"good, ""really""\r
good",widget\r
c,same,,,accuracy,0.25,,judge\r
,,S 1,,escalated,true,,desk\r
,,,resp-7,edited,The whole answer,,editor\r
`,
  )
  expect(receipt).toMatchObject({ rows: 4, added: 4, known: 0, notFound: { count: 0 }, unreadable: { count: 0 } })
  expect(named(store, 'score.thumbs:1')).toBe('one two')
  expect(named(store, 'score.thumbs:up is:root')).toBe('one')
  expect(named(store, 'score.accuracy:<0.5')).toBe('same')
  expect(named(store, 'score.escalated:1')).toBe('one three two')
  expect(named(store, 'score.edited:"The whole answer"')).toBe('two')
  expect(named(store, 'has:score.accuracy')).toBe('same')
  expect(named(store, '-has:score')).toBe('four same')
  expect(knownValues(store, { id: 'score' }, '', 10).map(({ value }) => value)).toEqual([
    'accuracy',
    'edited',
    'escalated',
    'thumbs',
  ])
  const id = store.db.prepare<[], number>('SELECT id FROM span WHERE depth = 0 ORDER BY id').pluck().get()!
  expect(withSaid(store, id, { scores: [] } as never).scores).toEqual([
    { name: 'thumbs', value: 1, label: 'up', explanation: 'good, "really"\r\ngood', source: 'widget' },
    { name: 'escalated', value: 1, label: 'true', source: 'desk' },
  ])
})

test('rows that find nothing are counted, with their lines and why', async () => {
  using store = example()
  const { receipt } = await read(
    store,
    'traceId;score;observationId\nnope;1;\na;2;nowhere\n;3;same\n;4;\n\nb;;\nb;5;\n',
    { name: 'rating' },
  )
  expect(receipt).toMatchObject({ rows: 6, added: 1 })
  expect(receipt.notFound).toEqual({
    count: 3,
    places: [
      { line: 2, message: 'The store has no trace nope.' },
      { line: 3, message: 'The store has no span nowhere.' },
      { line: 4, message: '2 traces have a span same: say which (trace_id).' },
    ],
  })
  expect(receipt.unreadable.places).toEqual([
    { line: 5, message: 'It has no id of a trace, span, session or request.' },
    { line: 7, message: 'It has neither a value nor a comment.' },
  ])
})

test('importing again adds nothing, and two who say the same are two', async () => {
  using store = example()
  const file = 'trace_id,name,value\na,thumbs,1\na,thumbs,1\nb,thumbs,0\n'
  expect((await read(store, file)).receipt).toMatchObject({ added: 3, known: 0 })
  const again = await read(store, `trace_id,value,name\nb,0,thumbs\na,1,thumbs\na,1,thumbs\n`)
  expect(again.receipt).toMatchObject({ added: 0, known: 3 })
  expect(store.db.prepare('SELECT count(*) FROM given_score').pluck().get()).toBe(3)
  expect(listScoreFiles(store)).toMatchObject([{ id: again.id, receipt: { added: 0, known: 3 } }])
})

test('a file that has grown takes the place of what it was, one that says less does not', async () => {
  using store = example()
  await read(store, 'trace_id,name,value\na,thumbs,1\n')
  const grown = await read(store, 'trace_id,name,value\na,thumbs,1\nb,thumbs,0\n')
  expect(listScoreFiles(store).map(({ id }) => id)).toEqual([grown.id])
  const less = await read(store, 'trace_id,name,value\nb,thumbs,0\n')
  expect(listScoreFiles(store).map(({ id }) => id)).toEqual([less.id, grown.id])
  expect(removeScoreFile(store, grown.id)).toBe(1)
  expect(named(store, 'has:score.thumbs')).toBe('three')
})

test('a file is a unit: what another gave too stays when it goes', async () => {
  using store = example()
  const first = await read(store, 'trace_id,name,value\na,thumbs,1\nb,thumbs,0\n')
  await read(store, 'trace_id,name,value\nb,thumbs,0\nc,thumbs,1\n')
  expect(removeScoreFile(store, first.id)).toBe(1)
  expect(named(store, 'has:score.thumbs')).toBe('four same three')
  expect(listScoreFiles(store)).toHaveLength(1)
  expect(removeScoreFile(store, first.id)).toBeUndefined()
})

test('scores outlive removing the import of their traces', async () => {
  using store = example()
  await read(store, 'trace_id,span_id,name,value\nc,same,thumbs,1\n')
  removeImport(store, store.first, { reread })
  expect(named(store, 'score.thumbs:1')).toBe('')
  importFile(store, [said('z', 'other'), ...dump])
  expect(named(store, 'score.thumbs:1')).toBe('same')
})

test.each([
  [
    'JSON lines',
    '{"trace_id":"a","name":"t","value":true}\nnot json\n{"trace_id":"b","name":"t","value":null,"comment":"hm"}\n',
  ],
  ['a list', '[\n {"trace_id":"a","name":"t","value":true}, 5,\n {"traceId":"b","key":"t","comment":"hm"}\n]'],
  [
    'what an interface answers',
    '{"data":[{"trace_id":"a","name":"t","value":1},{"trace_id":"b","name":"t"},{"trace_id":"b","name":"t","comment":"hm"}],"meta":{}}',
  ],
])('%s', async (_, content) => {
  using store = example()
  const { receipt } = await read(store, content)
  expect(receipt).toMatchObject({ rows: 3, added: 2, unreadable: { count: 1 } })
  expect(named(store, 'has:score.t')).toBe('one three two')
})

test('a file that gave nothing leaves nothing', async () => {
  using store = example()
  const { receipt } = await read(store, 'trace_id,name,value\nnope,thumbs,1\n')
  expect(receipt).toMatchObject({ rows: 1, added: 0, notFound: { count: 1 } })
  expect(listScoreFiles(store)).toEqual([])
})

test.each([
  ['nothing', '', 'The file is empty'],
  ['a table of something else', 'name,price\nx,1\n', 'Its first line has: name, price.'],
  ['a picture', '\x89PNG\r\n\x1a\n\0\0\0\0\0\0', 'Not recognised'],
])('%s is refused with a reason', async (_, content, why) => {
  using store = example()
  await expect(read(store, content)).rejects.toThrow(why)
  expect(listScoreFiles(store)).toEqual([])
})

test('hostile cells: quotes nobody closes, huge texts, names of prototypes', async () => {
  using store = example()
  const { receipt } = await read(
    store,
    `trace_id,name,value,comment\na,__proto__,1,\0\na,${'n'.repeat(500)},1,\nb,x,1e999,\nc,open,1,"${'y'.repeat(1 << 21)}`,
    { pieces: 65_536 },
  )
  expect(receipt).toMatchObject({ rows: 4, added: 4, cut: 2 })
  expect(named(store, 'score.__proto__:1')).toBe('one two')
})
