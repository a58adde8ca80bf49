import { useCallback, useMemo } from 'react'
import { useStore } from '../../state/store.ts'
import { keepColumns, type ColumnChoice } from '../../components/columns/column-choice.ts'
import { usualChoice } from './model/column-choice.ts'
import { wantedColumns, type ListMemory } from './model/memory.ts'

export interface ListColumns {
  /** Undefined: the usual ones. */
  readonly choice: ColumnChoice | undefined
  /** Fields asked of the store. */
  readonly wanted: readonly string[]
  /** The reader's own doing: kept on this machine. */
  readonly choose: (change: ((choice: ColumnChoice) => ColumnChoice) | undefined) => void
  /** A saved view's: shown, and not kept before the reader changes something. */
  readonly show: (choice: ColumnChoice | undefined) => void
}

export function useColumns({ kind, columns }: ListMemory): ListColumns {
  const choice = useStore(columns)
  const wanted = useMemo(() => wantedColumns(kind, choice), [kind, choice])
  const choose = useCallback(
    (change: ((now: ColumnChoice) => ColumnChoice) | undefined) => {
      const next = change && change(columns.get() ?? usualChoice(kind))
      columns.set(next)
      keepColumns(kind, next)
    },
    [kind, columns],
  )
  return { choice, wanted, choose, show: columns.set }
}
