import { spanKinds } from '../../../shared/domain/kind.ts'
import { codedField } from '../table/coded.ts'
import type { Table } from '../table/table.ts'
import { countedCalls } from './calls.ts'
import { Lists, type Dimension } from './dimensions.ts'

const toolKind = spanKinds.indexOf('tool')
/** Spans looked at behind a tool for the call that read its result. */
const furthest = 10_000

/**
 * A call by the tools whose results it was the first to read: the call that follows a tool's end under the nearest span that
 * holds both. What a tool gave back is in every later call of a conversation too; it is counted where it came in.
 */
export function toolCodes(table: Table): Omit<Dimension, 'serial'> {
  const { layout, parent } = table
  const { count, row: rowOf } = countedCalls(table)
  const numberOf = new Int32Array(table.rows).fill(-1)
  for (let i = 0; i < count; i++) numberOf[rowOf[i]!] = i
  const tools = codedField(table, { id: 'tool' })
  const [kind, start, length] = [table.column('kind'), table.column('start'), table.column('dur')]
  const read = new Map<number, number[]>()
  const rows = tools ? kind.length : 0
  for (let row = 0; row < rows; row++) {
    if (kind[row] !== toolKind || layout.alive[row] === 0) continue
    const tool = tools?.parts ? tools.parts[tools.codes[row]!]?.[0] : tools?.codes[row]
    if (tool === undefined || tool === tools?.none) continue
    const ended = start[row]! + (Number.isNaN(length[row]!) ? 0 : length[row]!)
    const reader = readerOf(row, ended)
    if (reader < 0) continue
    const known = read.get(reader)
    if (!known) read.set(reader, [tool + 1])
    else if (!known.includes(tool + 1)) known.push(tool + 1)
  }

  function readerOf(tool: number, ended: number): number {
    let at = tool
    for (let above = parent[tool]!; above >= 0; at = above, above = parent[above]!) {
      const last = Math.min(layout.end[above]!, layout.end[at]! + furthest)
      for (let row = layout.end[at]! + 1; row <= last; row++) {
        const i = numberOf[row]!
        // What the clock does not tell stands in reading order.
        if (i >= 0 && !(start[row]! < ended)) return i
      }
    }
    return -1
  }

  const lists = new Lists()
  const codes = new Uint32Array(count)
  for (const [i, list] of read) codes[i] = lists.of(list)
  const decode = (code: number) => (code === 0 ? null : tools!.decode(code - 1))
  return { codes, size: (tools?.size ?? 0) + 1, decode, parts: lists.all }
}
