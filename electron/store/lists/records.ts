import type { ListValue } from '../../../shared/contract/lists.ts'
import type { FieldRef } from '../../../shared/query/fields.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Asked } from './asking.ts'

/** Rows sorted by what only records hold: reading one takes 0.5 to 2.5 ms. */
export const mostToRead = 10_000
/** Spans of a trace that are read: those that say something of the whole of it come first. */
const looks = 8

/**
 * Values of items that only kept records hold. Of a trace those of the first span that has some, of a session those of its
 * latest trace.
 */
export function valuesInRecords(
  { subject, elsewhere }: Asked,
  field: FieldRef,
  items: ArrayLike<number>,
): readonly (readonly ListValue[])[] {
  const { list, table } = subject
  const { layout, traces } = table
  const ofTrace = (trace: number): number[] => {
    const first = traces.first[trace]!
    return Array.from(layout.id.subarray(first, first + Math.min(looks, traces.rows[trace]!)))
  }
  const spansOf = {
    spans: (row: number) => [layout.id[row]!],
    calls: (row: number) => [layout.id[row]!],
    traces: ofTrace,
    sessions: (session: number) => ofTrace(sessionsOf(table).latest[session]!),
  }[list]
  return elsewhere({ type: 'values', groups: Array.from(items, spansOf), field })
}
