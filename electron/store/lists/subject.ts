import type { ListKind } from '../../../shared/contract/lists.ts'
import type { Rows } from '../table/matching.ts'
import { ByteSet, type ItemSet } from '../table/row-set.ts'
import { sessionsOf } from '../table/sessions.ts'
import type { Table } from '../table/table.ts'

/** What the items of a list are, by number: rows of the table, places of traces, numbers of sessions. */
export interface Subject {
  readonly list: ListKind
  readonly table: Table
  /** Every item is less. */
  readonly size: number
  /** Item of a row, -1 for none; undefined: the row itself. */
  readonly itemOf: Int32Array | undefined
}

export function subjectOf(table: Table, list: ListKind): Subject {
  if (list === 'spans' || list === 'calls') return { list, table, size: table.rows, itemOf: undefined }
  if (list === 'traces') {
    const itemOf = table.derived('items traces', () => new Int32Array(table.layout.trace))
    return { list, table, size: table.traces.count, itemOf }
  }
  const sessions = sessionsOf(table)
  const itemOf = table.derived('items sessions', () => {
    const found = new Int32Array(table.rows)
    for (let row = 0; row < found.length; row++) found[row] = sessions.of[table.layout.trace[row]!]!
    return found
  })
  return { list, table, size: sessions.count, itemOf }
}

/** What a query leaves of a list. */
export interface Shown {
  readonly subject: Subject
  /** The rows that match; of a list of calls, those that are calls. */
  readonly matching: ItemSet
  /** The items of the list. */
  readonly shown: ItemSet
}

/** `matching` is taken over: it may be narrowed. */
export function shownOf(subject: Subject, matching: ItemSet): Shown {
  const { table, itemOf, list } = subject
  if (list === 'calls') {
    const calls = new ByteSet(keepCalls(table, matching.bytes))
    return { subject, matching: calls, shown: calls }
  }
  if (!itemOf) return { subject, matching, shown: matching }
  const items = new Uint8Array(subject.size)
  const rows = matching.numbers()
  for (let i = 0; i < rows.length; i++) {
    const item = itemOf[rows[i]!]!
    if (item >= 0) items[item] = 1
  }
  return { subject, matching, shown: new ByteSet(items) }
}

/** Each call counts once: a wrapper that restates one is none. */
function keepCalls({ calls }: Table, rows: Rows): Rows {
  const isCall = new Uint8Array(rows.length)
  for (let k = 0; k < calls.count; k++) if (calls.counted[k] === 1) isCall[calls.row[k]!] = rows[calls.row[k]!]!
  return isCall
}
