import { Star } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { ColumnLayout } from '../model/column-layout.ts'
import type { Page } from '../model/page.ts'
import type { RowNote } from '../../../state/notes.ts'
import { Cell, type RowKind } from './Cell.tsx'
import styles from './grid.module.css'

/** What a press on a row means. */
export type RowPress = 'open' | 'toggle' | 'range' | 'star'

interface Props {
  readonly id: string
  readonly index: number
  readonly kind: RowKind
  /** Undefined while it is on the way. */
  readonly page: Page | undefined
  readonly i: number
  /** First user text; undefined while not known. */
  readonly input: string | null | undefined
  readonly note: RowNote | undefined
  /** Pixels below the header. */
  readonly top: number
  readonly active: boolean
  /** The column the cursor stands on. */
  readonly cell: string | undefined
  readonly selected: boolean
  readonly layout: ColumnLayout
  readonly press: (index: number, how: RowPress) => void
}

/** Memoised by its props: an arrow key renders the row that was left and the one that was reached. */
export const LineRow = memo(function LineRow(props: Props) {
  const { id, index, kind, page, i, input, note, top, active, cell, selected, layout, press } = props
  const click = (event: MouseEvent) => {
    const { shiftKey, metaKey, ctrlKey } = event
    if (layout.lead > 0 && (shiftKey || metaKey || ctrlKey)) return press(index, shiftKey ? 'range' : 'toggle')
    // Whoever marked some text wants the text.
    if (getSelection()?.isCollapsed !== false) press(index, 'open')
  }
  const starred = note?.starred === true
  return (
    // The grid holds the focus and Enter opens the active row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={layout.lead > 0 ? selected : undefined}
      className={styles.row}
      data-active={active ? (cell === undefined ? 'row' : 'cell') : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={click}
    >
      {layout.lead > 0 && (
        <div role="gridcell" className={styles.leadCell} data-selected={selected || undefined}>
          <button
            type="button"
            tabIndex={-1}
            className={styles.check}
            aria-label={selected ? 'Selected' : 'Select'}
            data-on={selected || undefined}
            onClick={event => {
              event.stopPropagation()
              press(index, event.shiftKey ? 'range' : 'toggle')
            }}
          />
          {kind !== 'sessions' && (
            <button
              type="button"
              tabIndex={-1}
              className={styles.star}
              aria-label={starred ? 'Starred' : 'Star'}
              aria-pressed={starred}
              onClick={event => {
                event.stopPropagation()
                press(index, 'star')
              }}
            >
              <Star aria-hidden="true" size={12} fill={starred ? 'currentColor' : 'none'} />
            </button>
          )}
        </div>
      )}
      {layout.columns.map((column, at) => {
        const stays = layout.stays.get(column.id)
        return (
          <div
            key={column.id}
            id={`${id}-${column.id}`}
            role={
              column.id === (kind === 'groups' ? 'value' : kind === 'sessions' ? 'session' : 'name')
                ? 'rowheader'
                : 'gridcell'
            }
            aria-colindex={at + 1 + layout.lead}
            className={styles.cell}
            data-numeric={column.numeric || undefined}
            data-active={cell === column.id || undefined}
            data-pinned={stays === undefined ? undefined : true}
            style={stays === undefined ? undefined : { left: stays }}
          >
            <Cell column={column} kind={kind} row={page && { page, i }} input={input} note={note} />
          </div>
        )
      })}
    </div>
  )
})
