import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTrace } from '../../../renderer/views/trace/model.ts'
import {
  foldSubtree,
  nothingFolded,
  positionOf,
  reveal,
  setFolded,
  unfoldSiblings,
  unfoldToLevel,
  visibleRows,
} from '../../../renderer/views/trace/model/folding.ts'
import {
  findRow,
  nextPeer,
  nextSibling,
  readShape,
  rootOf,
  siblingCount,
} from '../../../renderer/views/trace/model/shape.ts'
import {
  barOf,
  fitTo,
  panBy,
  selfPieces,
  tickRoom,
  ticksOf,
  zoomAround,
} from '../../../renderer/views/trace/model/timeline.ts'
import { describeBar, describeRow, spokenDuration } from '../../../renderer/views/trace/model/words.ts'
import { type DrawnSpan, treeOf } from './forest.ts'

function drawnSpan(levels: number): fc.Arbitrary<DrawnSpan> {
  const span = fc.record(
    {
      name: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom('generation', 'tool', 'agent'),
      status: fc.constantFrom('ok', 'error', 'unset'),
      offset: fc.integer({ min: 0, max: 1000 }),
      duration: fc.integer({ min: -5, max: 1000 }),
      cost: fc.integer({ min: 0, max: 1e13 }),
      input: fc.integer({ min: 0, max: 1e6 }),
      counted: fc.constantFrom(0, 1, 2),
    },
    { requiredKeys: ['name', 'kind', 'status', 'counted'] },
  )
  if (levels === 0) return span
  const below = fc.array(drawnSpan(levels - 1), { maxLength: 3 })
  return fc.tuple(span, below).map(([own, children]) => ({ ...own, children }))
}
const forest = fc.array(drawnSpan(3), { minLength: 1, maxLength: 4 })

/** The same forest as objects with links, read the slow and obvious way. */
interface Node {
  readonly row: number
  readonly span: DrawnSpan
  readonly parent: Node | undefined
  readonly children: Node[]
}
function nodesOf(roots: readonly DrawnSpan[]): { roots: Node[]; all: Node[] } {
  const all: Node[] = []
  const build = (span: DrawnSpan, parent?: Node): Node => {
    const node: Node = { row: all.length, span, parent, children: [] }
    all.push(node)
    for (const child of span.children ?? []) node.children.push(build(child, node))
    return node
  }
  return { roots: roots.map(root => build(root)), all }
}

describe('shape', () => {
  test('parents, siblings and positions are those of the drawn forest', () => {
    fc.assert(
      fc.property(forest, drawn => {
        const { roots, all } = nodesOf(drawn)
        const shape = readShape(treeOf(drawn).last)
        expect(shape.count).toBe(all.length)
        for (const { row, parent, children } of all) {
          const siblings = parent ? parent.children : roots
          const at = siblings.findIndex(sibling => sibling.row === row)
          expect(shape.parent[row]).toBe(parent?.row ?? -1)
          expect(shape.children[row]).toBe(children.length)
          expect(shape.position[row]).toBe(at + 1)
          expect(siblingCount(shape, row)).toBe(siblings.length)
          expect(nextSibling(shape, row)).toBe(siblings[at + 1]?.row ?? -1)
          expect(shape.previous[row]).toBe(siblings[at - 1]?.row ?? -1)
        }
      }),
    )
  })

  test('peers are spans of the same kind and name, around the end', () => {
    const tree = treeOf([
      { name: 'plan', kind: 'generation' },
      { name: 'plan', kind: 'tool' },
      { name: 'answer', kind: 'generation', children: [{ name: 'plan', kind: 'generation' }] },
    ])
    expect(nextPeer(tree, 0, 1)).toBe(3)
    expect(nextPeer(tree, 3, 1)).toBe(0)
    expect(nextPeer(tree, 0, -1)).toBe(3)
    expect(findRow(3, -1, 1, () => true)).toBe(0)
    expect(findRow(3, 1, 1, () => false)).toBe(-1)
  })
})

