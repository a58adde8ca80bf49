import { ArrowDown, ArrowUp, Pin } from 'lucide-react'
import { placedAt, withWidth, type ColumnChoice } from '../../../components/columns/column-choice.ts'
import { columnDrag, ResizeHandle } from '../../../components/columns/ResizeHandle.tsx'
import type { CostColumn } from '../model/columns.ts'
import { keyColumn, type CostModel } from '../model/table-model.ts'
import { staysAt } from './stays-at.ts'
import styles from './table.module.css'

interface Props {
  readonly id: string
  readonly model: CostModel
  /** Of the column of keys. */
  readonly title: string
  readonly shown: readonly CostColumn[]
  /** The column the cursor stands on, while it is in this row. */
  readonly active: number | undefined
  readonly choose: (change: (choice: ColumnChoice) => ColumnChoice) => void
}

export function Head({ id, model, title, shown, active, choose }: Props) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.row}>
        {model.getVisibleLeafColumns().map((column, i) => {
          const about = shown.find(one => one.id === column.id)
          const sorted = column.getIsSorted()
          const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp
          const label = about?.label ?? title
          return (
            <div
              role="columnheader"
              key={column.id}
              id={`${id}-head-${i}`}
              aria-colindex={i + 1}
              aria-sort={!column.getCanSort() ? undefined : sorted ? `${sorted}ending` : 'none'}
              className={styles.cell}
              data-key={column.id === keyColumn || undefined}
              data-pinned={column.getIsPinned() === 'start' || undefined}
              data-active={active === i || undefined}
              style={staysAt(column)}
              {...(about ? columnDrag(column.id, (from, to) => choose(now => placedAt(now, from, to))) : {})}
            >
              {column.getCanSort() ? (
                <button
                  type="button"
                  tabIndex={-1}
                  title={about?.help ?? 'Sort by name'}
                  onClick={() => column.toggleSorting()}
                >
                  <span className={styles.title}>{label}</span>
                  {sorted && <Arrow size={11} aria-hidden="true" />}
                </button>
              ) : (
                <span className={styles.title} title={about?.help}>
                  {label}
                </span>
              )}
              {about?.pinned && <Pin aria-label="kept on the left" role="img" size={10} />}
              <ResizeHandle
                resize={width =>
                  choose(now => {
                    const known = about ? now : [{ field: keyColumn }, ...now.filter(one => one.field !== keyColumn)]
                    return withWidth(known, column.id, width)
                  })
                }
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
