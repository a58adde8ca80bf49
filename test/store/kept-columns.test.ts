import { existsSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store } from '../../electron/store/open.ts'
import { putBook } from '../../electron/store/price-book.ts'
import { removeImport } from '../../electron/store/remove.ts'
import { finish } from '../../electron/store/table/arrays.ts'
import { callCosts } from '../../electron/store/table/call-costs.ts'
import { columnsPathOf, keepColumns, keptColumns } from '../../electron/store/table/kept-columns.ts'
import { Minutes, minutesAt } from '../../electron/store/pivot/buckets.ts'
import { callLengths, minutesOfCalls, rankedLengths } from '../../electron/store/pivot/calls.ts'
import { dimensionOf, timeDimension } from '../../electron/store/pivot/dimensions.ts'
import { groupCalls, oneGroup } from '../../electron/store/pivot/groups.ts'
import { packedSums } from '../../electron/store/pivot/packed-sums.ts'
import { percentilesOf } from '../../electron/store/pivot/percentiles.ts'
import { sumsOf } from '../../electron/store/pivot/sums.ts'
import { knownIn, numberAt, packedNumbers } from '../../electron/store/table/packed-numbers.ts'
import { pack, unpack } from '../../electron/store/table/packed.ts'
import { loadTable, readTable, type Table } from '../../electron/store/table/table.ts'
import { bundledBook } from '../../electron/prices/bundled.ts'
import { reread, type Said } from './batches.ts'
import { freshStore, importFile } from './stores.ts'

const number = fc.oneof(
  fc.integer({ min: -3, max: 300 }),
  fc.integer({ min: 0, max: 70_000 }),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constant(Number.NaN),
  fc.constant(-0),
)
const column = fc.oneof(
  fc.array(number).map(all => Float64Array.from(all)),
  fc
    .array(fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 1.7e15, max: 1.7e15 + 1e6 })))
    .map(all => Float64Array.from(all)),
  fc.array(fc.nat(2 ** 32 - 1)).map(all => Uint32Array.from(all)),
  fc.tuple(fc.nat(1000), fc.nat(300)).map(([from, length]) => Uint32Array.from({ length }, (_, i) => from + i)),
  fc.array(fc.nat(9)).map(all => Uint32Array.from(all).map((_, i) => all.slice(0, i + 1).reduce((a, b) => a + b, 0))),
  fc.array(fc.nat(65_535)).map(all => Uint16Array.from(all)),
  fc.array(fc.nat(255)).map(all => Uint8Array.from(all)),
)

test('a packed column is the same column again, in no more bytes', () => {
  fc.assert(
    fc.property(column, one => {
      const { packed, bytes } = finish(pack(one))
      expect(bytes.length).toBeLessThanOrEqual(one.length * 8)
      expect(unpack(packed, bytes)).toEqual(one)
    }),
  )
})

test('numbers are read where they lie packed, of every width but the widest', () => {
  const tokens = fc.array(fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -9, max: 9 })))
  const scaled = fc.tuple(tokens, fc.constantFrom(0, 1, 1000, 2e8), fc.integer()).map(([all, by, from]) => {
    return Float64Array.from(all, one => one * by + from)
  })
  fc.assert(
    fc.property(scaled, one => {
      const { packed, bytes } = finish(pack(one))
      const words = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
      words.set(bytes)
      const numbers = packedNumbers(packed, words.subarray(0, bytes.length))!
      expect(Float64Array.from(one, (_, i) => numberAt(numbers, i))).toEqual(one)
      expect(knownIn(numbers, one.length)).toEqual(Uint8Array.from(one, number => Number(!Number.isNaN(number))))
    }),
  )
})

test('places, small steps and numbers that are all the same take hardly any room', () => {
  const bytesOf = (of: Uint32Array | Float64Array) => finish(pack(of)).bytes.length
  const places = Uint32Array.from({ length: 1000 }, (_, i) => i + 7)
  expect(bytesOf(places)).toBe(0)
  expect(bytesOf(places.map(place => place >> 2))).toBe(1000)
  expect(bytesOf(new Float64Array(1000).fill(Number.NaN))).toBe(0)
  expect(bytesOf(Float64Array.from(places, place => (place % 2 === 0 ? Number.NaN : 250)))).toBe(1000)
})

