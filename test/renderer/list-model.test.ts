import { expect, test } from 'vitest'
import { beginsLikeScores } from '../../shared/domain/score-row.ts'
import { movedBy, placedAt, withPin, withWidth } from '../../renderer/components/columns/column-choice.ts'
import { columnsOf } from '../../renderer/views/lists/model/column-choice.ts'
import { columnOf } from '../../renderer/views/lists/model/columns.ts'
import { clauseOfGroup } from '../../renderer/views/lists/model/group-clause.ts'
import {
  countOf,
  everything,
  isSelected,
  joined,
  nothing,
  toggled,
} from '../../renderer/views/lists/model/selection.ts'
import { timeClause } from '../../renderer/views/lists/model/time-clause.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { resolveQuery } from '../../shared/query/resolve.ts'

const local = (...parts: [number, number, number, number?, number?, number?, number?]) =>
  new Date(...(parts as unknown as [number, number])).getTime() * 1000

test('a stretch of time is written as a person would, in the longest unit that says it', () => {
  expect(timeClause(local(2026, 0, 5), local(2026, 0, 7))).toBe('started:2026-01-05..2026-01-06')
  expect(timeClause(local(2026, 0, 5, 14), local(2026, 0, 5, 15))).toBe('started:2026-01-05T14:00..2026-01-05T14:59')
  expect(timeClause(local(2026, 0, 5, 14, 0, 5), local(2026, 0, 5, 14, 0, 15))).toBe(
    'started:2026-01-05T14:00:05..2026-01-05T14:00:14',
  )
  expect(timeClause(local(2026, 0, 5) + 1500, local(2026, 0, 5) + 2500)).toBe(
    'started:2026-01-05T00:00:00.001500..2026-01-05T00:00:00.002499',
  )
})

test('what is written means exactly the stretch that was chosen', () => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  for (const width of [1, 250, 1000, 1e6, 15e6, 60e6, 900e6, 3600e6, 86_400e6]) {
    const from = local(2026, 2, 3, width >= 86_400e6 ? 0 : 7) + 3 * width
    const to = width >= 86_400e6 ? from + 2 * 86_400e6 : from + 2 * width
    const parsed = parseQuery(timeClause(from, to))
    const condition = parsed.ok ? resolveQuery(parsed.query, { now: 0n, zone: timeZone }) : undefined
    expect(condition).toMatchObject({ type: 'leaf', leaf: { type: 'interval' } })
    const { within } = (condition as { leaf: { within: { least: bigint; most: bigint; mostIsOpen?: true } } }).leaf
    expect(within.least, `${width}`).toBe(BigInt(from) * 1000n)
    expect(within.mostIsOpen ? within.most : within.most + 1n, `${width}`).toBe(BigInt(to) * 1000n)
  }
})

test('columns are placed, pinned and sized; pinned ones stay on the left', () => {
  const choice = ['started', 'name', 'cost'].map(field => ({ field }))
  expect(placedAt(choice, 'cost', 'started').map(({ field }) => field)).toEqual(['cost', 'started', 'name'])
  expect(movedBy(choice, 'started', -1)).toBe(choice)
  const pinned = withPin(choice, 'cost', true)
  expect(pinned.map(({ field }) => field)).toEqual(['cost', 'started', 'name'])
  expect(movedBy(pinned, 'started', -1).map(({ field }) => field)).toEqual(['cost', 'started', 'name'])
  expect(withWidth(choice, 'name', -5)[1]).toEqual({ field: 'name', width: 32 })
})

test('what a list cannot have is left out, whatever was remembered', () => {
  const choice = ['name', 'nonsense', 'is', 'errors', '__proto__', 'score.x', '@a b', 'text'].map(field => ({ field }))
  expect(columnsOf('spans', choice).map(({ id }) => id)).toEqual(['name', 'score.x', '@a b'])
  expect(columnOf('constructor', 'traces')).toBeUndefined()
})

test('a selection counts exactly, of some or of all but some', () => {
  const some = toggled(toggled(nothing, 1), 2)
  expect(countOf(some, 100)).toBe(2)
  expect(toggled(toggled(some, 1), 2)).toEqual(nothing)
  const all = toggled(everything, 7)
  expect(countOf(all, 100)).toBe(99)
  expect([isSelected(all, 7), isSelected(all, 8)]).toEqual([false, true])
  expect(countOf(joined(all, [7]), 100)).toBe(100)
})

test('a group is asked for by its value, or by having none', () => {
  expect(clauseOfGroup('model', 'a b')).toBe('model:"a b"')
  expect(clauseOfGroup('prompt.version', undefined)).toBe('-has:prompt.version')
  expect(clauseOfGroup('model', 'x'.repeat(2000))).toBeUndefined()
})

test.each([
  ['trace_id,name,value\na,thumbs,1', true],
  ['"Trace ID";"Score";"Comment"\n', true],
  ['\ufeffsession_id\trating\n', true],
  ['{"trace_id":"a","name":"thumbs","value":1}\n', true],
  ['[{"spanId":"a","name":"thumbs","score":1}]', true],
  ['{"resourceSpans":[]}\n', false],
  ['{"trace_id":"a","span_id":"b","name":"step","start_time":1}\n', false],
  ['name,price\nx,1', false],
  ['', false],
])('%j begins like scores: %s', (head, is) => {
  expect(beginsLikeScores(head)).toBe(is)
})
