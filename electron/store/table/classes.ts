import { statuses } from '../../../shared/domain/kind.ts'
import type { FieldId } from '../../../shared/query/fields.ts'
import { generationOf } from '../prompts/columns.ts'
import { codedField, type Coded, type Through } from './coded.ts'
import type { Table } from './table.ts'

/**
 * Rows that say the same in the fields that are counted most, by the number of what they say: one pass over a million rows
 * counts for all of these fields.
 */
interface Classes {
  readonly codes: Uint32Array
  readonly size: number
  /** A row of each. */
  readonly row: Uint32Array
  /** Its place among the calls; -1 for none. */
  readonly call: Int32Array
}

const ofCalls = ['model', 'provider', 'prompt', 'prompt.version'] as const satisfies readonly FieldId[]
const ofRows = ['kind', 'status', 'tool', 'agent', 'service', 'operation'] as const satisfies readonly FieldId[]

/** The codes of such a field by classes; undefined where it has none. */
export function byClass(table: Table, id: FieldId, coded: Coded): Through | undefined {
  const isOfCall = ofCalls.some(one => one === id)
  if ((!isOfCall && !ofRows.some(one => one === id)) || coded.parts || coded.repeats) return undefined
  const classes = table.derived(`classes ${generationOf(table)}`, () => makeClasses(table))
  if (!classes) return undefined
  const of = table.derived(`class ${id} ${generationOf(table)}`, () => {
    const { through, none } = coded
    if (isOfCall) return Uint32Array.from(classes.call, k => (k < 0 ? none : coded.codes[k]!))
    return Uint32Array.from(classes.row, row => (through ? through.of[through.column[row]!]! : coded.codes[row]!))
  })
  return { base: 'class', column: classes.codes, of }
}

interface Numbered {
  readonly codes: Uint32Array
  readonly size: number
}

function makeClasses(table: Table): Classes | undefined {
  const [kind, status, { calls }] = [table.column('kind'), table.column('status'), table]
  const outcome = new Uint32Array(table.rows)
  let kinds = 0
  for (let row = 0; row < outcome.length; row++) {
    if (kind[row]! >= kinds) kinds = kind[row]! + 1
    outcome[row] = kind[row]! * statuses.length + status[row]!
  }
  let usage: Numbered | undefined = { codes: new Uint32Array(calls.count), size: 1 }
  for (const id of ofCalls) {
    const { codes, size } = codedField(table, { id })!
    usage = usage && paired(usage, dense(codes, size))
  }
  if (!usage) return undefined
  const used = new Uint32Array(table.rows)
  for (let k = 0; k < calls.count; k++) used[calls.row[k]!] = usage.codes[k]! + 1
  const tool = codedField(table, { id: 'tool' })
  const trait = table.column('trait')
  let all = paired({ codes: outcome, size: kinds * statuses.length }, { codes: used, size: usage.size + 1 })
  all = all && paired(all, dense(trait, trait.reduce((most, one) => Math.max(most, one), 0) + 1))
  if (all && tool && tool.codes.length === table.rows)
    all = paired(all, { codes: tool.codes as Uint32Array, size: tool.size })
  // Where hardly two rows say the same, nothing is won.
  if (!all || all.size > table.rows / 4 + 1000) return undefined
  const { codes, size } = all
  const row = new Uint32Array(size)
  for (let i = codes.length - 1; i >= 0; i--) row[codes[i]!] = i
  const call = new Int32Array(size).fill(-1)
  for (let k = 0; k < calls.count; k++) call[codes[calls.row[k]!]!] = k
  return { codes, size, row, call }
}

/** Sixteen megabytes of numbers for a moment. */
const mostPairs = 1 << 22

/** Both as one number; undefined where there could be too many. */
function paired(a: Numbered, b: Numbered): Numbered | undefined {
  if (a.size * b.size > mostPairs) return undefined
  const numbers = new Uint32Array(a.size * b.size)
  const codes = new Uint32Array(a.codes.length)
  let size = 0
  for (let i = 0; i < codes.length; i++) {
    const pair = a.codes[i]! * b.size + b.codes[i]!
    if (numbers[pair] === 0) numbers[pair] = ++size
    codes[i] = numbers[pair]! - 1
  }
  return { codes, size }
}

/** The same with numbers that are all used. */
function dense(codes: ArrayLike<number>, size: number): Numbered {
  const numbers = new Uint32Array(size)
  const made = new Uint32Array(codes.length)
  let used = 0
  for (let i = 0; i < made.length; i++) {
    if (numbers[codes[i]!] === 0) numbers[codes[i]!] = ++used
    made[i] = numbers[codes[i]!]! - 1
  }
  return { codes: made, size: used }
}
