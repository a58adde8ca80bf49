import { FlexRender, type Row } from '@tanstack/react-table'
import type { features, TraceLine } from '../features.ts'
import styles from '../traces.module.css'

interface Props {
  readonly id: string
  readonly row: Row<typeof features, TraceLine>
  /** Pixels below the header. */
  readonly top: number
  readonly active: boolean
  readonly choose: () => void
}

export function LineRow({ id, row, top, active, choose }: Props) {
  const { index } = row.original
  const click = () => {
    // Whoever marked some text wants the text.
    if (getSelection()?.isCollapsed !== false) choose()
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
