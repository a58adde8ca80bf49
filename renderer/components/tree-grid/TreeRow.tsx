import { type CSSProperties, memo, type MouseEvent } from 'react'
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
  const indent = indents[Math.min(level - 1, deepestIndent)]
  const deeper = level - 1 > deepestIndent ? level - 1 : undefined
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
        <div
          id={isActive ? `${id}-${row}-0` : undefined}
          role="rowheader"
          className={`${styles.cell} ${styles.name}`}
          style={{ gridColumn: `1 / ${end + 1}`, ...indent }}
          data-deeper={deeper}
          data-active={isActive && activeColumn >= 0 && activeColumn < end ? '' : undefined}
          aria-colindex={1}
          aria-colspan={end}
        >
          <span className={styles.twisty} />
          <span className={styles.placeholder}>⋯ {placeholder}</span>
        </div>
      )}
      {source.columns.map((column, i) => {
        if (placeholder !== undefined && i < end) return null
        const { content, label, title, className = '', data } = source.cell(row, i)
        return (
          <div
            key={column.id}
            id={activeColumn === i ? `${id}-${row}-${i}` : undefined}
            role={column.isName ? 'rowheader' : 'gridcell'}
            className={`${styles.cell} ${column.isName ? styles.name : ''} ${className}`}
            style={column.isName ? indent : undefined}
            data-title={title}
            data-deeper={column.isName ? deeper : undefined}
            data-align={column.align}
            data-drawn={column.isDrawn}
            data-active={activeColumn === i ? '' : undefined}
            aria-colindex={i + 1}
            aria-label={label}
            {...data}
          >
            {column.isName && (
              <span
                className={styles.twisty}
                {...(expanded === undefined
                  ? {}
                  : { 'data-expanded': expanded, 'aria-hidden': true, onClick: onTwisty, onDoubleClick: stop })}
              />
            )}
            {content}
          </div>
        )
      })}
    </div>
  )
})

/** Past this many levels the indent no longer grows and the level is written, so that names stay on screen. */
const deepestIndent = 16

/** Pixels a level. */
export const indentWidth = 14

/** Without custom properties: to put one into a style that others do not share costs as much as the rest of it. */
const indents: readonly CSSProperties[] = Array.from({ length: deepestIndent + 1 }, (_, levels) => {
  const width = `min(${levels * indentWidth}px, 45%)`
  return { paddingLeft: width, backgroundSize: `${width} 100%` }
})

function stop(event: MouseEvent): void {
  event.stopPropagation()
}
