import type { ListValue } from '../../../shared/contract/lists.ts'
import type { FieldRef } from '../../../shared/query/fields.ts'
import { valuesOf } from '../../../shared/query/readings.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Asked } from './asking.ts'

/** Records read to sort a list: 0.5 to 2.5 ms each. */
export const mostToRead = 10_000
/** Spans of a trace that are read: those that say something of the whole of it come first. */
const looks = 8
/** Of a text in a list. */
const longest = 300

/** Values that only kept records hold. Of a trace those of the first span that has some, of a session those of its latest. */
export function valuesInRecords({ subject, readSpan }: Asked, field: FieldRef): (item: number) => readonly ListValue[] {
  const { list, table } = subject
  const { layout, traces } = table
  const ofRow = (row: number): readonly ListValue[] => {
    const read = readSpan(layout.id[row]!)
    return read ? valuesOf(read, field).map(cut) : []
  }
  if (list === 'spans' || list === 'calls') return ofRow
  const ofTrace = (trace: number): readonly ListValue[] => {
    const first = traces.first[trace]!
    const end = first + Math.min(looks, traces.spans[trace]!)
    for (let row = first; row < end && layout.trace[row] === trace; row++) {
      const values = ofRow(row)
      if (values.length > 0) return values
    }
    return []
  }
  if (list === 'traces') return ofTrace
  const { latest } = sessionsOf(table)
  return session => ofTrace(latest[session]!)
}

function cut(value: ListValue): ListValue {
  if (typeof value === 'number' || value.length <= longest) return value
  return `${value
    .slice(0, longest - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}
