import { statuses } from '../../../shared/domain/kind.ts'
import { findAttempts, type Attempts } from '../../../shared/tree/attempts.ts'
import type { Rows } from './matching.ts'
import { numbersOf } from './numbers.ts'
import type { Table } from './table.ts'

const failed = statuses.indexOf('error')

/** 1 for what failed and was tried again. */
export function retriedRows(table: Table): Rows {
  return table.derived('retried', () => {
    const { number, of } = attemptsOfRows(table)
    const found = table.layout.alive.slice()
    for (let row = 0; row < found.length; row++) found[row]! &= Number(number[row]! < of[row]!)
    return found
  })
}

/** Which row is which attempt at the same: failed ones before the last of a group were tried again. */
function attemptsOfRows(table: Table): Attempts {
  return table.derived('pivot attempts', () => findAttempts(triedRows(table)))
}

/** All rows as if they were of one trace, in which no two traces stand side by side at one depth. */
function triedRows(table: Table) {
  const { layout, calls } = table
  const depth = layout.depth.slice()
  for (let row = 0, odd = 0; row < depth.length; row++) {
    if (row > 0 && layout.trace[row] !== layout.trace[row - 1]) odd = 1 - odd
    depth[row] = depth[row]! * 2 + odd
  }
  const [name, status] = [table.column('name'), table.column('status')]
  const model = new Uint32Array(table.rows)
  for (let k = 0; k < calls.count; k++) model[calls.row[k]!] = calls.model[k]!
  const strings: string[] = []
  const say = (id: number): void => {
    strings[id] ??= table.names.text(id)
  }
  // Only what failed, and what may have followed it, is ever asked for its name.
  for (let row = 0; row < status.length; row++) {
    if (status[row] !== failed) continue
    for (const at of [row, layout.end[row]! + 1]) {
      if (at >= table.rows) continue
      say(name[at]!)
      say(model[at]!)
    }
  }
  // From the beginning of the trace: nanoseconds since 1970 are more than a double tells apart.
  const [offset, duration] = [numbersOf(table, 'offset')!, numbersOf(table, 'duration')!]
  const [kind, marks] = [table.column('kind'), table.column('marks')]
  return { last: layout.end, depth, kind, status, marks, name, model, offset, duration, strings }
}
