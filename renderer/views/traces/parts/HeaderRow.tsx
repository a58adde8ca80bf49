import { FlexRender, type Header } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { spokenHeaders } from '../columns.tsx'
import type { features, TraceLine } from '../features.ts'
import type { SortField, TraceSort } from '../model/sort.ts'
import styles from '../traces.module.css'

interface Props {
  readonly id: string
  readonly headers: readonly Header<typeof features, TraceLine>[]
  readonly sort: TraceSort
  /** The column the cursor stands on, while it is in this row. */
  readonly active: string | undefined
  readonly sortBy: (field: SortField) => void
}

export function HeaderRow({ id, headers, sort, active, sortBy }: Props) {
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      {headers.map(header => {
        const { column } = header
        const sortable = column.getCanSort()
        const sorted = sortable && sort.field === column.id
        const Arrow = sort.descending ? ArrowDown : ArrowUp
        return (
          // The grid holds the focus and its keys reach this cell too (Up from the first row, Enter).
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={header.id}
            id={`${id}-head-${column.id}`}
            role="columnheader"
            aria-label={spokenHeaders[column.id]}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : sortable ? 'none' : undefined}
            className={styles.headCell}
            data-numeric={column.columnDef.meta?.numeric || undefined}
            data-sortable={sortable || undefined}
            data-active={active === column.id || undefined}
            onClick={sortable ? () => sortBy(column.id as SortField) : undefined}
          >
            <FlexRender header={header} />
            {sorted && <Arrow aria-hidden="true" size={11} />}
          </div>
        )
      })}
    </div>
  )
}