describe('folding', () => {
  const folds = fc.array(fc.nat({ max: 40 }), { maxLength: 12 })

  test('visible rows are those without a folded ancestor', () => {
    fc.assert(
      fc.property(forest, folds, (drawn, rows) => {
        const { all } = nodesOf(drawn)
        const shape = readShape(treeOf(drawn).last)
        let folded = nothingFolded(shape)
        for (const row of rows) if (row < shape.count) folded = setFolded(folded, row, true)
        const isHidden = (node: Node): boolean =>
          node.parent !== undefined && (folded[node.parent.row] === 1 || isHidden(node.parent))
        const expected = all.filter(node => !isHidden(node)).map(node => node.row)
        const visible = visibleRows(shape, folded)
        expect([...visible]).toEqual(expected)
        for (const { row } of all) {
          // A row that is not on screen stands where its nearest ancestor on screen does.
          let shown = row
          while (!expected.includes(shown)) shown = shape.parent[shown]!
          expect(visible[positionOf(visible, row)]).toBe(shown)
          expect([...visibleRows(shape, reveal(shape, folded, row))]).toContain(row)
        }
      }),
    )
  })

  test('subtree, siblings and levels', () => {
    const shape = readShape(
      treeOf([
        {
          name: 'root',
          children: [
            { name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] },
            { name: 'd', children: [{ name: 'e' }] },
          ],
        },
      ]).last,
    )
    const all = foldSubtree(shape, nothingFolded(shape), 0, true)
    expect([...visibleRows(shape, all)]).toEqual([0])
    expect([...visibleRows(shape, setFolded(all, 0, false))]).toEqual([0, 1, 4])
    expect([...visibleRows(shape, unfoldSiblings(shape, setFolded(all, 0, false), 4))]).toEqual([0, 1, 2, 4, 5])
    expect([...visibleRows(shape, unfoldToLevel(shape, 1))]).toEqual([0, 1, 4])
    expect([...visibleRows(shape, unfoldToLevel(shape, 2))]).toEqual([0, 1, 2, 4, 5])
    expect([...visibleRows(shape, unfoldToLevel(shape, 3))]).toEqual([0, 1, 2, 3, 4, 5])
    expect([...visibleRows(shape, foldSubtree(shape, all, 0, false))]).toHaveLength(6)
  })

  test('a chain of 100,000 spans and a flat list of as many are read in one pass each', () => {
    const n = 100_000
    const chain = readShape(new Uint32Array(n).fill(n - 1))
    expect(chain.depth[n - 1]).toBe(n - 1)
    expect(rootOf(chain, n - 1)).toBe(0)
    const flat = readShape(Uint32Array.from({ length: n }, (_, row) => (row === 0 ? n - 1 : row)))
    expect(flat.children[0]).toBe(n - 1)
    expect(visibleRows(flat, setFolded(nothingFolded(flat), 0, true))).toHaveLength(1)
  })
})

