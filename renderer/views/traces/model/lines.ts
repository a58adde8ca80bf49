import type { TraceLine } from '../features.ts'
import type { Inputs } from './trace-inputs.ts'
import { rowAt, type Pages } from './trace-list.ts'

/** The lines of the window, in the order given. */
export function linesOf(indexes: readonly number[], pages: Pages, texts: Inputs): TraceLine[] {
  return indexes.map(index => {
    const row = rowAt(pages, index)
    return { index, row, input: row && texts.get(row.id) }
  })
}

/** Whether two lines look the same: the table makes new ones whenever the window moves. */
export function isSameLine(a: TraceLine, b: TraceLine): boolean {
  return a.index === b.index && a.row === b.row && a.input === b.input
}

/** The largest cost and duration in sight, which the bars are shares of. */
export function mostOf(lines: readonly TraceLine[]): { readonly cost: number; readonly duration: number } {
  let cost = 1
  let duration = 1
  for (const { row } of lines) {
    cost = Math.max(cost, row?.cost ?? 0)
    duration = Math.max(duration, row?.duration ?? 0)
  }
  return { cost, duration }
}
