import { spanKinds, statuses } from '../../../shared/domain/kind.ts'
import type { FieldId, FieldRef } from '../../../shared/query/fields.ts'
import { promptColumns } from '../prompts/columns.ts'
import { callNames } from '../search/columns.ts'
import type { Calls } from './calls.ts'
import { labelColumns } from './labels.ts'
import { saidCodes } from './said.ts'
import { scoreCodes } from './scores.ts'
import { isTraitField } from '../../../shared/query/trait-values.ts'
import { remarkCodes, traitCodes } from './traits.ts'
import { usedToolCodes } from './used-tools.ts'
import { importCodes, sourceCodes } from './sources.ts'
import type { Table } from './table.ts'

export type Value = string | number

/**
 * A field as small numbers, each of which stands for one value: a million rows are compared and counted by their codes, and
 * each value is looked at once.
 */
export interface Coded {
  /** One a row; or, with `rows`, one an entry. */
  readonly codes: Uint8Array | Uint32Array
  /** The rows that have entries at all, ascending; a row may come twice. */
  readonly rows?: Uint32Array
  /** Every code is less. */
  readonly size: number
  /** The code of a row without a value; -1 where every row has one. */
  readonly none: number
  /** Of a field with several values: `codes` are places in this, which has the codes of the values. */
  readonly parts?: readonly (readonly number[])[]
  readonly decode: (code: number) => Value
  /** A row may come twice among `rows`. */
  readonly repeats?: true
  /** The codes follow from those of another column, which far fewer rows tell apart: `codes[row]` is `of[column[row]]`. */
  readonly through?: Through
}

export interface Through {
  readonly base: 'label' | 'trait' | 'class'
  readonly column: Uint32Array
  readonly of: Uint32Array
}

/** The codes of a field whose values are words; undefined for numbers and for what only records hold. */
export function codedField(table: Table, field: FieldRef): Coded | undefined {
  return table.ofField(field, `coded ${field.id} ${field.name ?? ''}`, () => makeCoded(table, field))
}

function makeCoded(table: Table, { id, name }: FieldRef): Coded | undefined {
  if (id === 'kind' || id === 'status') {
    const words: readonly string[] = id === 'kind' ? spanKinds : statuses
    return { codes: table.column(id), size: 256, none: -1, decode: code => words[code] ?? '' }
  }
  if (id === 'name') return spanNames(table)
  if (id === 'trace') return traceCodes(table)
  if (id === 'source') return sourceCodes(table)
  if (id === 'import') return importCodes(table)
  if (isTraitField(id)) return traitCodes(table, id)
  if (id === 'tool.used') return usedToolCodes(table)
  if (id === 'finish') return saidCodes(table, id)
  if (id === 'score') return scoreCodes(table, name)
  if (id === 'note') return remarkCodes(table)
  if (id === 'prompt' || id === 'prompt.version') {
    const column = id === 'prompt' ? 'prompt' : 'version'
    return { ...namedCodes(table, promptColumns(table)[column]), rows: table.calls.row }
  }
  const call = callNames[id]
  if (call) return { ...namedCodes(table, table.calls[call as keyof Calls] as Uint32Array), rows: table.calls.row }
  const label = labelColumns.find(one => one === id)
  if (!label) return undefined
  const of = table.labels[label]
  return codesThrough(table, id, 'label', of, { size: most(of) + 1, none: 0, decode: code => table.names.text(code) })
}

/** Codes that another column tells; made for each row only where somebody wants them so. */
export function codesThrough(
  table: Table,
  id: FieldId,
  base: 'label' | 'trait',
  of: Uint32Array,
  coded: Pick<Coded, 'size' | 'none' | 'decode'>,
): Coded {
  const column = table.column(base)
  const { size, none, decode } = coded
  return {
    size,
    none,
    decode,
    through: { base, column, of },
    get codes() {
      return table.derived(`codes of ${id}`, () => followed(column, of))
    },
  }
}

/** Where each leads. */
export function followed(column: Uint32Array, of: Uint32Array): Uint32Array {
  const codes = new Uint32Array(column.length)
  for (let row = 0; row < codes.length; row++) codes[row] = of[column[row]!]!
  return codes
}

/** Names of spans by numbers of their own: they are few among all names. */
function spanNames(table: Table): Coded {
  const ids = [0]
  const column = table.column('name')
  const numbers = new Uint32Array(most(column) + 1)
  const codes = new Uint32Array(column.length)
  for (let row = 0; row < codes.length; row++) {
    const id = column[row]!
    if (id !== 0 && numbers[id] === 0) numbers[id] = ids.push(id) - 1
    codes[row] = numbers[id]!
  }
  return { codes, size: ids.length, none: 0, decode: code => table.names.text(ids[code] ?? 0) }
}

/** Ids of names as codes; 0 is none. */
export function namedCodes(table: Table, codes: Uint32Array): Coded {
  return { codes, size: most(codes) + 1, none: 0, decode: code => table.names.text(code) }
}

function traceCodes({ store, traces, layout }: Table): Coded {
  const keyOf = store.query<[number], { key: string }>('trace-key')
  const decode = (place: number) => keyOf.get(traces.id[place]!)?.key ?? ''
  return { codes: layout.trace, size: traces.count, none: -1, decode }
}

export function most(codes: Uint32Array): number {
  let found = 0
  for (let i = 0; i < codes.length; i++) if (codes[i]! > found) found = codes[i]!
  return found
}
