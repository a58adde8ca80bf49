import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitsToMarks, marksToBits } from '../../shared/domain/marks.ts'
import { orderTrace, treeMarks } from '../../shared/tree/order.ts'
import type { OrderInput } from '../../shared/tree/order.ts'

interface Row {
  readonly tag: number
  readonly parent: number
  readonly start: number
  readonly startNs: number
  readonly duration: number
  readonly durationNs: number
}

function columns(rows: readonly Row[]): OrderInput {
  return {
    count: rows.length,
    tag: Float64Array.from(rows, row => row.tag),
    parentTag: Float64Array.from(rows, row => row.parent),
    start: Float64Array.from(rows, row => row.start),
    startNs: Uint16Array.from(rows, row => row.startNs),
    duration: Float64Array.from(rows, row => row.duration),
    durationNs: Uint16Array.from(rows, row => row.durationNs),
    marks: new Uint32Array(rows.length),
  }
}

const row = (tag: number, parent = 0, start = Number.NaN, duration = Number.NaN): Row => ({
  tag,
  parent,
  start,
  startNs: 0,
  duration,
  durationNs: 0,
})

/** The same rules with objects, maps and exact integers, as slowly as they read. */
function orderNaively(rows: readonly Row[]) {
  const time = (us: number, ns: number) => (Number.isNaN(us) ? undefined : BigInt(us) * 1000n + BigInt(ns))
  const start = rows.map(r => time(r.start, r.startNs))
  const length = rows.map(r => time(r.duration, r.durationNs))
  const byTime = (a: number, b: number) => {
    const x = start[a]
    const y = start[b]
    if (x === undefined || y === undefined) return x === y ? a - b : x === undefined ? 1 : -1
    return x < y ? -1 : x > y ? 1 : a - b
  }
  const marks = rows.map(() => new Set<string>())
  const parents = rows.map((r, i) => {
    if (r.parent === 0) return -1
    if (r.parent === r.tag) {
      marks[i]!.add('self-parent')
      return -1
    }
    const at = rows.findIndex(other => other.tag === r.parent)
    if (at < 0) marks[i]!.add('orphan')
    return at
  })
  for (let i = 0; i < rows.length; i++) {
    const path = [i]
    while (parents[path.at(-1)!]! >= 0 && !path.includes(parents[path.at(-1)!]!)) path.push(parents[path.at(-1)!]!)
    const back = parents[path.at(-1)!]!
    if (back < 0) continue
    const cut = path.slice(path.indexOf(back)).sort(byTime)[0]!
    parents[cut] = -1
    marks[cut]!.add('cycle')
  }
  const out: { row: number; depth: number; parent: number; last: number; marks: string[] }[] = []
  const visit = (i: number, depth: number, parent: number) => {
    const up = parents[i]!
    if (up >= 0) {
      const end = (k: number) => {
        const lasts = length[k]
        return start[k]! + (lasts !== undefined && lasts > 0n ? lasts : 0n)
      }
      const from = start[up]
      const at = start[i]
      if (from !== undefined && at !== undefined && (at < from || (length[up] !== undefined && end(i) > end(up))))
        marks[i]!.add('outside-parent')
    }
    const place = out.length
    out.push({ row: i, depth, parent, last: place, marks: [...marks[i]!].sort() })
    const children = rows.map((_, k) => k).filter(k => parents[k] === i)
    for (const child of children.sort(byTime)) visit(child, depth + 1, place)
    out[place]!.last = out.length - 1
  }
  for (const root of rows
    .map((_, k) => k)
    .filter(k => parents[k] === -1)
    .sort(byTime))
    visit(root, 0, -1)
  return out
}

const anyRow = fc.record({
  tag: fc.integer({ min: 1, max: 14 }).map(tag => tag * 0x1_0000_0001),
  parent: fc.integer({ min: 0, max: 16 }).map(tag => tag * 0x1_0000_0001),
  start: fc.oneof(fc.integer({ min: -3, max: 4 }), fc.constant(Number.NaN), fc.constantFrom(-9e15, 9e15)),
  startNs: fc.constantFrom(0, 1, 999),
  duration: fc.oneof(fc.integer({ min: -2, max: 4 }), fc.constant(Number.NaN)),
  durationNs: fc.constantFrom(0, 1, 999),
})

test('any trace comes out as the rules say, whole and in order', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 18 }), rows => {
      const found = orderTrace(columns(rows))
      const seen = [...found.order].map((at, k) => ({
        row: at,
        depth: found.depth[k]!,
        parent: found.parent[k]!,
        last: found.last[k]!,
        marks: bitsToMarks(found.marks[k]!).sort(),
      }))
      expect(seen).toEqual(orderNaively(rows))
    }),
    { numRuns: 3000 },
  )
})

test('ordering an ordered trace again changes nothing: earlier tree marks do not stick', () => {
  const rows = [row(1, 9, 5, 10), row(2, 1, 6, 100), row(3, 0, 1, 1)]
  const first = orderTrace(columns(rows))
  expect(bitsToMarks(first.marks[1]!)).toEqual(['orphan'])
  expect(bitsToMarks(first.marks[2]!)).toEqual(['outside-parent'])
  const again = {
    ...columns([...rows, row(9, 0, 0, 500)]),
    marks: new Uint32Array(4).fill(treeMarks | marksToBits(['unfinished'])),
  }
  const second = orderTrace(again)
  expect([...second.order]).toEqual([3, 0, 1, 2])
  expect(bitsToMarks(second.marks[1]!)).toEqual(['unfinished'])
})

test('a nanosecond decides between siblings', () => {
  const rows = [row(1, 0, 5, 10), { ...row(2, 1, 6), startNs: 2 }, { ...row(3, 1, 6), startNs: 1 }]
  expect([...orderTrace(columns(rows)).order]).toEqual([0, 2, 1])
})

test('a million children and a chain of a hundred thousand stay flat in memory and time', () => {
  const wide = 1_000_000
  const input: OrderInput = {
    count: wide,
    tag: Float64Array.from({ length: wide }, (_, i) => i + 1),
    parentTag: Float64Array.from({ length: wide }, (_, i) => (i === 0 ? 0 : 1)),
    start: Float64Array.from({ length: wide }, (_, i) => (i === 0 ? 0 : wide - i)),
    startNs: new Uint16Array(wide),
    duration: new Float64Array(wide).fill(Number.NaN),
    durationNs: new Uint16Array(wide),
    marks: new Uint32Array(wide),
  }
  const flat = orderTrace(input)
  expect([flat.order[1], flat.order[wide - 1], flat.last[0], flat.depth[wide - 1]]).toEqual([wide - 1, 1, wide - 1, 1])

  const deep = 100_000
  const chain = orderTrace(columns(Array.from({ length: deep }, (_, i) => row(deep - i, deep - i - 1))))
  expect([chain.order[0], chain.depth[deep - 1], chain.last[0], chain.last[deep - 1]]).toEqual([
    deep - 1,
    deep - 1,
    deep - 1,
    deep - 1,
  ])

  const ring = orderTrace(
    columns(Array.from({ length: deep }, (_, i) => row(i + 1, ((i + 1) % deep) + 1, i === 777 ? 1 : 2))),
  )
  expect([ring.order[0], ring.depth[deep - 1], bitsToMarks(ring.marks[0]!)]).toEqual([777, deep - 1, ['cycle']])
})
