import { or } from './bytes.ts'
import { callCosts } from './call-costs.ts'
import { spanKinds, statuses } from '../../../shared/domain/kind.ts'
import { marks, marksToBits, type Mark } from '../../../shared/domain/marks.ts'
import { fieldOf, type FieldRef } from '../../../shared/query/fields.ts'
import { nameMatcher, type NameMatch } from '../../../shared/query/name-match.ts'
import type { Interval, Leaf } from '../../../shared/query/plan.ts'
import { saidFields } from '../../../shared/query/said.ts'
import { codedField, type Coded, type Value } from './coded.ts'
import type { Rows } from './matching.ts'
import { numberRows } from './number-rows.ts'
import { numbersOf } from './numbers.ts'
import { retriedRows } from './attempts.ts'
import { slowRows } from './slow-rows.ts'
import { generationOf, promptColumns } from '../prompts/columns.ts'
import { Recent } from '../recent.ts'
import type { Table } from './table.ts'
import { traitsOf } from './traits.ts'

/** A byte for each row: 1 MB each of a million spans. */
const mostKept = 24

/** The rows of a question that the columns answer; undefined where they do not. Whoever asks may change them. */
export function leafRows(table: Table, leaf: Leaf): Rows | undefined {
  // Who goes on asking asks the clauses before again. What was recovered of prompts comes while the columns stay.
  const kept = table.derived(`rows of clauses ${generationOf(table)}`, () => new Recent<Rows>(mostKept))
  const key = JSON.stringify(leaf, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
  const known = kept.known(key)
  if (known) return known.slice()
  const rows = rowsOf(table, leaf)
  return rows && kept.get(key, () => rows).slice()
}

function rowsOf(table: Table, leaf: Leaf): Rows | undefined {
  if (leaf.type === 'listed') {
    const those = new Set(leaf.indexes)
    const words: readonly string[] = leaf.field === 'kind' ? spanKinds : statuses
    const hold = Uint8Array.from(words, (_, i) => (those.has(i) ? 1 : 0))
    return holding(table.column(leaf.field), hold)
  }
  if (leaf.type === 'is') return isRows(table, leaf.words)
  if (leaf.type === 'has') return hasRows(table, leaf.field)
  if (leaf.type === 'interval') return intervalRows(table, leaf.field, leaf.within)
  if (leaf.type === 'name') return nameRows(table, leaf.field, leaf.match)
  return undefined
}

/** Ids of the spans that the columns answer for; none where they do not. */
export function spansOfLeaf(table: Table, leaf: Leaf): number[] {
  const found: number[] = []
  leafRows(table, leaf)?.forEach((holds, row) => {
    if (holds === 1) found.push(table.layout.id[row]!)
  })
  return found
}

/** The rows whose code holds. */
function holding(codes: Uint8Array | Uint32Array, hold: Uint8Array): Rows {
  const found = new Uint8Array(codes.length)
  for (let row = 0; row < found.length; row++) found[row] = hold[codes[row]!]!
  return found
}

function streamedRows(table: Table): Rows | undefined {
  const traits = traitsOf(table)
  if (!traits) return undefined
  const hold = Uint8Array.from(traits, one => (one?.streamed === true ? 1 : 0))
  return holding(table.column('trait'), hold)
}

function isRows(table: Table, words: readonly string[]): Rows | undefined {
  let found: Rows | undefined
  for (const word of words) {
    const rows = stateRows(table, word)
    if (!rows) return undefined
    found = found ? or(found, rows) : rows
  }
  return found ?? new Uint8Array(table.rows)
}

function stateRows(table: Table, word: string): Rows | undefined {
  const { layout, calls } = table
  const found = new Uint8Array(table.rows)
  switch (word) {
    case 'error': {
      const [status, error] = [table.column('status'), statuses.indexOf('error')]
      for (let row = 0; row < found.length; row++) found[row] = Number(status[row] === error)
      return found
    }
    case 'root':
      for (let row = 0; row < found.length; row++) found[row] = Number(layout.depth[row] === 0)
      return found
    case 'leaf':
      for (let row = 0; row < found.length; row++) found[row] = Number(layout.end[row] === row)
      return found
    case 'cached':
      for (let k = 0; k < calls.count; k++) if (calls.cache_read[k]! > 0) found[calls.row[k]!] = 1
      return found
    case 'unpriced': {
      const { cost } = callCosts(table)
      for (let k = 0; k < calls.count; k++) {
        if (calls.counted[k] === 1 && Number.isNaN(cost[k]!)) found[calls.row[k]!] = 1
      }
      return found
    }
    case 'recovered': {
      const { recovered } = promptColumns(table)
      for (let k = 0; k < calls.count; k++) if (recovered[k] !== 0) found[calls.row[k]!] = 1
      return found
    }
    case 'streamed':
      return streamedRows(table)
    case 'retried':
      return retriedRows(table)
    case 'slow':
      return slowRows(table)
    default:
      return markRows(table, word === 'running' ? 'unfinished' : word)
  }
}

function markRows(table: Table, word: string): Rows | undefined {
  const mark = marks.find((one): one is Mark => one === word)
  if (!mark) return undefined
  const bits = table.column('marks')
  const bit = marksToBits([mark])
  const found = new Uint8Array(table.rows)
  for (let row = 0; row < found.length; row++) found[row] = Number((bits[row]! & bit) !== 0)
  return found
}

function hasRows(table: Table, field: FieldRef): Rows | undefined {
  if (field.id === 'children') return leafOf(table).map(is => 1 - is)
  if (outside.has(field.id)) return undefined
  const numbers = numbersOf(table, field.id)
  if (numbers) {
    const found = new Uint8Array(numbers.length)
    for (let row = 0; row < found.length; row++) found[row] = Number(!Number.isNaN(numbers[row]!))
    return found
  }
  const coded = codedField(table, field)
  if (coded) return codedRows(table, coded, () => true)
  // What every span has: when it is not told, that is no value but a fact.
  return fieldOf(field.id).home === 'column' ? new Uint8Array(table.rows).fill(1) : undefined
}

function leafOf(table: Table): Rows {
  return stateRows(table, 'leaf')!
}

function intervalRows(table: Table, { id }: FieldRef, interval: Interval): Rows | undefined {
  if (id === 'started') return startedRows(table, interval)
  if (outside.has(id)) return undefined
  const numbers = numbersOf(table, id)
  return numbers && numberRows(numbers, interval)
}

/** Points of time are compared to the nanosecond, which a double does not hold. */
function startedRows(table: Table, { least, most, leastIsOpen, mostIsOpen }: Interval): Rows {
  const [start, ns] = [table.column('start'), table.column('start_ns')]
  const [from, to] = [pointOf(least), pointOf(most)]
  const found = new Uint8Array(table.rows)
  for (let row = 0; row < found.length; row++) {
    const us = start[row]!
    if (Number.isNaN(us)) continue
    if (from) {
      const after = us - from.us || ns[row]! - from.ns
      if (after < 0 || (leastIsOpen && after === 0)) continue
    }
    if (to) {
      const after = us - to.us || ns[row]! - to.ns
      if (after > 0 || (mostIsOpen && after === 0)) continue
    }
    found[row] = 1
  }
  return found
}

function pointOf(ns: number | bigint | undefined): { readonly us: number; readonly ns: number } | undefined {
  if (ns === undefined) return undefined
  const whole = BigInt(ns)
  const rest = ((whole % 1000n) + 1000n) % 1000n
  return { us: Number((whole - rest) / 1000n), ns: Number(rest) }
}

/** What a span's first record does not tell, what persons add and what the index knows is asked elsewhere. */
const outside: ReadonlySet<string> = new Set(['source', 'score', 'tag', 'note', ...saidFields])

function nameRows(table: Table, field: FieldRef, match: NameMatch): Rows | undefined {
  if (outside.has(field.id)) return undefined
  const coded = codedField(table, field)
  if (!coded) return undefined
  const test = nameMatcher(match)
  // Who goes on typing asks the clauses before again.
  const verdicts = table.ofField(field, `verdicts ${field.id} ${JSON.stringify(match)}`, () => unaskedOf(coded))
  const found = codedRows(table, coded, value => test(String(value)), verdicts)
  // A span's name may be empty; any other field is not there then.
  if (field.id === 'name' && test(''))
    for (let row = 0; row < found.length; row++) if (coded.codes[row] === 0) found[row] = 1
  return found
}

/** Which values hold; each is asked once, when it first comes. */
interface Verdicts {
  readonly values: Uint8Array
  /** All that occur were asked. */
  isWhole: boolean
}

const unasked = 2
/** So few values are asked all at once. */
const fewValues = 4096

function unaskedOf({ size, none }: Coded): Verdicts {
  const values = new Uint8Array(size).fill(unasked)
  if (none >= 0) values[none] = 0
  return { values, isWhole: false }
}

function mapped(codes: Uint32Array, map: (code: number) => number): Uint8Array {
  const found = new Uint8Array(codes.length)
  for (let i = 0; i < found.length; i++) found[i] = map(codes[i]!)
  return found
}

function codedRows(
  table: Table,
  coded: Coded,
  test: (value: Value) => boolean,
  verdicts: Verdicts = unaskedOf(coded),
): Rows {
  const { rows, parts, size, decode, through } = coded
  const { values } = verdicts
  const ask = (code: number): number => (values[code] = test(decode(code)) ? 1 : 0)
  const holds = (code: number): number => (values[code] === unasked ? ask(code) : values[code]!)
  if (through) return holding(through.column, mapped(through.of, holds))
  if (parts)
    return holding(
      coded.codes,
      Uint8Array.from(parts, set => (set.some(code => holds(code) === 1) ? 1 : 0)),
    )
  const { codes } = coded
  if (!rows && !verdicts.isWhole && size <= fewValues) {
    for (let code = 0; code < size; code++) holds(code)
    verdicts.isWhole = true
  }
  if (!rows && verdicts.isWhole) return holding(codes, values)
  const found = new Uint8Array(table.rows)
  if (rows) {
    for (let k = 0; k < codes.length; k++) if (holds(codes[k]!) === 1) found[rows[k]!] = 1
  } else {
    for (let row = 0; row < codes.length; row++) {
      const known = values[codes[row]!]!
      found[row] = known === unasked ? ask(codes[row]!) : known
    }
    verdicts.isWhole = true
  }
  return found
}
