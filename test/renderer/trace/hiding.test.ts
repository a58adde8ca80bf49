import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  back,
  backTo,
  commitMeasured,
  commitRange,
  type Cursor,
  fold,
  goTo,
  goToLine,
  isPlaceholder,
  measureFromHere,
  type Move,
  openPlaceholder,
  remeasured,
  right,
  showOnly,
  startCursor,
  step,
  toggleAttempts,
  unfoldAll,
  zoom,
} from '../../../renderer/views/trace/model/cursor.ts'
import { endOfRun, sumRun } from '../../../renderer/views/trace/model/hiding.ts'
import { readTrace, type TraceModel } from '../../../renderer/views/trace/model.ts'
import { type DrawnSpan, treeOf } from './forest.ts'

function span(levels: number): fc.Arbitrary<DrawnSpan> {
  const own = fc.record({
    name: fc.constantFrom('a', 'b'),
    status: fc.constantFrom('ok', 'error'),
    offset: fc.nat({ max: 50 }),
    duration: fc.nat({ max: 50 }),
    cost: fc.nat({ max: 100 }),
    counted: fc.constantFrom(0, 1),
  })
  if (levels === 0) return own
  return fc.tuple(own, fc.array(span(levels - 1), { maxLength: 4 })).map(([one, children]) => ({ ...one, children }))
}
const forest = fc.array(span(3), { minLength: 1, maxLength: 3 })

const walk = (model: TraceModel, cursor: Cursor, ...moves: Move[]): Cursor =>
  moves.reduce((now, move) => move(model, now), cursor)

/** "0 1 ⋯2-4 5" */
function lines(model: TraceModel, cursor: Cursor): string {
  return [...cursor.visible]
    .map(row => (isPlaceholder(cursor, row) ? `⋯${row}-${endOfRun(model.shape, cursor.hidden!, row)}` : String(row)))
    .join(' ')
}

describe('showing only what matches', () => {
  test('matches and what leads to them are rows; all else is counted by placeholders, each once', () => {
    fc.assert(
      fc.property(forest, fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), (drawn, wanted) => {
        const model = readTrace(treeOf(drawn))
        const { shape, sums, tree } = model
        const matches = new Uint8Array(shape.count)
        for (const row of wanted) if (row < shape.count) matches[row] = 1
        const cursor = walk(model, startCursor(model), showOnly(matches))
        const leads = (row: number): boolean => matches.subarray(row, shape.last[row]! + 1).includes(1)
        let next = 0
        for (const row of cursor.visible) {
          expect(row).toBe(next)
          expect(isPlaceholder(cursor, row)).toBe(!leads(row))
          if (!isPlaceholder(cursor, row)) {
            next = row + 1
            continue
          }
          const end = endOfRun(shape, cursor.hidden!, row)
          const rows = Array.from({ length: end - row + 1 }, (_, i) => row + i)
          expect(rows.some(leads)).toBe(false)
          // One parent: the placeholder stands where its rows would.
          const tops = rows.filter(one => shape.depth[one] === shape.depth[row])
          expect(new Set(tops.map(one => shape.parent[one])).size).toBe(1)
          const run = sumRun(tree, shape, sums, row, end)
          expect(run.spans).toBe(rows.length)
          expect(run.errors).toBe(rows.filter(one => tree.status[one] === 2).length)
          const costs = rows.filter(one => tree.counted[one]).map(one => tree.cost[one]!)
          expect(run.cost).toBe(costs.length === 0 ? Number.NaN : costs.reduce((sum, one) => sum + one, 0))
          next = end + 1
        }
        expect(next).toBe(shape.count)
        expect(lines(model, walk(model, cursor, showOnly(undefined)))).toBe(lines(model, startCursor(model)))
      }),
    )
  })

  const model = readTrace(
    treeOf([
      {
        name: 'root',
        children: [{ name: 'a', children: [{ name: 'b' }, { name: 'c' }] }, { name: 'd' }, { name: 'e' }],
      },
    ]),
  )
  const matches = Uint8Array.from([0, 0, 1, 0, 0, 0])
  const only = walk(model, startCursor(model), showOnly(matches))

  test('Right on a placeholder, or going to a hidden span, shows what was hidden there', () => {
    expect(lines(model, only)).toBe('0 1 2 ⋯3-3 ⋯4-5')
    expect(lines(model, walk(model, only, step(4), right(5)))).toBe('0 1 2 ⋯3-3 4 5')
    expect(lines(model, walk(model, only, goTo(5)))).toBe('0 1 2 ⋯3-3 ⋯4-4 5')
    expect(walk(model, only, goTo(5)).row).toBe(5)
    expect(lines(model, walk(model, only, unfoldAll))).toBe('0 1 2 3 4 5')
    expect(lines(model, walk(model, only, openPlaceholder(3)))).toBe('0 1 2 3 ⋯4-5')
  })

  test('a row that gets hidden gives way to its placeholder, a folded one to its ancestor', () => {
    expect(walk(model, startCursor(model), goTo(5), showOnly(matches)).row).toBe(4)
    expect(walk(model, only, goToLine(3), fold(1, true)).row).toBe(1)
  })
})

test('earlier attempts fold, counted, and unfold; nothing folds by itself', () => {
  const failed = { kind: 'generation', status: 'error', duration: 5 } as const
  const model = readTrace(
    treeOf([
      {
        name: 'root',
        offset: 0,
        duration: 40,
        children: [
          { name: 'ask', offset: 0, ...failed, children: [{ name: 'http', offset: 0, duration: 5 }] },
          { name: 'ask', offset: 10, ...failed },
          { name: 'ask', offset: 20, kind: 'generation', duration: 5 },
        ],
      },
    ]),
  )
  const start = startCursor(model)
  expect(lines(model, start)).toBe('0 1 2 3 4')
  const folded = walk(model, start, toggleAttempts)
  expect(lines(model, folded)).toBe('0 ⋯1-3 4')
  expect(lines(model, walk(model, folded, toggleAttempts))).toBe('0 1 2 3 4')
  expect(walk(model, folded, showOnly(undefined))).toBe(folded)
})

describe('time', () => {
  const model = readTrace(
    treeOf([
      {
        name: 'root',
        offset: 0,
        duration: 1000,
        children: [
          { name: 'a', offset: 100, duration: 100 },
          { name: 'b', offset: 600, duration: 200 },
        ],
      },
    ]),
  )

  test('committed ranges are a way that leads back', () => {
    const two = walk(
      model,
      startCursor(model),
      commitRange({ from: 100, to: 500 }),
      commitRange({ from: 200, to: 300 }),
    )
    expect(two.path).toHaveLength(2)
    const zoomed = walk(model, two, zoom(1 / 2, 250))
    expect(walk(model, zoomed, back).range).toEqual({ from: 200, to: 300 })
    expect(walk(model, zoomed, back, back).range).toEqual({ from: 100, to: 500 })
    expect(walk(model, zoomed, back, back, back)).toMatchObject({ range: model.whole, path: [] })
    expect(walk(model, zoomed, backTo(1))).toMatchObject({ range: { from: 100, to: 500 }, path: [{}] })
  })

  test('what is measured from a span reaches to where the cursor goes, and can be shown alone', () => {
    const from = walk(model, startCursor(model), goTo(1), measureFromHere)
    expect(from.measured).toMatchObject({ from: 100, to: 200 })
    const to = remeasured(model, walk(model, from, goTo(2)))
    expect(to.measured).toMatchObject({ from: 100, to: 800 })
    expect(walk(model, to, commitMeasured)).toMatchObject({ range: { from: 100, to: 800 }, measured: undefined })
  })
})
