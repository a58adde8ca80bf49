import type { Input, Output } from '../../../shared/contract/index.ts'
import { readColumn } from '../../../shared/contract/lists.ts'
import type { Store } from '../open.ts'
import { isSettled } from '../search/find.ts'
import type { Elsewhere } from '../table/elsewhere.ts'
import { emptyTable } from '../table/table.ts'
import { readRows } from './rows.ts'
import { subjectOf } from './subject.ts'

/** Spans whose columns are read for a page: the rest of the table takes longer. */
const mostSpans = 50_000

/** Columns that a trace tells without its spans. */
const ofWhole: ReadonlySet<string> = new Set(
  'trace name session user environment release application started duration tokens tokens.input tokens.output cost cost.recorded spans'.split(
    ' ',
  ),
)

function isOfWhole(name: string): boolean {
  const column = readColumn(name)
  return column !== undefined && ('own' in column || ofWhole.has(column.field.id))
}

/**
 * A page of all traces in the order of their starts, by the index of the store: a table of its few traces is made, and asked
 * as any other. Undefined for any other page.
 */
export function firstRows(
  store: Store,
  window: Input<'lists.rows'>,
  elsewhere: Elsewhere,
): Output<'lists.rows'> | undefined {
  const { list, where, group, sort, offset, limit } = window
  if (list !== 'traces' || (where && where.query.trim() !== '') || group || sort.column !== 'started') return undefined
  return store.snapshot(() => {
    const direction = sort.descending ? 'DESC' : 'ASC'
    const order = `start ${direction} NULLS LAST, start_ns ${direction}, id`
    const page = store.statement<[number, number], { id: number; spans: number }>(
      `SELECT id, spans FROM trace ORDER BY ${order} LIMIT ? OFFSET ?`,
    )
    const found = page.all(limit, offset)
    if (found.reduce((sum, { spans }) => sum + spans, 0) > mostSpans) return undefined
    const ids = found.map(({ id }) => id)
    const empty = emptyTable(store)
    const table = window.columns.every(isOfWhole) ? empty.withWhole(ids.toSorted((a, b) => a - b)) : empty.with(ids)
    const asked = {
      subject: subjectOf(table, 'traces'),
      rows: table.layout.alive.slice(),
      items: new Uint8Array(table.traces.count).fill(1),
      total: table.traces.count,
      exact: isSettled(store),
      isWhole: true,
      searched: undefined,
      condition: undefined,
      remember: <T>(_: string, make: () => T): T => make(),
      elsewhere,
    }
    const { total } = store.query<[], { total: number }>('trace-count').get()!
    return { ...readRows(asked, { ...window, offset: 0 }), total }
  })
}
