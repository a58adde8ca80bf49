import { useCallback, useMemo, useState } from 'react'
import { adjustQuery } from '../../app/view.ts'
import { keepColumns, recallColumns, type ColumnChoice } from '../../components/columns/column-choice.ts'
import { choiceOf, columnId, usualColumns, type ColumnId } from './model/columns.ts'
import { keyColumn } from './model/table-model.ts'

const table = 'costs'

export interface CostColumns {
  readonly choice: ColumnChoice
  /** Undefined: what the others leave. */
  readonly keyWidth: number | undefined
  /** Nobody chose them. */
  readonly usual: boolean
  /** Kept on this machine; which columns, and their order, go into the address too, so that a link shows them. */
  readonly choose: (change: ((choice: ColumnChoice) => ColumnChoice) | undefined) => void
}

/** The columns that an address names, else those chosen here before, else the usual ones. */
export function useCostColumns(named: readonly ColumnId[] | undefined): CostColumns {
  const [kept, setKept] = useState(() => recallColumns(table))
  const choice = useMemo(() => (named ? choiceOf(named, kept) : (kept ?? usualColumns)), [named, kept])
  const ofKey = kept?.find(one => one.field === keyColumn)
  const choose = useCallback(
    (change: ((now: ColumnChoice) => ColumnChoice) | undefined) => {
      const next = change?.([...(ofKey ? [ofKey] : []), ...choice.filter(one => one.field !== keyColumn)])
      const shown = next && idsOf(next)
      if (shown?.length === 0) return
      setKept(next)
      keepColumns(table, next)
      if (shown?.join() !== idsOf(choice).join()) adjustQuery({ show: shown?.join(',') }, { push: true })
    },
    [choice, ofKey],
  )
  return { choice, keyWidth: ofKey?.width, usual: !named && !kept, choose }
}

function idsOf(choice: ColumnChoice): readonly ColumnId[] {
  return choice.flatMap(({ field }) => columnId(field) ?? [])
}
