import type { FieldRef } from '../../../shared/query/fields.ts'
import { codedField, type Coded, type Value } from '../table/coded.ts'
import type { Rows } from '../table/matching.ts'
import type { Table } from '../table/table.ts'
import { spanNumbers } from './item-numbers.ts'
import type { Subject } from './subject.ts'

/** Values of the items of a list. An item may have several, each once, in the order of its spans. */
export interface ItemWords {
  readonly coded: Coded
  /** Items and the codes of their values, in pairs. */
  readonly items: Uint32Array
  readonly codes: Uint32Array
}

/** What the matching rows say; undefined where only records hold the field. */
export function wordsOf(subject: Subject, field: FieldRef, matching: Rows): ItemWords | undefined {
  const coded = valueCodes(subject.table, field)
  return coded && pair(subject, coded, matching)
}

/** The codes of a field's values, numbers too. */
export function valueCodes(table: Table, field: FieldRef): Coded | undefined {
  const coded = codedField(table, field)
  if (coded) return coded
  const numbers = spanNumbers(table, field.id)
  return numbers && table.ofField(field, `values ${field.id}`, () => codesOfNumbers(numbers))
}

export function pair({ itemOf, size, list }: Subject, coded: Coded, matching: Rows): ItemWords {
  const { codes, rows, none, parts } = coded
  const pairs = new Pairs(codes.length, coded.size, list === 'sessions' ? size : undefined)
  for (let k = 0; k < codes.length; k++) {
    const row = rows ? rows[k]! : k
    if (matching[row] === 0) continue
    const item = itemOf ? itemOf[row]! : row
    if (item < 0) continue
    if (parts) for (const code of parts[codes[k]!]!) pairs.add(item, code)
    else if (codes[k] !== none) pairs.add(item, codes[k]!)
  }
  return { coded, ...pairs.done() }
}

/** Room to begin with: there are far fewer pairs than rows. */
const few = 1 << 14

/** Pairs without repeats. */
class Pairs {
  private items: Uint32Array
  private codes: Uint32Array
  private count = 0
  /** The item that had a value last: those of a trace come one after another. */
  private readonly latest: Int32Array
  /** Sessions come mixed. */
  private readonly seen: Set<number> | undefined
  private readonly size: number

  constructor(expected: number, values: number, mixed: number | undefined) {
    this.items = new Uint32Array(Math.min(expected, few))
    this.codes = new Uint32Array(Math.min(expected, few))
    this.latest = new Int32Array(values).fill(-1)
    this.seen = mixed === undefined ? undefined : new Set()
    this.size = mixed ?? 0
  }

  add(item: number, code: number): void {
    if (this.latest[code] === item) return
    this.latest[code] = item
    if (this.seen) {
      const key = code * this.size + item
      if (this.seen.has(key)) return
      this.seen.add(key)
    }
    if (this.count === this.items.length) this.grow()
    this.items[this.count] = item
    this.codes[this.count++] = code
  }

  private grow(): void {
    const wider = (narrow: Uint32Array) => {
      const wide = new Uint32Array(narrow.length * 2 + 16)
      wide.set(narrow)
      return wide
    }
    this.items = wider(this.items)
    this.codes = wider(this.codes)
  }

  done(): { readonly items: Uint32Array; readonly codes: Uint32Array } {
    return { items: this.items.subarray(0, this.count), codes: this.codes.subarray(0, this.count) }
  }
}

function codesOfNumbers(numbers: Float64Array): Coded {
  const values: Value[] = []
  const codeOf = new Map<number, number>()
  const codes = new Uint32Array(numbers.length)
  for (const [row, number] of numbers.entries()) {
    if (Number.isNaN(number)) continue
    let code = codeOf.get(number)
    if (code === undefined) codeOf.set(number, (code = values.push(number)))
    codes[row] = code
  }
  return { codes, size: values.length + 1, none: 0, decode: code => values[code - 1] ?? '' }
}
