import type { BucketLength } from '../../../shared/query/cost-measures.ts'
import type { ListValue } from '../../../shared/contract/lists.ts'
import type { Searched } from '../../../shared/contract/search.ts'
import { InspectorError } from '../../../shared/domain/errors.ts'
import type { FieldRef } from '../../../shared/query/fields.ts'
import { unknownCosts, whyUnknown } from '../../../shared/money/unknown-cost.ts'
import { columnOf } from '../lists/rows.ts'
import { valueCodes } from '../lists/item-words.ts'
import { filled } from '../table/arrays.ts'
import { callCosts } from '../table/call-costs.ts'
import type { Coded } from '../table/coded.ts'
import type { Elsewhere } from '../table/elsewhere.ts'
import type { Table } from '../table/table.ts'
import { Numbered } from '../table/traits.ts'
import { SpanBits } from '../text-index/span-bits.ts'
import { Minutes, TimeBuckets } from './buckets.ts'
import { countedCalls, minutesOfCalls } from './calls.ts'

/** What each call says under a field, as small numbers; 0 is nothing. */
export interface Dimension {
  /** No other has it; what follows from the dimension is kept under it. 0: nothing is kept. */
  readonly serial: number
  readonly codes: Uint32Array
  /** Every code is less. */
  readonly size: number
  readonly decode: (code: number) => ListValue | null
  /** What codes stand for, where their words are not in its order: of two hours of one name the later may come first. */
  readonly numbers?: readonly number[]
  /** Of a field with several values: `codes` are places in this, which has the codes of the values. */
  readonly parts?: readonly (readonly number[])[]
  /** How far the reading is, where calls that were not read yet say nothing. */
  readonly searched?: Searched
}

const scopes = ['root', 'parent'] as const
type Scope = (typeof scopes)[number]

/**
 * A field of the query language, of the call itself; `root.feature` and `parent.name` are what the root of its tree, or the
 * span above it, says. `matching` are the calls that are looked at, where all of them need not be.
 */
export function dimensionOf(table: Table, name: string, elsewhere: Elsewhere, matching: () => Uint32Array): Dimension {
  if (name === whyUnknown) return whyDimension(table)
  const scope = scopes.find(one => name.startsWith(`${one}.`))
  const column = columnOf(scope ? name.slice(scope.length + 1) : name)
  if ('own' in column) throw new InspectorError('costs/no-dimension', `Calls cannot be grouped by ${name}.`)
  // A call runs no tool: it reads what one gave.
  const field = column.field.id === 'tool' && !scope ? { id: 'tool.used' as const } : column.field
  const coded = valueCodes(table, field)
  if (!coded) return readDimension(table, field, elsewhere, matching(), spansOfCalls(table, scope))
  const key = `pivot by ${scope ?? ''} ${field.id} ${field.name ?? ''}`
  return table.ofField(field, key, () => numbered(codesOfCalls(table, coded, spansOfCalls(table, scope))))
}

/** Why nobody knows what a call cost; nothing of those whose cost is known. */
function whyDimension(table: Table): Dimension {
  return table.derived('pivot by why', () => {
    const { cost, why } = callCosts(table)
    const codes = countedCalls(table).place.map(k => (Number.isNaN(cost[k]!) ? why[k]! : 0))
    const decode = (code: number): ListValue | null => unknownCosts[code - 1] ?? null
    return numbered({ codes, size: unknownCosts.length + 1, decode })
  })
}

/** The same of every span, by row; rows in which nobody lives say nothing. */
export function spanDimension(table: Table, name: string): Dimension {
  const column = columnOf(name)
  const coded = 'own' in column ? undefined : valueCodes(table, column.field)
  if ('own' in column || !coded) {
    throw new InspectorError('latency/no-dimension', `Spans cannot be grouped by ${name}.`)
  }
  const { field } = column
  const { alive } = table.layout
  const rows = () => filled(new Int32Array(alive.length), alive, (one, row) => (one === 1 ? row : -1))
  const key = `spans by ${field.id} ${field.name ?? ''}`
  return table.ofField(field, key, () => numbered(codesOfCalls(table, coded, rows())))
}

/** The row that is asked for each call; -1 where there is none. */
function spansOfCalls(table: Table, scope: Scope | undefined): Int32Array {
  const { row } = countedCalls(table)
  // No row is so large that it would be below zero.
  if (scope === undefined) return new Int32Array(row.buffer, row.byteOffset, row.length)
  const { parent, layout } = table
  const spans = new Int32Array(row.length)
  if (scope === 'parent') return filled(spans, row, at => parent[at]!)
  const roots = new Int32Array(table.rows)
  for (let at = 0, root = 0; at < roots.length; at++) {
    if (layout.depth[at] === 0) root = at
    roots[at] = root
  }
  return filled(spans, row, at => roots[at]!)
}

let latest = 0

/** With a number of its own: what follows from it is kept. */
export function numbered<D extends Omit<Dimension, 'serial'>>(dimension: D): D & { readonly serial: number } {
  return { serial: ++latest, ...dimension }
}

/** A dimension whose codes are stretches of time. */
export interface TimeDimension extends Dimension {
  readonly buckets: TimeBuckets
  /** The bucket of each code; NaN for that of no time. */
  readonly numbers: readonly number[]
}

