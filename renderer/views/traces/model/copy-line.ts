import type { TraceListRow } from '../../../../shared/contract/traces.ts'
import { formatDuration, formatTime, formatDate } from '../../../../shared/format/times.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'

/** A row for the clipboard: tab-separated, ids first, numbers whole so that a table can reckon with them. */
export function copyLine(row: TraceListRow): string {
  const cost = row.cost === undefined ? '' : (row.cost / 1e9).toFixed(9).replace(/\.?0+$/, '')
  return [
    row.traceId,
    row.start === undefined ? '' : `${formatDate(row.start)} ${formatTime(row.start)}`,
    visibleLine(row.name),
    row.spans,
    row.calls,
    row.input ?? '',
    row.output ?? '',
    cost,
    row.duration === undefined ? '' : formatDuration(row.duration),
    row.errors,
  ].join('\t')
}
