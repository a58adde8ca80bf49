import { memo, type MouseEvent } from 'react'
import type { TreeSource } from './TreeGrid.tsx'
import styles from './tree-grid.module.css'

interface Props {
  readonly id: string
  readonly source: TreeSource
  readonly row: number
  readonly index: number
  readonly top: number
  /** Undefined on a row without children. */
  readonly expanded: boolean | undefined
  /** Undefined unless this row is active; -1 when the row itself has focus. */
  readonly activeColumn: number | undefined
  readonly onSelect: (row: number, column: number) => void
  readonly onToggle: (row: number) => void
  readonly onOpen: (row: number) => void
}

/** Memoised by its props: an arrow key renders the row that was left and the one that was reached. */
export const TreeRow = memo(function TreeRow(props: Props) {
  const { id, source, row, index, top, expanded, activeColumn, onSelect, onToggle, onOpen } = props
  const level = source.level(row)
  const isActive = activeColumn !== undefined
  const placeholder = source.placeholder?.(row)
  const end = source.columns.length - 1
  const onTwisty = (event: MouseEvent) => {
    event.stopPropagation()
    onToggle(row)
  }
  return (
    // Keys are the view's commands: see TreeGrid.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`${id}-${row}`}
      role="row"
      className={`${styles.row} ${source.className?.(row) ?? ''}`}
      style={{ top }}
      aria-label={source.name(row)}
      aria-level={level}
      aria-posinset={source.position(row)}
      aria-setsize={source.siblings(row)}
      aria-rowindex={index + 1}
      aria-selected={isActive}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
      data-active={isActive ? (activeColumn < 0 ? 'row' : 'cell') : undefined}
      onClick={() => onSelect(row, -1)}
      onDoubleClick={() => onOpen(row)}
    >
      {placeholder !== undefined && (
        <>
          <div
            id={`${id}-${row}-0`}
            role="rowheader"
            className={styles.cell}
            style={{ gridColumn: `1 / ${end + 1}` }}
            data-active={isActive && activeColumn >= 0 && activeColumn < end ? '' : undefined}
            aria-colindex={1}
            aria-colspan={end}
          >
            <Indent levels={level - 1} />
            <span className={styles.twisty} />
            <span className={styles.placeholder}>⋯ {placeholder}</span>
          </div>
          <div
            id={`${id}-${row}-${end}`}
            role="gridcell"
            className={styles.cell}
            data-active={activeColumn === end ? '' : undefined}
            aria-colindex={end + 1}
            {...labelled(source.cellText?.(row, end))}
          >
            {source.cell(row, end)}
          </div>
        </>
      )}
      {(placeholder === undefined ? source.columns : []).map((column, i) => (
        <div
          key={column.id}
          id={`${id}-${row}-${i}`}
          role={column.isName ? 'rowheader' : 'gridcell'}
          className={styles.cell}
          data-align={column.align}
          data-active={activeColumn === i ? '' : undefined}
          aria-colindex={i + 1}
          {...labelled(source.cellText?.(row, i))}
        >
          {column.isName && (
            <>
              <Indent levels={level - 1} />
              {expanded === undefined ? (
                <span className={styles.twisty} />
              ) : (
                <span
                  className={styles.twisty}
                  data-expanded={expanded}
                  aria-hidden
                  onClick={onTwisty}
                  onDoubleClick={stop}
                ></span>
              )}
            </>
          )}
          {source.cell(row, i)}
        </div>
      ))}
    </div>
  )
})

/** Past this many levels the indent no longer grows and the level is written, so that names stay on screen. */
const deepestIndent = 16

function Indent({ levels }: { readonly levels: number }) {
  const shown = Math.min(levels, deepestIndent)
  if (shown === 0) return null
  return (
    <span className={styles.indent} style={{ width: `min(${shown} * var(--indent), 45%)` }} aria-hidden>
      {levels > deepestIndent && <span className={styles.deeper}>{levels}</span>}
    </span>
  )
}

function stop(event: MouseEvent): void {
  event.stopPropagation()
}

function labelled(text: string | undefined) {
  return text === undefined ? {} : { 'aria-label': text }
}
