import type { FieldRef } from '../../../shared/query/fields.ts'
import { firstAt } from '../table/arrays.ts'
import { codedField, namedCodes, type Coded } from '../table/coded.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Table } from '../table/table.ts'
import { wordsOf } from './item-words.ts'
import type { Subject } from './subject.ts'

/** What all spans of an item say, matching or not: the words in its column. */
export interface ItemValues {
  readonly coded: Pick<Coded, 'size' | 'decode'>
  /** Codes of an item's values, in the order of its spans. */
  of(item: number): readonly number[]
}

/** Undefined for numbers and for what only records hold. */
export function itemValues(subject: Subject, field: FieldRef): ItemValues | undefined {
  const { list, table } = subject
  const key = `${list} values ${field.id} ${field.name ?? ''}`
  return table.ofField(field, key, () =>
    list === 'spans' || list === 'calls' ? ofRows(table, field) : ofMany(subject, field),
  )
}

function ofRows(table: Table, field: FieldRef): ItemValues | undefined {
  const coded = codedField(table, field)
  if (!coded) return undefined
  const { codes, rows, none, parts } = coded
  const at = (k: number): readonly number[] => (parts ? parts[codes[k]!]! : codes[k] === none ? [] : [codes[k]!])
  if (!rows) return { coded, of: at }
  return {
    coded,
    of: row => {
      const found: number[] = []
      for (let k = firstAt(rows, row); k < rows.length && rows[k] === row; k++) found.push(...at(k))
      return found
    },
  }
}

/** What the root of a trace says, or the first span that says something, holds for the whole of it. */
const ofTrace = ['name', 'session', 'user', 'environment', 'release', 'application'] as const

function ofMany(subject: Subject, field: FieldRef): ItemValues | undefined {
  const { list, table } = subject
  if (list === 'traces') {
    const whole = ofTrace.find(one => one === field.id)
    if (whole) return single(namedCodes(table, table.traces[whole]))
    if (field.id === 'trace') return { coded: codedField(table, field)!, of: trace => [trace] }
  } else if (field.id === 'session' || field.id === 'name') {
    return single(namedCodes(table, sessionsOf(table).name))
  }
  if (!codedField(table, field)) return undefined
  const words = wordsOf(subject, field, table.layout.alive)!
  const first = new Uint32Array(subject.size + 1)
  for (const item of words.items) first[item + 1]!++
  for (let item = 0; item < subject.size; item++) first[item + 1]! += first[item]!
  const next = first.slice()
  const codes = new Uint32Array(words.codes.length)
  for (const [k, item] of words.items.entries()) codes[next[item]!++] = words.codes[k]!
  return { coded: words.coded, of: item => Array.from(codes.subarray(first[item], first[item + 1])) }
}

function single(coded: Coded): ItemValues {
  return { coded, of: item => (coded.codes[item] === coded.none ? [] : [coded.codes[item]!]) }
}
