import {
  type CSSProperties,
  type KeyboardEventHandler,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import { ResizeHandle } from './ResizeHandle.tsx'
import { indentWidth, TreeRow } from './TreeRow.tsx'
import styles from './tree-grid.module.css'
import { useRowWindow, type WindowRow } from './use-row-window.ts'

export interface TreeColumn {
  readonly id: string
  readonly label: string
  /** A grid track: `64px`, `minmax(0, 1fr)`. */
  readonly track: string
  readonly align?: 'end'
  /** The column that names a row. */
  readonly isName?: boolean
  /** Its cells are drawings, whose shares are of the cell's room, and cut nothing off. */
  readonly isDrawn?: boolean
  /** What stands in the header instead of the label. */
  readonly header?: ReactNode
  /** Where the label is short. */
  readonly title?: string
  /** Its right edge can be dragged: widths in pixels. */
  readonly resize?: {
    readonly width: number
    readonly least: number
    readonly most: number
    readonly to: (width: number) => void
  }
}

/** What stands in a cell. */
export interface TreeCell {
  /** A text needs no element of its own. */
  readonly content: ReactNode
  /** What a screen reader says where the content does not say it. */
  readonly label?: string | undefined
  /** What a resting pointer is told; inside a cell `data-title` does the same. */
  readonly title?: string | undefined
  readonly className?: string | undefined
  /** Further attributes. */
  readonly data?: Readonly<Record<`data-${string}`, string>>
}

/** What a tree grid asks about rows. One object per state of the data: a new one renders every row again. */
export interface TreeSource {
  readonly columns: readonly TreeColumn[]
  /** From 1. */
  level(row: number): number
  /** From 1. */
  position(row: number): number
  siblings(row: number): number
  hasChildren(row: number): boolean
  /** What a screen reader says on the row. */
  name(row: number): string
  cell(row: number, column: number): TreeCell
  className?(row: number): string | undefined
  /** Of a row that stands for others which are not shown: what it says instead of its cells, all but the last. */
  placeholder?(row: number): string | undefined
}

export interface TreeGridHandle {
  readonly focus: () => void
  /** How many whole rows fit. */
  readonly pageSize: () => number
}

interface Props {
  readonly label: string
  readonly source: TreeSource
  /** The rows on screen, in order. */
  readonly visible: Uint32Array
  readonly folded: Uint8Array
  readonly row: number
  /** -1: the row itself. */
  readonly column: number
  readonly rowHeight: number
  readonly headerHeight: number
  readonly busy?: boolean
  readonly handle?: Ref<TreeGridHandle>
  readonly onSelect: (row: number, column: number) => void
  readonly onToggle: (row: number) => void
  readonly onOpen: (row: number) => void
  readonly onKeyDown?: KeyboardEventHandler
}

/**
 * A virtual tree grid: some forty rows exist, however many there are. It is one Tab stop; focus stays on the container
 * and `aria-activedescendant` names the active row or cell, which is always among those that exist. Keys are the
 * view's commands.
 */
export function TreeGrid(props: Props) {
  const { label, source, visible, folded, row, column, rowHeight, headerHeight, onSelect, onToggle, onOpen } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const at = indexIn(visible, row)
  const { rows, onScroll, reveal, fits } = useRowWindow({
    scroller,
    count: visible.length,
    rowHeight,
    headerHeight,
    active: at,
  })

  useLayoutEffect(() => {
    if (at >= 0) reveal(at)
    // Only when the selection or what surrounds it moved: scrolling away from it is the reader's right.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [at, visible])

  useImperativeHandle(props.handle, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    pageSize: fits,
  }))

  const tracks = {
    '--tracks': source.columns.map(({ track }) => track).join(' '),
    '--row': `${rowHeight}px`,
    '--head': `${headerHeight}px`,
    '--indent': `${indentWidth}px`,
  }
  const active = at < 0 ? undefined : column < 0 ? `${id}-${row}` : `${id}-${row}-${column}`
  return (
    <div
      ref={scroller}
      role="treegrid"
      tabIndex={0}
      className={styles.grid}
      style={tracks as CSSProperties}
      aria-label={label}
      aria-rowcount={visible.length}
      aria-colcount={source.columns.length}
      aria-busy={props.busy ?? false}
      {...(active === undefined ? {} : { 'aria-activedescendant': active })}
      onKeyDown={props.onKeyDown}
      onScroll={onScroll}
      onPointerMove={giveTitle}
    >
      <div role="rowgroup" className={styles.head} style={{ height: headerHeight }}>
        <div role="row" className={styles.headRow}>
          {source.columns.map((each, i) => (
            <div
              role="columnheader"
              key={each.id}
              className={styles.headCell}
              data-align={each.align}
              aria-colindex={i + 1}
              title={each.title}
            >
              {each.header ?? each.label}
              {each.resize && <ResizeHandle resize={each.resize} />}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className={styles.body}
        style={{ height: visible.length * rowHeight }}
        aria-owns={inReadingOrder(rows, ({ index }) => `${id}-${visible[index]!}`)}
      >
        {rows.map(({ index, slot }) => {
          const here = visible[index]!
          return (
            <TreeRow
              key={slot}
              id={id}
              source={source}
              row={here}
              index={index}
              top={index * rowHeight}
              expanded={source.hasChildren(here) ? !folded[here] : undefined}
              activeColumn={here === row ? column : undefined}
              onSelect={onSelect}
              onToggle={onToggle}
              onOpen={onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The ids of rows from the first to the last, for who reads them by ear; undefined where they stand so in the document. */
function inReadingOrder(rows: readonly WindowRow[], idOf: (row: WindowRow) => string): string | undefined {
  if (rows.every(({ index }, i) => i === 0 || index > rows[i - 1]!.index)) return undefined
  const ordered = rows.toSorted((a, b) => a.index - b.index)
  return ordered.map(idOf).join(' ')
}

/**
 * Titles are given to what the pointer is over: a `title` that changes costs its element a new style, which a hundred would
 * pay whenever the rows of a screen become others.
 */
function giveTitle({ target }: PointerEvent): void {
  const told = target instanceof Element ? target.closest<HTMLElement>('[data-title]') : null
  if (told && told.title !== told.dataset['title']) told.title = told.dataset['title'] ?? ''
}

/** Where a row stands among ascending rows; -1 when it does not. */
function indexIn(rows: Uint32Array, row: number): number {
  let low = 0
  let high = rows.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const value = rows[middle]!
    if (value === row) return middle
    if (value < row) low = middle + 1
    else high = middle - 1
  }
  return -1
}
