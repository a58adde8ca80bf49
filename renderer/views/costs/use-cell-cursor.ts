import { useState, type RefObject } from 'react'
import type { ListValue } from '../../../shared/contract/lists.ts'
import type { Measure } from '../../../shared/query/cost-measures.ts'
import { useCommands } from '../../app/view.ts'
import { movedBy, withColumn, withPin, withWidth, type ColumnChoice } from '../../components/columns/column-choice.ts'
import { costCommands, costHeaderCommands } from './commands.ts'
import { trend, type CostColumn } from './model/columns.ts'
import type { CostTable } from './model/use-table.ts'

export interface CostActions {
  readonly sortBy: (column: Measure | 'key') => void
  readonly openCalls: (key: readonly (ListValue | null)[], measure: Measure | undefined) => void
  readonly canOpen: (key: readonly (ListValue | null)[]) => boolean
  readonly choose: (change: (choice: ColumnChoice) => ColumnChoice) => void
  readonly toggle: (id: string) => void
  readonly addPrice: (key: readonly (ListValue | null)[]) => void
}

interface Parts {
  readonly grid: RefObject<HTMLDivElement | null>
  readonly table: CostTable
  readonly columns: readonly CostColumn[]
  readonly rowHeight: number
  /** Brings a row into sight. */
  readonly reveal: (row: number) => void
  readonly actions: CostActions
}

/** The total stays where it is while rows come and go. */
const ofTotal = Number.POSITIVE_INFINITY

/** Pixels that a key makes a column wider. */
const widthStep = 16

/** The cell that keys act on; row -1 is that of the column names, the one past the last is the total. Right opens a group, then goes from cell to cell; Left goes back, then closes it. */
export function useCellCursor({ grid, table, columns, rowHeight, reveal, actions }: Parts) {
  const { tree } = table
  const [place, setPlace] = useState({ row: 0, column: 0 })
  const row = place.row === ofTotal ? tree.count : Math.min(place.row, tree.count - 1)
  const column = Math.min(place.column, columns.length)
  const onHeader = row < 0
  const onTotal = row === tree.count
  const group = onHeader || onTotal ? undefined : tree.row(row)
  const at = columns[column - 1]
  const measure = at && at.id !== trend ? at.id : undefined
  const go = (next: number, cell = column): void => {
    const target = Math.max(-1, Math.min(next, tree.count))
    setPlace({ row: target === tree.count ? ofTotal : target, column: cell })
    if (target >= 0 && target < tree.count) reveal(target)
  }
  const step = (by: number) => go(row, Math.max(0, Math.min(columns.length, column + by)))
  const pageRows = () => Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 3)
  const onColumn = () => onHeader && at !== undefined
  const ofColumn = (change: (choice: ColumnChoice, id: string) => ColumnChoice) => () =>
    at && actions.choose(now => change(now, at.id))
  const sort = () => at?.id !== trend && actions.sortBy(measure ?? 'key')
  useCommands(
    [
      { ...costCommands.next, run: () => go(row + 1) },
      { ...costCommands.previous, run: () => go(row - 1) },
      { ...costCommands.nextPage, run: () => go(row + pageRows()) },
      { ...costCommands.previousPage, run: () => go(Math.max(0, row - pageRows())) },
      { ...costCommands.first, run: () => go(0) },
      { ...costCommands.last, run: () => go(tree.count - 1) },
      {
        ...costCommands.right,
        run: () => {
          if (column === 0 && group?.hasMore && !group.isOpen) actions.toggle(group.id)
          else step(1)
        },
      },
      {
        ...costCommands.left,
        run: () => {
          if (column > 0) step(-1)
          else if (group?.isOpen) actions.toggle(group.id)
          else if (group && group.depth > 0) go(tree.above(row))
        },
      },
      {
        ...costCommands.open,
        run: () => {
          if (onHeader) sort()
          else if (onTotal) actions.openCalls([], measure)
          else if (group?.answer && actions.canOpen(group.key)) actions.openCalls(group.key, measure)
        },
      },
      { ...costCommands.sort, run: sort },
      { ...costCommands.addPrice, run: () => group?.answer && actions.addPrice(group.key) },
      { ...costCommands.expandAll, run: table.expandAll },
      { ...costCommands.collapseAll, run: table.collapseAll },
      {
        ...costHeaderCommands.moveLeft,
        when: onColumn,
        run: () => {
          ofColumn((now, id) => movedBy(now, id, -1))()
          go(row, Math.max(1, column - 1))
        },
      },
      {
        ...costHeaderCommands.moveRight,
        when: onColumn,
        run: () => {
          ofColumn((now, id) => movedBy(now, id, 1))()
          step(1)
        },
      },
      {
        ...costHeaderCommands.wider,
        when: onColumn,
        run: ofColumn((now, id) => withWidth(now, id, at!.width + widthStep)),
      },
      {
        ...costHeaderCommands.narrower,
        when: onColumn,
        run: ofColumn((now, id) => withWidth(now, id, at!.width - widthStep)),
      },
      { ...costHeaderCommands.pin, when: onColumn, run: ofColumn((now, id) => withPin(now, id, !at!.pinned)) },
      { ...costHeaderCommands.hide, when: onColumn, run: ofColumn((now, id) => withColumn(now, id, false)) },
    ],
    { within: grid },
  )
  return { row, column, to: (next: number, cell: number) => setPlace({ row: next, column: cell }) }
}
