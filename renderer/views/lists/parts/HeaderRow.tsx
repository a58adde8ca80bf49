import { ArrowDown, ArrowUp, Pin } from 'lucide-react'
import { columnDrag, ResizeHandle } from '../../../components/columns/ResizeHandle.tsx'
import type { ChosenColumn } from '../model/column-choice.ts'
import type { ColumnLayout } from '../model/column-layout.ts'
import type { ListSort } from '../model/sort.ts'
import styles from './grid.module.css'

interface Props {
  readonly id: string
  readonly layout: ColumnLayout
  readonly sort: ListSort
  /** The column the cursor stands on, while it is in this row. */
  readonly active: string | undefined
  readonly plain: boolean
  readonly actions: {
    readonly sortBy: (column: ChosenColumn) => void
    readonly place: (column: string, target: string) => void
    readonly resize: (column: string, width: number) => void
  }
}

export function HeaderRow({ id, layout, sort, active, plain, actions }: Props) {
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      {layout.lead > 0 && (
        <div role="columnheader" className={styles.leadCell}>
          <span className="spoken">Selected and starred</span>
        </div>
      )}
      {layout.columns.map((column, i) => {
        const sorted = column.sortable && sort.column === column.id
        const Arrow = sort.descending ? ArrowDown : ArrowUp
        const stays = layout.stays.get(column.id)
        return (
          // The grid holds the focus and its keys reach this cell too (Up from the first row, Enter).
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={column.id}
            id={`${id}-head-${column.id}`}
            role="columnheader"
            aria-colindex={i + 1 + layout.lead}
            aria-label={column.spoken}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : column.sortable ? 'none' : undefined}
            className={styles.headCell}
            data-numeric={column.numeric || undefined}
            data-sortable={column.sortable || undefined}
            data-active={active === column.id || undefined}
            data-pinned={stays === undefined ? undefined : true}
            style={stays === undefined ? undefined : { left: stays }}
            {...(plain ? {} : columnDrag(column.id, actions.place))}
            onClick={column.sortable ? () => actions.sortBy(column) : undefined}
          >
            <span className={styles.headText}>{column.label}</span>
            {sorted && <Arrow aria-hidden="true" size={11} />}
            {column.pinned && <Pin aria-label="kept on the left" role="img" size={10} />}
            {!plain && <ResizeHandle resize={width => actions.resize(column.id, width)} />}
          </div>
        )
      })}
    </div>
  )
}