export function timeDimension(table: Table, length: BucketLength, zone: string): TimeDimension {
  return table.derived(`pivot per ${length} ${zone}`, () => {
    const buckets = new TimeBuckets(length, zone)
    const found = new Map<number, number>()
    const numbers: number[] = [Number.NaN]
    const codeOf = (time: number): number => {
      const bucket = buckets.of(time)
      if (Number.isNaN(bucket)) return 0
      let code = found.get(bucket)
      if (code === undefined) found.set(bucket, (code = numbers.push(bucket) - 1))
      return code
    }
    const { row } = countedCalls(table)
    const timeOf = (call: number) => table.column('start')[row[call]!]!
    const codes = new Minutes().codesOf(minutesOfCalls(table), codeOf, timeOf)
    const decode = (code: number) => (code === 0 ? null : buckets.label(numbers[code]!))
    return numbered({ codes, size: numbers.length, decode, buckets, numbers })
  })
}

function codesOfCalls(table: Table, coded: Coded, at: Int32Array): Omit<Dimension, 'serial'> {
  const { rows, parts, none, size } = coded
  if (!parts && !coded.repeats) return singleCodes(table, coded, at)
  const { codes } = coded
  const decode = (code: number) => (code === 0 ? null : coded.decode(code - 1))
  const made = new Uint32Array(at.length)
  const single = { codes: made, size: size + 1, decode }
  const lists = new Lists()
  if (!rows) {
    const of = parts!.map(part => lists.of(part.map(code => code + 1)))
    for (let i = 0; i < at.length; i++) made[i] = at[i]! < 0 ? 0 : of[codes[at[i]!]!]!
    return { ...single, parts: lists.all }
  }
  const entries = new Map<number, number[]>()
  for (let e = 0; e < rows.length; e++) {
    const own = parts ? parts[codes[e]!]! : codes[e] === none ? [] : [codes[e]!]
    const known = entries.get(rows[e]!)
    if (known) known.push(...own)
    else entries.set(rows[e]!, [...own])
  }
  for (let i = 0; i < at.length; i++) {
    const own = entries.get(at[i]!)
    if (own) made[i] = lists.of([...new Set(own)].map(code => code + 1))
  }
  return { ...single, parts: lists.all }
}

/** Of a field with one value: numbered from 1 as they come, so that several fields together are small numbers, too. */
function singleCodes(table: Table, coded: Coded, at: Int32Array): Omit<Dimension, 'serial'> {
  const { through } = coded
  const { codes, values } = through
    ? numberedAt(through.of, coded, Int32Array.from(through.of.keys()))
    : numberedAt(coded.rows ? byRow(table, coded, coded.rows) : coded.codes, coded, at)
  const decode = (code: number) => (code === 0 ? null : coded.decode(values[code]!))
  return { codes: through ? throughRows(codes, through.column, at) : codes, size: values.length, decode }
}

/** Codes of all rows, of a field that few rows have. */
function byRow(table: Table, { codes, none }: Coded, rows: Uint32Array): Uint32Array {
  if (rows === table.calls.row && countedCalls(table).isEveryRow) return codes as Uint32Array
  const made = new Uint32Array(table.rows).fill(none)
  for (let e = 0; e < rows.length; e++) made[rows[e]!] = codes[e]!
  return made
}

/** The codes at these rows by numbers from 1, and which each number is. */
function numberedAt(codes: Uint8Array | Uint32Array, { none, size }: Coded, at: Int32Array) {
  const values = [none]
  const numbers = new Uint32Array(size)
  const made = new Uint32Array(at.length)
  for (let i = 0; i < at.length; i++) {
    const row = at[i]!
    if (row < 0) continue
    const code = codes[row]!
    if (code === none) continue
    if (numbers[code] === 0) numbers[code] = values.push(code) - 1
    made[i] = numbers[code]!
  }
  return { codes: made, values }
}

function throughRows(numbers: Uint32Array, column: Uint32Array, at: Int32Array): Uint32Array {
  const made = new Uint32Array(at.length)
  for (let i = 0; i < at.length; i++) if (at[i]! >= 0) made[i] = numbers[column[at[i]!]!]!
  return made
}

/** Lists of codes by number; that of none is 0. */
export class Lists {
  readonly all: (readonly number[])[] = [[0]]
  private readonly known = new Map<string, number>([['', 0]])

  of(codes: readonly number[]): number {
    const text = codes.join()
    let list = this.known.get(text)
    if (list === undefined) this.known.set(text, (list = this.all.push(codes) - 1))
    return list
  }
}

function readDimension(
  table: Table,
  field: FieldRef,
  elsewhere: Elsewhere,
  matching: Uint32Array,
  at: Int32Array,
): Dimension {
  const spans = new SpanBits(table.layout.rowOf.length)
  for (const i of matching) if (at[i]! >= 0) spans.add(table.layout.id[at[i]!]!)
  const ids = spans.list()
  const read = elsewhere({ type: 'read', field, spans: ids })
  const said = new Numbered()
  const lists = new Lists()
  const listOf = read.lists.map(values => lists.of(values.map(value => said.of(value))))
  const listOfSpan = new Uint32Array(table.layout.rowOf.length)
  for (let n = 0; n < ids.length; n++) listOfSpan[ids[n]!] = listOf[read.codes[n]!] ?? 0
  const codes = new Uint32Array(at.length)
  for (const i of matching) if (at[i]! >= 0) codes[i] = listOfSpan[table.layout.id[at[i]!]!]!
  const { decode } = said.coded(new Uint32Array(0))
  return {
    // It tells of this query's calls only.
    serial: 0,
    codes,
    size: said.values.length + 1,
    decode: code => (code === 0 ? null : decode(code)),
    parts: lists.all,
    ...(read.searched ? { searched: read.searched } : {}),
  }
}

/** Whether some call has several values. */
export function overlaps({ parts }: Dimension): boolean {
  return parts?.some(part => part.length > 1) ?? false
}
