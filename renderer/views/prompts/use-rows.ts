import { type RefObject, useMemo, useState } from 'react'
import { useCommands } from '../../app/view.ts'
import type { TreeGridHandle } from '../../components/tree-grid/TreeGrid.tsx'
import { rowCommands } from './commands.ts'

/** Rows of a list without levels, and the one that keys act on. */
export function useRows(count: number, within: RefObject<HTMLElement | null>, grid: RefObject<TreeGridHandle | null>) {
  const [place, setRow] = useState(0)
  const row = Math.max(0, Math.min(place, count - 1))
  const rows = useMemo(
    () => ({ visible: Uint32Array.from({ length: count }, (_, i) => i), folded: new Uint8Array(count) }),
    [count],
  )
  const go = (to: number) => setRow(Math.max(0, Math.min(to, count - 1)))
  const page = () => grid.current?.pageSize() ?? 20
  useCommands(
    [
      { ...rowCommands.next, run: () => go(row + 1) },
      { ...rowCommands.previous, run: () => go(row - 1) },
      { ...rowCommands.nextPage, run: () => go(row + page()) },
      { ...rowCommands.previousPage, run: () => go(row - page()) },
      { ...rowCommands.first, run: () => go(0) },
      { ...rowCommands.last, run: () => go(count - 1) },
    ],
    { within },
  )
  return { ...rows, row, go }
}
