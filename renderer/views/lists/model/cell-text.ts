import type { ColumnType } from '../../../../shared/query/list-columns.ts'
import { formatCount } from '../../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { firstInput, type ListColumn } from './columns.ts'
import { cellOf, type CellValue, type ListRow } from './page.ts'

/** A cell for the clipboard: numbers whole, so that a table can reckon with them. Empty is unknown. */
export function cellText(row: ListRow, { id, type }: Pick<ListColumn, 'id' | 'type'>): string {
  const value = cellOf(row, id)
  if (value === undefined) return ''
  if (isList(value)) return value.map(one => textOf(one, type)).join(', ')
  return textOf(value, type)
}

export function isList(value: CellValue): value is readonly (string | number)[] {
  return Array.isArray(value)
}

function textOf(value: string | number, type: ColumnType): string {
  if (typeof value === 'string') return visibleLine(value)
  if (type === 'time') return formatDateTime(value)
  if (type === 'duration') return formatDuration(value)
  if (type === 'money') return (value / 1e9).toFixed(9).replace(/\.?0+$/, '')
  return String(value)
}

/** For a person: digits in groups. */
export function shownNumber(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(6)))
}

/** A row for the clipboard: tab-separated, the id of its trace first. */
export function rowText(row: ListRow, columns: readonly ListColumn[]): string {
  const cells = columns.flatMap(column => (isCopied(column) ? cellText(row, column) : []))
  return [cellText(row, traceId), ...cells].map(cell => cell.replace(/[\t\n\r]/g, ' ')).join('\t')
}

export function headText(columns: readonly ListColumn[]): string {
  const heads = columns.flatMap(column => (isCopied(column) ? (column.spoken ?? column.label) : []))
  return ['Trace', ...heads].join('\t')
}

const traceId = { id: 'trace', type: 'text' } as const

/** What the user said first is read for what is in sight only. */
function isCopied({ id }: ListColumn): boolean {
  return id !== 'trace' && id !== firstInput
}
