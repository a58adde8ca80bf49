import { memo } from 'react'
import { FlexRender, type Row } from '@tanstack/react-table'
import type { features, TraceLine } from '../features.ts'
import { isSameLine } from '../model/lines.ts'
import styles from '../traces.module.css'

interface Props {
  readonly id: string
  readonly row: Row<typeof features, TraceLine>
  /** Pixels below the header. */
  readonly top: number
  readonly active: boolean
  /** The grid's template: the same while the same columns show. */
  readonly columns: string
  readonly choose: (index: number) => void
}

function ShownLineRow({ id, row, top, active, choose }: Props) {
  const { index } = row.original
  const click = () => {
    // Whoever marked some text wants the text.
    if (getSelection()?.isCollapsed !== false) choose(index)
  }
  return (
    // The grid holds the focus and Enter opens the active row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={click}
    >
      {row.getVisibleCells().map(cell => (
        <div
          key={cell.id}
          role={cell.column.id === 'name' ? 'rowheader' : 'gridcell'}
          className={styles.cell}
          data-numeric={cell.column.columnDef.meta?.numeric || undefined}
        >
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  )
}

/** The table makes new row objects whenever the window moves; what a row shows is its line, and that stays. */
export const LineRow = memo(
  ShownLineRow,
  (before, after) =>
    isSameLine(before.row.original, after.row.original) &&
    before.top === after.top &&
    before.active === after.active &&
    before.columns === after.columns &&
    before.choose === after.choose,
)
