import type { SaidField } from '../../../shared/query/said.ts'
import type { Coded, Value } from './coded.ts'
import type { SpanNumbers } from './numbers.ts'
import type { Table } from './table.ts'
import { Numbered } from './traits.ts'

/** The words of a field that the index knows; undefined where it cannot be asked. */
export function saidCodes(table: Table, field: SaidField): Coded | undefined {
  const known = table.saidColumn(field)
  if (!known) return undefined
  const { codes, values } = known.column
  const numbered = new Numbered()
  const parts = values.map(list => [...new Set(list)].map(value => numbered.of(value)))
  const ofRows = table.layout.id.map(id => codes[id] ?? 0)
  if (parts.some(one => one.length > 1)) return numbered.coded(ofRows, { parts })
  return numbered.coded(ofRows.map(code => parts[code]![0] ?? 0))
}

/** The first number that each span says. */
export function saidNumbers(table: Table, field: SaidField): SpanNumbers | undefined {
  const known = table.saidColumn(field)
  if (!known) return undefined
  const { codes, values } = known.column
  const numbers = values.map(list => list.map(numberOf).find(number => !Number.isNaN(number)) ?? Number.NaN)
  return Float64Array.from(table.layout.id, id => numbers[codes[id] ?? 0]!)
}

function numberOf(value: Value): number {
  return typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value)
}
