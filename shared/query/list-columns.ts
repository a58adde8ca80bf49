import { findField, fieldOf, type FieldRef } from './fields.ts'

/**
 * How a column's values are written. Times are microseconds since 1970, durations microseconds, money nano-dollars. What is
 * `text` or `any` (a word or a number, whichever the file gave) stands among `values`.
 */
export const columnTypes = ['text', 'any', 'count', 'number', 'money', 'duration', 'time'] as const
export type ColumnType = (typeof columnTypes)[number]

/** Columns of traces and sessions beside the fields of the query language: how many of these they hold. */
export const ownColumns = ['traces', 'calls', 'errors', 'tools', 'uncosted', 'growing'] as const
export type OwnColumn = (typeof ownColumns)[number]

/** What may stand in a column: a field of the language, `score.<name>`, `@attribute`, or one of the list's own. */
export type ColumnRef = { readonly own: OwnColumn } | { readonly field: FieldRef }

/** The column of a name; undefined where there is none. `is` and `has` are questions, not values. */
export function readColumn(name: string): ColumnRef | undefined {
  const own = ownColumns.find(one => one === name)
  if (own) return { own }
  if (name.startsWith('@')) return name.length > 1 ? { field: { id: '@', name: name.slice(1) } } : undefined
  const field = findField(name)
  return field && field.id !== 'is' && field.id !== 'has' ? { field } : undefined
}

/**
 * An order that is no column: what has most to say about the texts of the query first, of equals the newest. Without texts
 * it is the newest first.
 */
export const relevance = 'relevance'

export function columnType(column: ColumnRef): ColumnType {
  if ('own' in column) return 'count'
  const { type } = fieldOf(column.field.id)
  if (type === 'count' || type === 'number' || type === 'money' || type === 'duration' || type === 'time') return type
  return type === 'any' ? 'any' : 'text'
}
