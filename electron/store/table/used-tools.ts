import { spanKinds } from '../../../shared/domain/kind.ts'
import type { Calls } from './calls.ts'
import { codedField, type Coded } from './coded.ts'
import type { Table } from './table.ts'

const toolKind = spanKinds.indexOf('tool')
/** Spans looked at behind a tool for the call that read its result. */
const furthest = 10_000

/**
 * Calls by the tools whose results they were the first to read: the call that follows a tool's end under the nearest span that
 * holds both. What a tool gave back is in every later call of a conversation too; it is told of where it came in. Undefined
 * where the tools are not known.
 */
export function usedToolCodes(table: Table): Coded | undefined {
  const { layout, parent, calls } = table
  const tools = codedField(table, { id: 'tool' })
  if (!tools) return undefined
  const nextCall = nextCalls(table.rows, calls)
  const kind = table.column('kind')
  const isBefore = order(table)
  const read = new Map<number, number[]>()
  for (let row = 0; row < kind.length; row++) {
    if (kind[row] !== toolKind || layout.alive[row] === 0) continue
    const tool = tools.parts ? tools.parts[tools.codes[row]!]?.[0] : tools.codes[row]
    if (tool === undefined || tool === tools.none) continue
    const reader = readerOf(row)
    if (reader < 0) continue
    const known = read.get(reader)
    if (!known) read.set(reader, [tool])
    else if (!known.includes(tool)) known.push(tool)
  }

  function readerOf(tool: number): number {
    let at = tool
    for (let above = parent[tool]!; above >= 0; at = above, above = parent[above]!) {
      const last = Math.min(layout.end[above]!, layout.end[at]! + furthest)
      for (let row = nextCall[layout.end[at]! + 1]!; row <= last; row = nextCall[row + 1]!) {
        // What the clock does not tell stands in reading order.
        if (!isBefore(row, tool)) return row
      }
    }
    return -1
  }

  const found = [...read].flatMap(([row, codes]) => codes.map(code => ({ row, code }))).sort((a, b) => a.row - b.row)
  const { size, decode } = tools
  const codes = Uint32Array.from(found, one => one.code)
  return { codes, rows: Uint32Array.from(found, one => one.row), size, none: tools.none, decode, repeats: true }
}

/** The first row with a counted call from each row on; the number of rows where there is none. */
function nextCalls(rows: number, calls: Calls): Uint32Array {
  const next = new Uint32Array(rows + 1).fill(rows)
  for (let k = 0; k < calls.count; k++) if (calls.counted[k] === 1) next[calls.row[k]!] = calls.row[k]!
  for (let row = rows - 1; row >= 0; row--) if (next[row] === rows) next[row] = next[row + 1]!
  return next
}

/** Whether a span began before another had ended, to the nanosecond; no where the times are not known. */
function order(table: Table): (row: number, other: number) => boolean {
  const [start, startNs, dur, durNs] = [
    table.column('start'),
    table.column('start_ns'),
    table.column('dur'),
    table.column('dur_ns'),
  ]
  return (row, other) => {
    const length = dur[other]! * 1000 + durNs[other]!
    // A span that ends before it starts has no length.
    const ns = length > 0 ? startNs[other]! + durNs[other]! : startNs[other]!
    const us = start[other]! + (length > 0 ? dur[other]! : 0) + Math.floor(ns / 1000)
    return start[row]! < us || (start[row] === us && startNs[row]! < ns % 1000)
  }
}
