import { useTable } from '@tanstack/react-table'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { announce } from '../../app/announce.ts'
import { isFocusFree, navigate, useClient } from '../../app/view.ts'
import { useStore } from '../../state/store.ts'
import { columns, features, hiddenColumns } from './columns.tsx'
import { copyLine } from './model/copy-line.ts'
import { linesOf, mostOf } from './model/lines.ts'
import { listMemory } from './model/memory.ts'
import type { SortField } from './model/sort.ts'
import type { TraceInputs } from './model/trace-inputs.ts'
import { rowAt, type TraceList, type TraceListState } from './model/trace-list.ts'
import { HeaderRow } from './parts/HeaderRow.tsx'
import { LineRow } from './parts/LineRow.tsx'
import styles from './traces.module.css'
import { useGridCursor } from './use-grid-cursor.ts'
import { useValueKeys } from '../../components/value/use-value-keys.ts'
import { useLiveList } from './use-live-list.ts'
import { useWidth } from '../../components/use-width.ts'

interface Props {
  readonly list: TraceList
  readonly inputs: TraceInputs
  readonly state: TraceListState
  readonly sortBy: (field: SortField) => void
}

/** Height of a row and of the header, as in the style sheet (--row-height). */
const rowHeight = 26

export function Grid({ list, inputs, state, sortBy }: Props) {
  const client = useClient()
  const { place } = listMemory(client)
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, Number.POSITIVE_INFINITY)
  const total = state.total ?? 0
  const texts = useStore(inputs)
  const [active, setActive] = useState(() => Math.min(place.get().active, total - 1))

  const copy = (index: number) => {
    const row = rowAt(state.pages, index)
    if (row)
      navigator.clipboard.writeText(copyLine(row)).then(
        () => announce('Row copied'),
        () => {},
      )
  }
  const visibility = useMemo(() => hiddenColumns(width), [width])
  const sorting = useMemo(() => [{ id: state.sort.field, desc: state.sort.descending }], [state.sort])
  const shownColumns = columns.filter(column => visibility[column.id ?? ''] !== false)

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    initialOffset: place.get().top,
    // The active row stays in the page while it is scrolled out of sight: focus points at it.
    rangeExtractor: range => {
      const indexes = defaultRangeExtractor(range)
      if (indexes.includes(active) || active >= total) return indexes
      return active < (indexes[0] ?? 0) ? [active, ...indexes] : [...indexes, active]
    },
  })
  const open = (index: number) => {
    const row = rowAt(state.pages, index)
    // The query goes along: what it found is marked there.
    const found = state.shown ? `?${new URLSearchParams({ q: state.shown }).toString()}` : ''
    if (row) navigate(`/trace/${encodeURIComponent(row.traceId)}${found}`)
    else virtual.scrollToIndex(index)
  }
  const openNow = useRef(open)
  useLayoutEffect(() => {
    openNow.current = open
  })
  const choose = useCallback((index: number) => {
    setActive(index)
    openNow.current(index)
  }, [])
  const cursor = useGridCursor({
    box,
    total,
    columns: shownColumns.map(column => ({
      id: column.id ?? '',
      sortable: column.enableSorting !== false && 'accessorFn' in column,
    })),
    active,
    setActive,
    pageRows: Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2),
    reveal: index => virtual.scrollToIndex(index, { align: 'auto' }),
    open,
    copy,
    sortBy: column => sortBy(column as SortField),
  })
  useValueKeys(box)
  useEffect(() => {
    // Arrived here with the focus nowhere in particular: the keys should work without a Tab first.
    if (isFocusFree()) box.current?.focus({ preventScroll: true })
  }, [])
  useLayoutEffect(() => {
    place.update(old => ({ ...old, active }))
  }, [place, active])
  const scrollTo = useCallback((top: number) => virtual.scrollToOffset(top), [virtual])
  useLiveList({ list, inputs, state, box, scrollTo, active, setActive, rowHeight })

  const items = virtual.getVirtualItems()
  // Not the first and last item: the active row may be one of them, a million rows away.
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  const lines = useMemo(
    () =>
      linesOf(
        items.map(item => item.index),
        state.pages,
        texts,
      ),
    [items, state.pages, texts],
  )
  const most = mostOf(lines)
  useEffect(() => list.show(first, last), [list, first, last, state.revision])
  useEffect(() => inputs.want(lines.flatMap(line => (line.row ? [line.row.id] : []))), [inputs, lines])

  const table = useTable({
    features,
    columns,
    data: lines,
    getRowId: line => String(line.index),
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting, columnVisibility: visibility },
  })
  const template = shownColumns
    .map(({ meta }) => (meta?.grow ? `minmax(${meta.width}px, ${meta.grow}fr)` : `${meta?.width ?? 100}px`))
    .join(' ')
  const starts = new Map(items.map(item => [item.index, item.start - rowHeight]))
  return (
    <div
      ref={box}
      role="grid"
      aria-label="Traces"
      aria-rowcount={total + 1}
      aria-colcount={shownColumns.length}
      aria-busy={state.resorting}
      aria-activedescendant={cursor.header === undefined ? `${id}-row-${active}` : `${id}-head-${cursor.header}`}
      tabIndex={0}
      className={styles.grid}
      data-old={state.resorting || undefined}
      style={
        { '--columns': template, '--most-cost': most.cost, '--most-duration': most.duration } as React.CSSProperties
      }
      onScroll={event => {
        const top = event.currentTarget.scrollTop
        place.update(old => ({ ...old, top }))
      }}
    >
      <HeaderRow
        id={id}
        headers={table.getHeaderGroups()[0]?.headers ?? []}
        sort={state.sort}
        active={cursor.header}
        sortBy={sortBy}
      />
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {table.getRowModel().rows.map(row => (
          <LineRow
            key={row.id}
            id={`${id}-row-${row.original.index}`}
            row={row}
            top={starts.get(row.original.index) ?? 0}
            active={row.original.index === active}
            columns={template}
            choose={choose}
          />
        ))}
      </div>
    </div>
  )
}
