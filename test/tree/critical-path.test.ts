import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { criticalPath } from '../../shared/tree/critical-path.ts'
import { splitTime, waitsOf } from '../../shared/tree/waits.ts'
import { spanKinds, type SpanKind } from '../../shared/domain/kind.ts'

interface Drawn {
  readonly offset: number
  readonly duration: number
  readonly kind?: SpanKind
  readonly children: readonly Drawn[]
}

function drawn(levels: number): fc.Arbitrary<Drawn> {
  const times = {
    offset: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 40 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
    duration: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: -3, max: 30 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
  }
  const children = levels === 0 ? fc.constant([]) : fc.array(drawn(levels - 1), { maxLength: 4 })
  return fc.record({ ...times, children })
}
const forest = fc.array(drawn(3), { minLength: 1, maxLength: 3 })

function columnsOf(roots: readonly Drawn[]) {
  const flat: { span: Drawn; last: number }[] = []
  const walk = (span: Drawn): void => {
    const entry = { span, last: 0 }
    flat.push(entry)
    for (const child of span.children) walk(child)
    entry.last = flat.length - 1
  }
  for (const root of roots) walk(root)
  return {
    last: Uint32Array.from(flat, one => one.last),
    offset: Float64Array.from(flat, one => one.span.offset),
    duration: Float64Array.from(flat, one => one.span.duration),
    kind: Uint8Array.from(flat, one => spanKinds.indexOf(one.span.kind ?? 'other')),
  }
}

type Columns = ReturnType<typeof columnsOf>

function pathOf(columns: Columns): [row: number, from: number, to: number][] {
  const { row, from, to } = criticalPath(columns)
  return Array.from(row, (one, i) => [one, from[i]!, to[i]!])
}

/** Who has each whole moment, asked of every moment by itself, from the end: the slow and obvious way. */
function naive({ last, offset, duration }: Columns): Map<number, number> {
  const childrenOf = (row: number): number[] => {
    const kids: number[] = []
    const end = row < 0 ? last.length - 1 : last[row]!
    for (let child = row + 1; child <= end; child = last[child]! + 1) kids.push(child)
    return kids
  }
  const endOf = (row: number) => (Number.isNaN(duration[row]) ? Infinity : offset[row]! + duration[row]!)
  const owner = new Map<number, number>()
  const visit = (row: number, from: number, until: number): void => {
    let moment = until
    while (moment > from) {
      // Of the children that began before this moment, the one that ends last; the first of those that end together.
      const begun = childrenOf(row).filter(child => offset[child]! < moment && endOf(child) > offset[child]!)
      const [next] = begun.toSorted((a, b) =>
        endOf(a) === endOf(b) ? offset[a]! - offset[b]! || a - b : endOf(b) - endOf(a),
      )
      if (next === undefined || endOf(next) < moment) {
        if (row >= 0) owner.set(moment - 1, row)
        moment--
      } else {
        const start = Math.max(from, offset[next]!)
        visit(next, start, moment)
        moment = start
      }
    }
  }
  const ends = Array.from(last, (_, row) => {
    const end = offset[row]! + Math.max(0, duration[row]!)
    return Number.isNaN(end) ? offset[row]! || 0 : end
  })
  visit(-1, 0, Math.max(0, ...ends))
  return owner
}

test('every moment belongs to the span that a naive walk from the end gives it to', () => {
  fc.assert(
    fc.property(forest, roots => {
      const columns = columnsOf(roots)
      const found = new Map<number, number>()
      for (const [row, from, to] of pathOf(columns)) {
        expect(to).toBeGreaterThan(from)
        for (let moment = from; moment < to; moment++) {
          expect(found.has(moment)).toBe(false)
          found.set(moment, row)
        }
      }
      expect([...found].sort(([a], [b]) => a - b)).toEqual([...naive(columns)].sort(([a], [b]) => a - b))
    }),
    { numRuns: 500 },
  )
})

test('pieces come by row, then by time', () => {
  fc.assert(
    fc.property(forest, roots => {
      const pieces = pathOf(columnsOf(roots))
      const sorted = pieces.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
      expect(pieces).toEqual(sorted)
    }),
  )
})

test('a parallel call is on the path only while nothing that ended later ran', () => {
  const columns = columnsOf([
    {
      offset: 0,
      duration: 20,
      kind: 'agent',
      children: [
        { offset: 1, duration: 9, kind: 'generation', children: [] },
        { offset: 2, duration: 5, kind: 'tool', children: [] },
        { offset: 8, duration: 10, kind: 'tool', children: [] },
      ],
    },
  ])
  expect(pathOf(columns)).toEqual([
    [0, 0, 1],
    [0, 18, 20],
    [1, 1, 8],
    [3, 8, 18],
  ])
  const split = splitTime(criticalPath(columns), waitsOf(columns.kind, columns.last))
  expect(split).toEqual({ own: 3, model: 7, tool: 10 })
})

test('a span of no kind waits for what surrounds it', () => {
  const leaf = { offset: 1, duration: 2, kind: 'other' as const, children: [] }
  const columns = columnsOf([
    { offset: 0, duration: 4, kind: 'generation', children: [leaf] },
    { offset: 4, duration: 4, kind: 'agent', children: [{ ...leaf, offset: 5 }] },
  ])
  expect(splitTime(criticalPath(columns), waitsOf(columns.kind, columns.last))).toEqual({ own: 4, model: 4, tool: 0 })
})

test.each([
  ['deep', (n: number) => Uint32Array.from({ length: n }, () => n - 1)],
  ['wide', (n: number) => Uint32Array.from({ length: n }, (_, i) => (i === 0 ? n - 1 : i))],
])('100,000 spans, %s', (_, lastOf) => {
  const n = 100_000
  const last = lastOf(n)
  const offset = Float64Array.from({ length: n }, (__, i) => i)
  const duration = Float64Array.from({ length: n }, (__, i) => (last[i] === i ? 1 : 2 * n - 2 * i))
  const { row, from, to } = criticalPath({ last, offset, duration })
  let sum = 0
  for (let i = 0; i < row.length; i++) sum += to[i]! - from[i]!
  expect(sum).toBe(2 * n)
  expect(row.length).toBeLessThanOrEqual(2 * n)
})
