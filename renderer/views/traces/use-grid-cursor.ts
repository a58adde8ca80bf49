import { useState, type RefObject } from 'react'
import { useCommands } from '../../app/view.ts'
import { listCommands } from './commands.ts'

interface Options {
  readonly box: RefObject<HTMLElement | null>
  readonly total: number
  readonly columns: readonly { readonly id: string; readonly sortable: boolean }[]
  readonly active: number
  readonly setActive: (index: number) => void
  /** Rows a page key steps over. */
  readonly pageRows: number
  readonly reveal: (index: number) => void
  readonly open: (index: number) => void
  readonly copy: (index: number) => void
  readonly sortBy: (column: string) => void
}

export interface GridCursor {
  /** The column name the cursor stands on; undefined while it is on a row. */
  readonly header: string | undefined
}

/** Keys of the grid while it has focus. Up from the first row reaches the column names, where Enter sorts. */
export function useGridCursor(options: Options): GridCursor {
  const { box, total, columns, active, setActive, pageRows, reveal, open, copy, sortBy } = options
  const [header, setHeader] = useState<string>()
  const sortable = columns.filter(column => column.sortable).map(column => column.id)
  const onHeader = header !== undefined

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index))
    setHeader(undefined)
    setActive(next)
    reveal(next)
  }
  const step = (by: number) => {
    const at = sortable.indexOf(header ?? '')
    setHeader(sortable[Math.max(0, Math.min(sortable.length - 1, at + by))])
  }
  useCommands(
    [
      { ...listCommands.next, run: () => goTo(onHeader ? 0 : active + 1) },
      {
        ...listCommands.previous,
        run: () => {
          if (onHeader) return
          if (active > 0) goTo(active - 1)
          else setHeader(sortable[0])
        },
      },
      { ...listCommands.nextPage, run: () => goTo(active + pageRows) },
      { ...listCommands.previousPage, run: () => goTo(active - pageRows) },
      { ...listCommands.first, run: () => goTo(0) },
      { ...listCommands.last, run: () => goTo(total - 1) },
      { ...listCommands.open, run: () => (header === undefined ? open(active) : sortBy(header)) },
      { ...listCommands.copy, run: () => copy(active), when: () => !onHeader },
      { ...listCommands.left, run: () => step(-1), when: () => onHeader },
      { ...listCommands.right, run: () => step(1), when: () => onHeader },
    ],
    { within: box },
  )
  return { header }
}
