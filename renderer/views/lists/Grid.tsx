import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useArrivalFocus, useDismiss } from '../../app/view.ts'
import { useWidth } from '../../components/use-width.ts'
import { useValueKeys } from '../../components/value/use-value-keys.ts'
import { useRowHeight } from '../../state/settings.ts'
import { useStore } from '../../state/store.ts'
import type { ChosenColumn } from './model/column-choice.ts'
import { layOutColumns } from './model/column-layout.ts'
import { mostOf } from './model/most.ts'
import type { ListMemory } from './model/memory.ts'
import { idOf } from './model/page.ts'
import { rowAt, type ListState } from './model/row-list.ts'
import { isSelected } from './model/selection.ts'
import type { ListSort } from './model/sort.ts'
import { HeaderRow } from './parts/HeaderRow.tsx'
import { LineRow, type RowPress } from './parts/LineRow.tsx'
import { Peek } from './parts/Peek.tsx'
import styles from './parts/grid.module.css'
import { useGridCursor, type GridActions } from './use-grid-cursor.ts'
import { useLiveList } from './use-live-list.ts'
import { useLatest } from '../../state/use-latest.ts'

interface Props {
  readonly label: string
  readonly memory: ListMemory
  readonly state: ListState
  readonly sort: ListSort
  readonly columns: readonly ChosenColumn[]
  /** Nobody chose them: those without room leave. */
  readonly usual: boolean
  /** Groups: nothing to select, star or rearrange. */
  readonly plain: boolean
  readonly open: (index: number) => void
  readonly press: (index: number, how: RowPress) => void
  readonly actions: GridActions & {
    readonly place: (column: string, target: string) => void
    readonly resize: (column: string, width: number) => void
  }
}

/** A window of a list: some forty rows exist, however many there are. One Tab stop; `aria-activedescendant` is the cursor. */
export function Grid({ label, memory, state, sort, columns, usual, plain, open, press, actions }: Props) {
  const { list, inputs, notes, place } = memory
  const id = useId()
  // Of a row and of the header.
  const rowHeight = useRowHeight()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, Number.POSITIVE_INFINITY)
  const total = state.total ?? 0
  const texts = useStore(inputs)
  const noted = useStore(notes)
  const selection = useStore(memory.selection)
  const [peeks, setPeeks] = useState(false)
  useDismiss(peeks, () => setPeeks(false))
  const [active, setActive] = useState(() => Math.max(0, Math.min(place.get().active, total - 1)))
  const layout = useMemo(() => layOutColumns(columns, width, usual, plain), [columns, width, usual, plain])
  useLayoutEffect(() => {
    memory.noRoom.set(columns.filter(column => !layout.columns.includes(column)).map(column => column.id))
  }, [memory, columns, layout])

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
  const pressNow = useLatest(press)
  const onPress = useCallback(
    (index: number, how: RowPress) => {
      if (how !== 'star') setActive(index)
      pressNow.current(index, how)
    },
    [pressNow],
  )
  const cursor = useGridCursor({
    box,
    total,
    columns: layout.columns,
    plain,
    active,
    setActive,
    pageRows: Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2),
    reveal: index => virtual.scrollToIndex(index, { align: 'auto' }),
    open,
    peek: () => setPeeks(shown => !shown),
    actions,
  })
  useValueKeys(box)
  useArrivalFocus(box)
  useLayoutEffect(() => {
    place.update(old => ({ ...old, active }))
  }, [place, active])
  const at = cursor.cell === undefined ? undefined : `${id}-row-${active}-${cursor.cell}`
  useLayoutEffect(() => {
    // Cells out of sight are scrolled to; a pinned one never is.
    const target = at ?? (cursor.header === undefined ? undefined : `${id}-head-${cursor.header}`)
    if (target !== undefined) document.getElementById(target)?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  }, [at, cursor.header, id])
  const scrollTo = useCallback((top: number) => virtual.scrollToOffset(top), [virtual])
  useLiveList({ memory, state, box, scrollTo, active, setActive, rowHeight })

  const items = virtual.getVirtualItems()
  // Not the first and last item: the active row may be one of them, a million rows away.
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  const rows = items.map(item => ({ item, row: rowAt(state.pages, item.index) }))
  const ids = rows.flatMap(({ row }) => (row ? [idOf(row)] : [])).join()
  useEffect(() => list.show(first, last), [list, first, last, state.revision])
  useEffect(() => {
    if (plain || ids === '') return
    const shown = ids.split(',').map(Number)
    if (memory.kind === 'traces') inputs.want(shown)
    if (memory.kind !== 'sessions') notes.want(shown)
  }, [inputs, notes, memory.kind, plain, ids])
  const most = useLargest(`${state.shown} ${state.shownGroup}`, mostOf(rows.flatMap(({ row }) => row ?? [])))
  const sizes = {
    '--columns': layout.template,
    '--list-width': `${layout.least}px`,
    '--most-cost': most.cost,
    '--most-duration': most.duration,
  }
  const peeked = peeks && cursor.header === undefined ? rowAt(state.pages, active) : undefined
  const isOfSpan = memory.kind === 'spans' || memory.kind === 'calls'
  return (
    <>
      <div
        ref={box}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={layout.columns.length + layout.lead}
        aria-multiselectable={plain ? undefined : true}
        aria-busy={state.resorting}
        aria-activedescendant={
          cursor.header === undefined ? (at ?? `${id}-row-${active}`) : `${id}-head-${cursor.header}`
        }
        tabIndex={0}
        className={styles.grid}
        data-old={state.resorting || state.behind || undefined}
        style={sizes as React.CSSProperties}
        onScroll={event => {
          const top = event.currentTarget.scrollTop
          place.update(old => ({ ...old, top }))
        }}
      >
        <HeaderRow id={id} layout={layout} sort={sort} active={cursor.header} plain={plain} actions={actions} />
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ item, row }) => {
            const rowId = row && idOf(row)
            return (
              <LineRow
                key={item.index}
                id={`${id}-row-${item.index}`}
                index={item.index}
                kind={plain ? 'groups' : memory.kind}
                page={row?.page}
                i={row?.i ?? 0}
                input={rowId === undefined ? undefined : texts.get(rowId)}
                note={rowId === undefined ? undefined : noted.get(rowId)}
                top={item.start - rowHeight}
                active={item.index === active && cursor.header === undefined}
                cell={item.index === active ? cursor.cell : undefined}
                selected={rowId !== undefined && !plain && isSelected(selection, rowId)}
                layout={layout}
                press={onPress}
              />
            )
          })}
        </div>
      </div>
      {peeked && !plain && (
        <Peek
          trace={peeked.page.trace[peeked.i]!}
          span={isOfSpan ? idOf(peeked) : undefined}
          box={box}
          row={`${id}-row-${active}`}
        />
      )}
    </>
  )
}

/** The largest seen so far of one question: a property of the grid that changes makes every cell's style anew. */
function useLargest(question: string, { cost, duration }: ReturnType<typeof mostOf>): ReturnType<typeof mostOf> {
  const [seen, setSeen] = useState({ question, cost, duration })
  const isNew = seen.question !== question
  if (!isNew && cost <= seen.cost && duration <= seen.duration) return seen
  const next = isNew
    ? { question, cost, duration }
    : { question, cost: Math.max(cost, seen.cost), duration: Math.max(duration, seen.duration) }
  setSeen(next)
  return next
}
