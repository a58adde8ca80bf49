import type { ListKind } from '../../../../shared/contract/lists.ts'
import type { ColumnChoice } from '../../../components/columns/column-choice.ts'
import { columnOf, usualColumns, type ListColumn } from './columns.ts'

export interface ChosenColumn extends ListColumn {
  readonly pinned: boolean
  /** Somebody chose the width: it neither grows nor shrinks. */
  readonly fixed: boolean
}

export function usualChoice(list: ListKind): ColumnChoice {
  return usualColumns(list).map(field => ({ field }))
}

/** What stands in the list; what it cannot have is left out. */
export function columnsOf(list: ListKind, choice: ColumnChoice | undefined): readonly ChosenColumn[] {
  return (choice ?? usualChoice(list)).flatMap(({ field, width, pinned = false }) => {
    const column = columnOf(field, list)
    return column ? [{ ...column, width: width ?? column.width, fixed: width !== undefined || pinned, pinned }] : []
  })
}
