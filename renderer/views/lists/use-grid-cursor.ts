import { useState, type RefObject } from 'react'
import { useCommands } from '../../app/view.ts'
import { headerCommands, listCommands } from './commands.ts'
import type { ChosenColumn } from './model/column-choice.ts'

interface Options {
  readonly box: RefObject<HTMLElement | null>
  readonly total: number
  readonly columns: readonly ChosenColumn[]
  /** Groups cannot be selected, starred, or their columns chosen. */
  readonly plain: boolean
  readonly active: number
  readonly setActive: (index: number) => void
  /** Rows a page key steps over. */
  readonly pageRows: number
  readonly reveal: (index: number) => void
  readonly open: (index: number) => void
  /** Shows a card about the active row, or no more. */
  readonly peek: () => void
  readonly actions: GridActions
}

/** What keys do beside moving. `column` is the cell the cursor stands on, if it stands on one. */
export interface GridActions {
  readonly copy: (index: number, column: string | undefined) => void
  readonly toggleSelect: (index: number) => void
  readonly extend: (from: number, to: number) => void
  readonly selectAll: () => void
  readonly star: (index: number) => void
  readonly tag: (index: number) => void
  readonly compare: (index: number) => void
  readonly sortBy: (column: ChosenColumn) => void
  readonly moveColumn: (column: string, by: number) => void
  readonly widen: (column: string, by: number) => void
  readonly pin: (column: string) => void
  readonly hide: (column: string) => void
}

export interface GridCursor {
  /** The column name the cursor stands on; undefined while it is on a row. */
  readonly header: string | undefined
  /** The cell of the active row; undefined: the row itself. */
  readonly cell: string | undefined
  readonly toRow: (index: number) => void
}

const widthStep = 16

/** Keys of the grid while it has focus. Up from the first row reaches the column names; Right goes into a row's cells. */
export function useGridCursor(options: Options): GridCursor {
  const { box, total, columns, plain, active, setActive, pageRows, reveal, open, peek, actions } = options
  const [header, setHeader] = useState<string>()
  const [cell, setCell] = useState<string>()
  const ids = columns.map(column => column.id)
  const onHeader = header !== undefined && ids.includes(header)
  const headerColumn = columns.find(column => column.id === header)

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index))
    setHeader(undefined)
    setActive(next)
    reveal(next)
  }
  const step = (by: number) => {
    if (onHeader) {
      setHeader(ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(header) + by))])
      return
    }
    const at = cell === undefined ? -1 : ids.indexOf(cell)
    const next = Math.min(ids.length - 1, at + by)
    setCell(next < 0 ? undefined : ids[next])
  }
  const extend = (by: number) => {
    const to = Math.max(0, Math.min(total - 1, active + by))
    actions.extend(active, to)
    goTo(to)
  }
  const onRow = () => !onHeader && total > 0
  const onItem = () => onRow() && !plain
  const onColumn = () => onHeader && !plain
  const ofHeader = (run: (column: string) => void) => () => header !== undefined && run(header)
  useCommands(
    [
      { ...listCommands.next, run: () => goTo(onHeader ? 0 : active + 1) },
      {
        ...listCommands.previous,
        run: () => {
          if (onHeader) return
          if (active > 0) goTo(active - 1)
          else setHeader(cell ?? ids[0])
        },
      },
      { ...listCommands.nextPage, run: () => goTo(active + pageRows) },
      { ...listCommands.previousPage, run: () => goTo(active - pageRows) },
      { ...listCommands.first, run: () => goTo(0) },
      { ...listCommands.last, run: () => goTo(total - 1) },
      {
        ...listCommands.open,
        run: () => (onHeader && headerColumn ? headerColumn.sortable && actions.sortBy(headerColumn) : open(active)),
      },
      { ...listCommands.peek, when: onItem, run: peek },
      { ...listCommands.left, run: () => step(-1) },
      { ...listCommands.right, run: () => step(1) },
      { ...listCommands.copy, when: onRow, run: () => actions.copy(active, cell) },
      { ...listCommands.toggleSelect, when: onItem, run: () => actions.toggleSelect(active) },
      { ...listCommands.extendDown, when: onItem, run: () => extend(1) },
      { ...listCommands.extendUp, when: onItem, run: () => extend(-1) },
      { ...listCommands.selectAll, when: onItem, run: actions.selectAll },
      { ...listCommands.star, when: onItem, run: () => actions.star(active) },
      { ...listCommands.tag, when: onItem, run: () => actions.tag(active) },
      { ...listCommands.compare, when: onItem, run: () => actions.compare(active) },
      { ...headerCommands.moveLeft, when: onColumn, run: ofHeader(id => actions.moveColumn(id, -1)) },
      { ...headerCommands.moveRight, when: onColumn, run: ofHeader(id => actions.moveColumn(id, 1)) },
      { ...headerCommands.wider, when: onColumn, run: ofHeader(id => actions.widen(id, widthStep)) },
      { ...headerCommands.narrower, when: onColumn, run: ofHeader(id => actions.widen(id, -widthStep)) },
      { ...headerCommands.pin, when: onColumn, run: ofHeader(actions.pin) },
      {
        ...headerCommands.hide,
        when: onColumn,
        run: ofHeader(id => {
          const at = ids.indexOf(id)
          setHeader(ids[at + 1] ?? ids[at - 1])
          actions.hide(id)
        }),
      },
    ],
    { within: box },
  )
  return { header: onHeader ? header : undefined, cell: ids.includes(cell ?? '') ? cell : undefined, toRow: goTo }
}
