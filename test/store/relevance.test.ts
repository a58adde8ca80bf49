import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listKinds, type ListKind } from '../../shared/contract/lists.ts'
import { runImport } from '../../electron/import/run-import.ts'
import { spanSources } from '../../electron/rpc/search.ts'
import { listHandlers } from '../../electron/rpc/traces.ts'
import { askList } from '../../electron/store/lists/asking.ts'
import { firstRows } from '../../electron/store/lists/first-rows.ts'
import { readRows } from '../../electron/store/lists/rows.ts'
import { openStore, type Store } from '../../electron/store/open.ts'
import { findSpans } from '../../electron/store/search/find.ts'
import { readQuestion } from '../../electron/store/search/question.ts'
import { readElsewhere } from '../../electron/store/table/elsewhere.ts'
import { closeTextIndex } from '../../electron/store/text-index/with-index.ts'
import { rules } from '../../electron/import/rules.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { buildWholeIndex } from '../query/check-index.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

const filler = 'and so it goes on about this and that, '.repeat(8)

/** A call a second later than the one before, each of a trace of its own. */
const calls: readonly (readonly [name: string, ...texts: string[]])[] = [
  ['long', `a zebra ${filler}`],
  ['first', 'the zebra runs'],
  ['again', 'the zebra runs', 'and the lion'],
  ['none', 'nothing of the kind'],
  ['both', 'the lion sleeps beside a zebra today'],
  ['late', 'the zebra runs', 'good night'],
]

function dump(): string {
  const file = folder.file('dump.jsonl')
  const spans = calls.map(([name, ...texts], i) => ({
    traceId: `${i + 1}`.padStart(32, '0'),
    spanId: `${i + 1}`.padStart(16, '0'),
    name,
    startTimeUnixNano: `${1_700_000_000 + i}000000000`,
    endTimeUnixNano: `${1_700_000_001 + i}000000000`,
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.conversation.id', value: { stringValue: name } },
      {
        key: 'gen_ai.input.messages',
        value: {
          stringValue: JSON.stringify(texts.map(content => ({ role: 'user', parts: [{ type: 'text', content }] }))),
        },
      },
    ],
  }))
  writeFileSync(file, `${JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] })}\n`)
  return file
}

describe('texts of a store', () => {
  let store: Store
  beforeAll(async () => {
    store = openStore(folder.file('store.spanwise'), { create: true })
    await runImport(store, [{ path: dump() }])
    buildWholeIndex(store, rules)
  })
  afterAll(() => {
    closeTextIndex(store)
    store.close()
  })

  const nameOf = (id: number) => calls[id - 1]![0]
  const listed = (list: ListKind, query: string, descending = true): string[] => {
    const elsewhere = readElsewhere(store, spanSources(store)(false))
    const window = { columns: [], sort: { column: 'relevance', descending }, offset: 0, limit: 100 }
    const condition = readQuestion({ query, now: 0, zone: 'UTC' })
    return Array.from(askList({ store, elsewhere }, list, condition, asked => readRows(asked, window)).trace, nameOf)
  }

  test.each([
    // Said first in few words, then in more, then repeated: the newest first.
    ['zebra', ['first', 'both', 'late', 'again', 'long']],
    ['zebra lion', ['again', 'both']],
    ['*ebr*', ['first', 'both', 'late', 'again', 'long']],
    ['/zebra [a-z]+/', ['first', 'both', 'late', 'again', 'long']],
    ['zebra -lion', ['first', 'late', 'long']],
    // No text: newest first.
    ['kind:generation', ['late', 'both', 'none', 'again', 'first', 'long']],
    ['-zebra', ['none']],
  ])('%s: what has most to say comes first', (query, names) => {
    for (const list of listKinds) expect([list, listed(list, query)]).toEqual([list, names])
    const condition = readQuestion({ query, now: 0, zone: 'UTC' })
    const page = { offset: 0, limit: 10, sort: 'relevance' } as const
    const { spans } = findSpans(store, condition, spanSources(store)(true), page)
    expect(spans.map(({ id }) => nameOf(id))).toEqual(names)
    const { rows } = listHandlers(store)['traces.list'](
      { where: { query, now: 0, zone: 'UTC' }, sort: 'relevance', descending: true, offset: 0, limit: 10 },
      undefined as never,
    ) as { rows: { id: number }[] }
    expect(rows.map(({ id }) => nameOf(id))).toEqual(names)
  })
  test.each(['zebra', 'zebra lion', 'nowhere', '*ebr*'])('%s: before columns are read the page is the same', query => {
    const elsewhere = readElsewhere(store, spanSources(store)(false))
    const where = { query, now: 0, zone: 'UTC' }
    for (const descending of [true, false]) {
      const sort = { column: 'started', descending }
      const window = { columns: ['name', 'spans'], sort, offset: 1, limit: 3 }
      const rows = askList({ store, elsewhere }, 'traces', readQuestion(where), asked => readRows(asked, window))
      expect(firstRows(store, { ...window, list: 'traces', where }, elsewhere)).toEqual(rows)
    }
    const filtered = { ...where, query: `${query} kind:generation` }
    const window = { columns: [], sort: { column: 'started', descending: true }, offset: 0, limit: 3 }
    expect(firstRows(store, { ...window, list: 'traces', where: filtered }, elsewhere)).toBeUndefined()
  })
})
