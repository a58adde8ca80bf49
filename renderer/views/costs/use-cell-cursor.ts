import { useState, type RefObject } from 'react'
import type { ListValue } from '../../../shared/contract/lists.ts'
import type { Measure } from '../../../shared/query/cost-measures.ts'
import { useCommands } from '../../app/view.ts'
import { costCommands } from './commands.ts'
import type { useTable } from './model/use-table.ts'

interface Parts {
  readonly grid: RefObject<HTMLDivElement | null>
  readonly table: ReturnType<typeof useTable>
  readonly columns: readonly Measure[]
  readonly sortBy: (column: Measure | 'key') => void
  readonly openCalls: (key: readonly (ListValue | null)[], measure: Measure | undefined) => void
}

/** The cell that keys act on. Right opens a group, then goes from cell to cell; Left goes back, then closes it. */
export function useCellCursor({ grid, table, columns, sortBy, openCalls }: Parts) {
  const { rows, toggle, more } = table
  const [place, setPlace] = useState({ row: 0, column: 0 })
  const row = Math.min(place.row, rows.length - 1)
  const { column } = place
  const at = rows[row]
  const group = at && !('rest' in at) ? at : undefined
  const go = (next: number, cell = column): void => {
    const target = Math.max(0, Math.min(next, rows.length - 1))
    setPlace({ row: target, column: 'rest' in (rows[target] ?? {}) ? 0 : cell })
    grid.current?.querySelectorAll('[role=row][aria-level]')[target]?.scrollIntoView?.({ block: 'nearest' })
  }
  const measure = column === 0 ? undefined : columns[column - 1]
  useCommands(
    [
      { ...costCommands.next, run: () => go(row + 1) },
      { ...costCommands.previous, run: () => go(row - 1) },
      { ...costCommands.first, run: () => go(0) },
      { ...costCommands.last, run: () => go(rows.length - 1) },
      {
        ...costCommands.right,
        run: () => {
          if (column === 0 && group?.hasMore && !group.isOpen) toggle(group.id)
          else if (group && column < columns.length) go(row, column + 1)
        },
      },
      {
        ...costCommands.left,
        run: () => {
          if (column > 0) go(row, column - 1)
          else if (group?.isOpen) toggle(group.id)
          else if (group && group.depth > 0) go(rows.findLastIndex((one, i) => i < row && one.depth < group.depth))
        },
      },
      {
        ...costCommands.open,
        run: () => {
          if (group) openCalls(group.key, measure)
          else if (at && 'rest' in at) more(at.path)
        },
      },
      { ...costCommands.sort, run: () => sortBy(measure ?? 'key') },
      { ...costCommands.expandAll, run: table.expandAll },
      { ...costCommands.collapseAll, run: table.collapseAll },
    ],
    { within: grid },
  )
  return {
    row,
    column,
    active: rows.length > 0,
    isAt: (r: number, c: number) => (row === r && column === c ? true : undefined),
  }
}
