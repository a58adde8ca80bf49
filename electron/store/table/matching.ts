import type { Condition } from '../../../shared/query/plan.ts'
import { withQuery, type SpanSource } from '../search/search.ts'
import type { Table } from './table.ts'

/** 1 for each row that matches. */
export type Rows = Uint8Array

/** The rows that a condition is true of. */
export function matchingRows(table: Table, condition: Condition | undefined, readSpan: SpanSource): Rows {
  if (!condition) return new Uint8Array(table.rows).fill(1)
  const { store, layout } = table
  return withQuery(store, condition, readSpan, ({ where, values }) => {
    const rows = new Uint8Array(table.rows)
    const ids = store.db.prepare<unknown[], number>(`SELECT s.id FROM span s WHERE ${where}`).pluck()
    for (const id of ids.iterate(values)) {
      const row = layout.rowOf[id] ?? 0
      if (row > 0) rows[row - 1] = 1
    }
    return rows
  })
}