const records = (part: number): Said[] =>
  Array.from({ length: 30 }, (_, i): Said => ({
    trace: `t${(i + part) % 7}`,
    id: `s${part}-${i}`,
    name: `n${i % 3}`,
    kind: i % 2 === 0 ? 'generation' : 'tool',
    start: BigInt(1_780_000_000 + i) * 1_000_000_000n + BigInt(i),
    ...(i % 5 === 0 ? {} : { duration: BigInt(i) * 1_000_001n }),
    ...(i % 2 === 0 ? { call: { model: 'gpt-4o', input: i * 100, output: i } } : {}),
  }))

const nobody = () => expect.unreachable()

/** Everything that stands in a table's columns. */
function columnsIn({ parts: { traces, spans, calls } }: Table) {
  const plain = (of: object) => Object.fromEntries(Object.keys(of).map(key => [key, of[key as keyof typeof of]]))
  return [traces, spans.layout, spans.columns, calls].map(plain)
}

const whole = (store: Store) => finish(readTable(store))

async function kept(store: Store): Promise<Table> {
  const table = whole(store)
  callCosts(table)
  await keepColumns(table)
  return table
}

test('columns that were kept are those of the store, and what came since is read beside them', async () => {
  using store = freshStore()
  importFile(store, records(1), { batch: 7, cut: true })
  const table = await kept(store)
  expect(keptColumns(store)).toBeDefined()
  expect(statSync(columnsPathOf(store.path)).mode & 0o077).toBe(0)
  const again = finish(loadTable(store))
  expect(columnsIn(again)).toEqual(columnsIn(table))
  expect(callCosts(again)).toEqual(callCosts(table))
  expect(callCosts(again).computed.some(cost => cost > 0)).toBe(true)

  importFile(store, records(2), { path: '/dumps/b.jsonl', batch: 7, cut: true })
  const grown = finish(loadTable(store))
  expect(grown.layout.dead).toBeGreaterThan(0)
  const living = ({ layout }: Table) =>
    Array.from(layout.id.filter((_, row) => layout.alive[row] === 1)).sort((a, b) => a - b)
  expect(living(grown)).toEqual(living(whole(store)))
  expect(callCosts(grown).computed.filter(cost => cost > 0).length).toBe(28)

  await keepColumns(grown)
  expect(columnsIn(finish(loadTable(store)))).toEqual(columnsIn(grown))
})

test('the order of calls by length is kept once somebody asked for it, and is that of these calls only', async () => {
  using store = freshStore()
  importFile(store, records(1), { batch: 7, cut: true })
  const percentiles = (table: Table) => {
    return percentilesOf(table, oneGroup(table), rankedLengths(table), undefined, [0, 50, 95, 100]).map(([one]) => one)
  }
  const table = whole(store)
  await keepColumns(table)
  expect(finish(loadTable(store)).parts.beside!.follower('order lengths')).toBeUndefined()
  const expected = percentiles(table)
  await keepColumns(table)

  const again = finish(loadTable(store))
  const order = again.parts.beside!.follower('order lengths')!
  expect(order.length).toBe(12)
  const numbers = Array.from(order, call => callLengths(again)[call]!)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  expect(percentiles(finish(loadTable(store)))).toEqual(expected)

  importFile(store, records(2), { path: '/dumps/b.jsonl', batch: 7, cut: true })
  expect(percentiles(finish(loadTable(store)))).toEqual(percentiles(whole(store)))
})

test('days are told from the minutes that were kept: of no time, of one before clocks had whole minutes, of one after', async () => {
  using store = freshStore()
  importFile(store, records(1), { batch: 7, cut: true })
  const starts = [
    Number.NaN,
    -1,
    0,
    Date.UTC(1972, 0, 7) * 1000 - 44_000_000,
    Date.UTC(2026, 10, 1, 23, 59, 59) * 1000 + 999_999,
  ]
  const minutes = minutesAt(Uint32Array.from(starts.keys()), Float64Array.from(starts))
  const days = new Minutes().codesOf(
    minutes,
    time => (Number.isNaN(time) ? 0 : 1 + Math.floor(time / 864e8) + 1),
    i => starts[i]!,
  )
  expect([...days]).toEqual(starts.map(time => (Number.isNaN(time) ? 0 : 2 + Math.floor(time / 864e8))))

  const table = whole(store)
  const expected = timeDimension(table, 'hour', 'Europe/Berlin')
  await keepColumns(table)
  const again = finish(loadTable(store))
  expect(again.parts.beside!.follower('minutes')).toEqual(minutesOfCalls(table))
  expect(timeDimension(again, 'hour', 'Europe/Berlin').codes).toEqual(expected.codes)
})

