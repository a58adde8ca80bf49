import { ColumnsMenu, type MenuColumn } from '../../../components/columns/ColumnsMenu.tsx'
import { viewCommands } from '../commands.ts'
import { columnsOf } from '../model/column-choice.ts'
import { columnOf, offeredColumns, type ListColumn } from '../model/columns.ts'
import { useStore } from '../../../state/store.ts'
import type { ListMemory } from '../model/memory.ts'
import type { ListColumns } from '../use-columns.ts'

interface Props {
  readonly memory: ListMemory
  readonly columns: ListColumns
}

/** The columns of a list; scores and attributes besides, under the names their files gave them. */
export function ListColumnsMenu({ memory: { kind, noRoom }, columns: { choice, choose } }: Props) {
  const left = useStore(noRoom)
  return (
    <ColumnsMenu
      shown={columnsOf(kind, choice).map(column => ({ ...column, noRoom: left.includes(column.id) }))}
      offered={offeredColumns(kind).map(inMenu)}
      find={name => {
        const typed = columnOf(name, kind)
        return typed && inMenu(typed)
      }}
      placeholder="Add a column: a field, score.<name>, @attribute"
      usual={choice === undefined}
      choose={choose}
      command={viewCommands.columns}
    />
  )
}

function inMenu(column: ListColumn): MenuColumn {
  const { id, sortable } = column
  return { ...column, aside: `${id}${!sortable && id !== 'text' ? ', read from the records' : ''}` }
}