describe('sums', () => {
  test('a row adds up its counted descendants and itself, exactly; unknown stays unknown', () => {
    fc.assert(
      fc.property(forest, drawn => {
        const { all } = nodesOf(drawn)
        const { sums, totals } = readTrace(treeOf(drawn))
        const below = (node: Node): Node[] => [node, ...node.children.flatMap(below)]
        for (const node of all) {
          const counted = below(node).filter(({ span }) => span.counted)
          const costs = counted.flatMap(({ span }) => (span.cost === undefined ? [] : [BigInt(span.cost)]))
          const sum = sums.cost[node.row]!
          expect(Number.isNaN(sum) ? undefined : BigInt(sum)).toBe(
            costs.length === 0 ? undefined : costs.reduce((a, b) => a + b),
          )
          expect(sums.uncosted[node.row]).toBe(counted.length - costs.length)
          expect(sums.calls[node.row]).toBe(counted.filter(({ span }) => span.counted === 1).length)
          expect(sums.errors[node.row]).toBe(below(node).filter(({ span }) => span.status === 'error').length)
          expect(sums.spans[node.row]).toBe(below(node).length)
        }
        expect(totals.calls).toBe(all.filter(({ span }) => span.counted === 1).length)
      }),
    )
  })

  test('self time leaves out overlapping children once, and what lies outside', () => {
    const { sums } = readTrace(
      treeOf([
        {
          name: 'root',
          offset: 0,
          duration: 100,
          children: [
            { name: 'a', offset: 10, duration: 30 },
            { name: 'b', offset: 20, duration: 30 },
            { name: 'c', offset: 90, duration: 50 },
          ],
        },
        { name: 'open', offset: 5 },
      ]),
    )
    expect([...sums.self]).toEqual([50, 30, 30, 50, Number.NaN])
  })

  test('an error starts where nothing below failed', () => {
    const { errorOrigins } = readTrace(
      treeOf([
        {
          name: 'root',
          status: 'error',
          children: [{ name: 'ok' }, { name: 'agent', status: 'error', children: [{ name: 'tool', status: 'error' }] }],
        },
        { name: 'other', status: 'error' },
      ]),
    )
    expect([...errorOrigins]).toEqual([0, 0, 0, 1, 1])
  })
})

describe('timeline', () => {
  const tree = treeOf([
    {
      name: 'root',
      offset: 0,
      duration: 1000,
      children: [
        { name: 'call', offset: 200, duration: 400, firstToken: 100 },
        { name: 'open', offset: 900 },
        { name: 'unknown' },
      ],
    },
  ])
  const { shape, whole } = readTrace(tree)

  test('bars are shares of what is shown, cut at its edges', () => {
    expect(whole).toEqual({ from: 0, to: 1000 })
    expect(barOf(tree, 1, whole, whole)).toEqual({
      left: 0.2,
      width: 0.4,
      wait: 0.25,
      cutLeft: false,
      cutRight: false,
      unfinished: false,
    })
    expect(barOf(tree, 1, { from: 250, to: 450 }, whole)).toMatchObject({
      left: 0,
      width: 1,
      wait: 0.25,
      cutLeft: true,
      cutRight: true,
    })
    expect(barOf(tree, 1, { from: 700, to: 800 }, whole)).toBeUndefined()
    expect(barOf(tree, 2, whole, whole)).toMatchObject({ left: 0.9, unfinished: true })
    expect(barOf(tree, 3, whole, whole)).toBeUndefined()
  })

  test('a row works itself where no child runs', () => {
    expect(selfPieces(tree, shape, 0, whole, 1)).toEqual([0, 200, 600, 900])
    expect(selfPieces(tree, shape, 0, whole, 250)).toEqual([600, 900])
    expect(selfPieces(tree, shape, 1, { from: 300, to: 500 }, 1)).toEqual([300, 500])
  })

  test('zoom keeps the point under the pointer and stays inside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1000, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (at, factor) => {
          const range = zoomAround(whole, at, factor, whole)
          expect(range.from).toBeGreaterThanOrEqual(0)
          expect(range.to).toBeLessThanOrEqual(1000 + 1e-6)
          expect((at - range.from) / (range.to - range.from)).toBeCloseTo(at / 1000, 6)
        },
      ),
    )
    expect(panBy({ from: 100, to: 200 }, 5000, whole)).toEqual({ from: 900, to: 1000 })
    expect(fitTo(200, 600, whole)).toEqual({ from: 180, to: 620 })
  })

  test('labels of a trace that lasts years have room, and days', () => {
    const [second, day] = [1e6, 86_400e6]
    const seen = (from: number, to: number) => {
      const room = tickRoom({ from, to }, 300)
      const labels = ticksOf({ from, to }, Math.floor(300 / room)).map(tick => tick.label)
      expect(Math.max(...labels.map(label => label.length)) * 7).toBeLessThan(room)
      return labels
    }
    expect(seen(0, 20_775 * day)).toEqual(['0', '5194d', '10388d', '15582d'])
    expect(seen(20_775 * day, 20_775 * day + 4 * second)).toEqual([
      '20775d 0:00:00',
      '20775d 0:00:02',
      '20775d 0:00:04',
    ])
    expect(seen(2 * day, 2.5 * day)).toEqual(['2d 0:00', '2d 3:00', '2d 6:00', '2d 9:00', '2d 12:00'])
    expect(seen(0, 4 * second)).toEqual(['0', '1 s', '2 s', '3 s', '4 s'])
  })

  test('ticks are round, few and of one unit', () => {
    const labels = (to: number, most = 6) => ticksOf({ from: 0, to }, most).map(tick => tick.label)
    expect(labels(12_800_000, 5)).toEqual(['0', '5 s', '10 s'])
    expect(labels(2_310_000)).toEqual(['0', '0.5 s', '1.0 s', '1.5 s', '2.0 s'])
    expect(labels(900)).toEqual(['0', '200 µs', '400 µs', '600 µs', '800 µs'])
    expect(labels(200_000_000)).toEqual(['0', '1:00', '2:00', '3:00'])
    expect(labels(9_000_000_000)).toEqual(['0', '0:30:00', '1:00:00', '1:30:00', '2:00:00', '2:30:00'])
    expect(ticksOf({ from: 61_200_000, to: 61_300_000 }, 4).map(tick => tick.label)).toEqual([
      '1:01.20',
      '1:01.25',
      '1:01.30',
    ])
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e13, noNaN: true }), fc.integer({ min: 1, max: 20 }), (to, most) => {
        expect(ticksOf({ from: 0, to }, most).length).toBeLessThanOrEqual(most + 1)
      }),
    )
  })
})