test('what calls come to is the same from columns as they lie beside the store', async () => {
  using store = freshStore()
  const costing = records(1).map((one, i): Said => ({
    ...one,
    ...(one.call
      ? {
          call: {
            ...one.call,
            model: i % 3 === 0 ? 'gpt-4o' : 'nobody-knows',
            ...(i % 4 === 0 ? { cost: i * 7e6 } : {}),
          },
        }
      : {}),
  }))
  importFile(store, costing, { batch: 7, cut: true })
  const keys = ['cost', 'input', 'computed', 'output', 'reasoning', 'recorded']
  const numbers = ['input', 'output', 'reasoning'] as const
  const groupsOf = (table: Table) =>
    finish(
      groupCalls(table, [
        timeDimension(table, 'hour', 'UTC'),
        dimensionOf(table, 'model', nobody, () => new Uint32Array()),
      ]),
    )
  const table = await kept(store)
  const groups = groupsOf(table)
  const { cost, computed } = callCosts(table)
  const columns: { [key: string]: Float64Array } = { cost, computed, recorded: table.calls.cost }
  for (const name of numbers) columns[name] = table.calls[name]
  expect(
    cost.some(Number.isNaN) && cost.some((one, k) => one === computed[k]) && cost.some((one, k) => one !== computed[k]),
  ).toBe(true)
  const again = finish(loadTable(store))
  expect(packedSums(again, groupsOf(again), keys)).toEqual(keys.map(key => sumsOf(groups, columns[key]!)))
  // Unpacked already, and by other prices, they are not what they were.
  expect(packedSums(table, groups, keys)).toBeUndefined()
  putBook(store, { ...bundledBook(), providers: [] }, 1)
  const other = finish(loadTable(store))
  expect(packedSums(other, groupsOf(other), keys)).toBeUndefined()
})

test('sums that doubles would round are not made of columns as they lie', async () => {
  for (const [most, isMade] of [
    [2 ** 40, true],
    [2 ** 51, false],
  ] as const) {
    using store = freshStore()
    const dear = records(1).map((one, i): Said => (one.call ? { ...one, call: { ...one.call, cost: most - i } } : one))
    importFile(store, dear, { batch: 7, cut: true })
    await kept(store)
    const again = finish(loadTable(store))
    expect(packedSums(again, oneGroup(again), ['cost']) !== undefined).toBe(isMade)
  }
})

test('other prices compute anew', async () => {
  using store = freshStore()
  importFile(store, records(1))
  await kept(store)
  const book = bundledBook()
  putBook(store, { ...book, providers: [] }, 1)
  expect(callCosts(finish(loadTable(store))).computed.every(Number.isNaN)).toBe(true)
})

test('columns of another store, of one that lost an import, and damaged ones are not used', async () => {
  using store = freshStore()
  using other = freshStore()
  const { id } = importFile(store, records(1))
  importFile(other, records(2))
  importFile(other, records(3), { path: '/dumps/b.jsonl' })
  await kept(store)
  await kept(other)
  const file = columnsPathOf(store.path)
  const bytes = readFileSync(file)

  renameSync(columnsPathOf(other.path), file)
  expect(keptColumns(store)).toBeUndefined()
  for (const length of [0, 7, 8, 100, bytes.length - 1]) {
    writeFileSync(file, bytes)
    truncateSync(file, length)
    expect(keptColumns(store)).toBeUndefined()
    expect(columnsIn(finish(loadTable(store)))).toEqual(columnsIn(whole(store)))
  }
  writeFileSync(file, Buffer.from(bytes).fill(0xff, 0, 200))
  expect(() => finish(loadTable(store))).not.toThrow()

  writeFileSync(file, bytes)
  removeImport(store, id, { reread })
  expect(existsSync(file)).toBe(false)
  writeFileSync(file, bytes)
  expect(keptColumns(store)).toBeUndefined()
})
