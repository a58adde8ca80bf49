import type { Output } from '../../shared/contract/index.ts'
import type { ListValue } from '../../shared/contract/lists.ts'

/** A stretch of a list as it came: columns, no objects. */
export interface Page {
  readonly count: number
  /** Row ids; of groups their places. */
  readonly id: Float64Array
  /** Row id of each one's trace. */
  readonly trace: Float64Array
  /** Where a column stands among the cells. */
  readonly at: ReadonlyMap<string, { readonly place: number; readonly isText: boolean }>
  readonly cells: Float64Array
  readonly values: readonly (ListValue | readonly ListValue[])[]
}

/** One row of a page. */
export interface ListRow {
  readonly page: Page
  readonly i: number
}

export type CellValue = ListValue | readonly ListValue[]

export function pageOfRows({ id, trace, columns, cells, values }: Output<'lists.rows'>): Page {
  const at = new Map(
    columns.map(({ column, type }, place) => [column, { place, isText: type === 'text' || type === 'any' }] as const),
  )
  return { count: id.length, id, trace, at, cells, values }
}

/** What stands in a cell; undefined is none, or a column that did not come with this page. */
export function cellOf({ page, i }: ListRow, column: string): CellValue | undefined {
  const found = page.at.get(column)
  if (!found) return undefined
  const cell = page.cells[found.place * page.count + i]!
  if (Number.isNaN(cell)) return undefined
  return found.isText ? page.values[cell] : cell
}

export function numberIn(row: ListRow, column: string): number | undefined {
  const value = cellOf(row, column)
  return typeof value === 'number' ? value : undefined
}

/** The first of several. */
export function textIn(row: ListRow, column: string): string | undefined {
  const value = cellOf(row, column)
  const first = typeof value === 'object' ? value[0] : value
  return first === undefined ? undefined : String(first)
}

export function idOf({ page, i }: ListRow): number {
  return page.id[i]!
}
