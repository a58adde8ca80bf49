import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react'
import type { ListValue } from '../../../../shared/contract/lists.ts'
import type { BucketLength, Measure } from '../../../../shared/query/cost-measures.ts'
import { useArrivalFocus } from '../../../app/view.ts'
import type { ColumnChoice } from '../../../components/columns/column-choice.ts'
import { useWidth } from '../../../components/use-width.ts'
import { useRowHeight } from '../../../state/settings.ts'
import { useStore } from '../../../state/store.ts'
import { bucketLabels, labelOfField, type TableAddress } from '../model/address.ts'
import { callsOf } from '../model/clauses.ts'
import type { CostColumn } from '../model/columns.ts'
import { look } from '../model/look.ts'
import { useCostModel } from '../model/table-model.ts'
import type { Trends } from '../model/trends.ts'
import type { CostTable } from '../model/use-table.ts'
import { useCellCursor } from '../use-cell-cursor.ts'
import { Foot } from './Foot.tsx'
import { Head } from './Head.tsx'
import { largestOf } from './largest.ts'
import { Line, type Cells } from './Line.tsx'
import styles from './table.module.css'

interface Props {
  readonly fields: readonly string[]
  readonly per: BucketLength | undefined
  readonly shown: readonly CostColumn[]
  readonly keyWidth: number | undefined
  readonly sort: TableAddress['sort']
  readonly table: CostTable
  readonly trends: (id: string) => Trends | undefined
  /** A newer answer is on its way. */
  readonly dimmed: boolean
  readonly sortBy: (column: Measure | 'key', descending: boolean) => void
  readonly openCalls: (key: readonly (ListValue | null)[], measure: Measure | undefined) => void
  readonly addPrice: (key: readonly (ListValue | null)[]) => void
  readonly choose: (change: (choice: ColumnChoice) => ColumnChoice) => void
}

/** Rows within rows, each with what its calls come to; key, heading and total stay. Some forty rows exist, however many there are. */
export function Table(props: Props) {
  const { fields, per, shown, keyWidth, sort, table, trends, dimmed, sortBy, choose } = props
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const rowHeight = useRowHeight()
  const room = useWidth(grid)
  const { tree, all, show } = table
  const levels = [...fields.map(name => labelOfField(name) ?? name), ...(per ? [bucketLabels[per]] : [])]

  const active = useRef(0)
  const virtual = useVirtualizer({
    count: tree.count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
    // The active row stays in the page while it is scrolled out of sight: focus points at it.
    rangeExtractor: range => {
      const indexes = defaultRangeExtractor(range)
      const at = active.current
      if (indexes.includes(at) || at < 0 || at >= range.count) return indexes
      return at < (indexes[0] ?? 0) ? [at, ...indexes] : [...indexes, at]
    },
  })
  const toggle = (row: string) => {
    const next = new Set(table.open)
    if (!next.delete(row)) next.add(row)
    table.openOnly(next)
  }
  const sortOrTurn = (column: Measure | 'key') =>
    sortBy(column, sort.by === column ? !sort.descending : column !== 'key')
  // Rows of the question before stand under the fields of this one: they lead nowhere.
  const ifFresh = <A extends unknown[]>(act: (...args: A) => void) => (dimmed ? () => {} : act)
  const [openCalls, addPrice] = [ifFresh(props.openCalls), ifFresh(props.addPrice)]
  // A value that no query can name: its calls cannot be asked for, and those of less would be others too.
  const canOpen = (key: readonly (ListValue | null)[]) => callsOf('', fields, per, key).exact
  const cursor = useCellCursor({
    grid,
    table,
    columns: shown,
    rowHeight,
    reveal: row => virtual.scrollToIndex(row, { align: 'auto' }),
    actions: { sortBy: sortOrTurn, openCalls, canOpen, choose, toggle, addPrice },
  })
  useLayoutEffect(() => {
    active.current = cursor.row
  })
  useArrivalFocus(grid)
  const at = cursor.row < 0 ? `${id}-head-${cursor.column}` : `${id}-${cursor.row}-${cursor.column}`
  useLayoutEffect(() => {
    // Cells out of sight are scrolled to; a pinned one never is.
    document.getElementById(at)?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [at])

  const items = virtual.getVirtualItems()
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  useEffect(() => show(first, last), [show, first, last])
  const inSight = items.flatMap(({ index }) => tree.row(index) ?? [])
  const model = useCostModel({
    rows: inSight,
    shown,
    keyWidth,
    room,
    sort,
    open: table.open,
    openOnly: table.openOnly,
    sortBy,
  })
  const columns = model.getVisibleLeafColumns()
  const { measures } = table
  const largest = useMemo(() => largestOf(table.groups, measures), [table.groups, measures])
  const cells: Cells = {
    measures,
    largest,
    all,
    look: useStore(look),
    trends,
    openCalls,
    canOpen,
    addPrice,
  }
  const rows = model.getRowModel().rowsById
  return (
    <div className={styles.pane} data-pane="Table">
      <div
        ref={grid}
        className={styles.grid}
        data-dimmed={dimmed || undefined}
        // One stop of Tab: the cell that is meant is told by aria-activedescendant.
        tabIndex={0}
        role="treegrid"
        aria-label="Costs"
        aria-rowcount={tree.count + 2}
        aria-colcount={columns.length}
        aria-busy={dimmed}
        aria-activedescendant={tree.count > 0 ? at : undefined}
        style={
          {
            '--columns': columns.map(column => `${column.getSize()}px`).join(' '),
            '--width': `${model.getTotalSize()}px`,
          } as React.CSSProperties
        }
      >
        <Head
          id={id}
          model={model}
          title={levels.join(' › ')}
          shown={shown}
          active={cursor.row < 0 ? cursor.column : undefined}
          choose={choose}
        />
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[tree.row(index)?.id ?? '']
            return (
              row && (
                <Line
                  key={index}
                  id={`${id}-${index}`}
                  index={index}
                  row={row}
                  field={fields[row.original.depth] ?? ''}
                  level={levels[row.original.depth] ?? ''}
                  top={start - rowHeight}
                  active={cursor.row === index ? cursor.column : undefined}
                  cells={cells}
                />
              )
            )
          })}
        </div>
        {all && (
          <Foot
            id={`${id}-${tree.count}`}
            model={model}
            all={all}
            measures={measures}
            rowIndex={tree.count + 2}
            active={cursor.row === tree.count ? cursor.column : undefined}
            openCalls={openCalls}
          />
        )}
      </div>
    </div>
  )
}