describe('words', () => {
  const tree = treeOf([
    { name: 'issue_refund', kind: 'tool', status: 'error', offset: 2_100_000, duration: 400_000 },
    {
      name: 'lost',
      kind: 'generation',
      marks: ['orphan'],
      offset: 0,
      duration: 12_800_000,
      cost: 64_000_000,
      children: [{ name: 'x' }],
    },
  ])
  const model = readTrace(tree)
  const { whole } = model

  test('a row is read out with its kind, name, outcome, length and children', () => {
    expect(describeRow(model, 0)).toBe('tool, issue_refund, failed, 0.4 seconds, no children')
    expect(describeRow(model, 1)).toBe('generation, lost, parent not in file, 12.8 seconds, $0.064, 1 child')
    expect(describeBar(tree, 0, whole)).toBe('starts at 2.10 s, lasts 400 ms, 3% of trace')
    expect(describeBar(tree, 2, whole)).toBe('no time known')
    expect(spokenDuration(123_000_000)).toBe('2 minutes 3 seconds')
    expect(spokenDuration(1000)).toBe('1 millisecond')
  })

  test('how far spans reach out of their parents is said', () => {
    const { oddities } = readTrace(
      treeOf([
        {
          name: 'a',
          offset: 100_000,
          duration: 50_000,
          children: [{ name: 'b', marks: ['outside-parent'], offset: 40_000, duration: 10 }],
        },
      ]),
    )
    expect(oddities[0]!.text).toBe('1 outside its parent (clocks may differ), by up to 60 ms')
  })

  test('oddities are counted and named, warnings first', () => {
    const { oddities } = readTrace(
      treeOf([
        { name: 'a', counted: 1, cost: 5, marks: ['restated', 'orphan'] },
        { name: 'b', counted: 1, marks: ['orphan'] },
      ]),
    )
    expect(oddities.map(oddity => oddity.text)).toEqual([
      '2 orphans',
      '1 call unpriced',
      '1 span repeats the usage of its calls (counted once)',
    ])
    expect(oddities[1]!.has(1)).toBe(true)
  })
})
