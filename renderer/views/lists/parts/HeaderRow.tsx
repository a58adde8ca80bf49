import { ArrowDown, ArrowUp, Pin } from 'lucide-react'
import { useRef, type PointerEvent } from 'react'
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

/** What is dragged inside the window; files have another type. */
const dragged = 'application/x-spanwise-column'

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
            draggable={!plain}
            onDragStart={event => {
              event.dataTransfer.setData(dragged, column.id)
              event.dataTransfer.effectAllowed = 'move'
            }}
            onDragOver={event => event.dataTransfer.types.includes(dragged) && event.preventDefault()}
            onDrop={event => {
              const field = event.dataTransfer.getData(dragged)
              if (field !== '') actions.place(field, column.id)
            }}
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

/** The right edge of a column name. The keyboard has + and - on the name itself. */
function ResizeHandle({ resize }: { readonly resize: (width: number) => void }) {
  const from = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const follow = (event: PointerEvent) => {
    if (from.current) resize(from.current.width + event.clientX - from.current.x)
  }
  return (
    // A pointer's way only.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <span
      className={styles.handle}
      data-handle
      onClick={event => event.stopPropagation()}
      draggable
      onDragStart={event => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={event => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width: event.currentTarget.parentElement!.getBoundingClientRect().width }
      }}
      onPointerMove={follow}
      onPointerUp={event => {
        follow(event)
        from.current = undefined
      }}
    />
  )
}
