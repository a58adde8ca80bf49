import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLatest } from '../../state/use-latest.ts'
import { onSize } from '../on-size.ts'

interface Options {
  readonly scroller: RefObject<HTMLElement | null>
  readonly count: number
  readonly rowHeight: number
  readonly headerHeight: number
  /** A row that exists wherever one scrolls; -1 for none. */
  readonly active: number
}

export interface WindowRow {
  readonly index: number
  /** The same element shows one row after another: no two rows of a window share a slot. */
  readonly slot: number
}

export interface RowWindow {
  /** By slot: an element that stays where it is in the document costs neither style nor layout. */
  readonly rows: readonly WindowRow[]
  readonly onScroll: () => void
  /** Scrolls as little as it takes. */
  readonly reveal: (index: number) => void
  /** How many whole rows fit. */
  readonly fits: () => number
}

/** Rows beyond both edges: a wheel's step finds them there. */
const beyond = 8
/** Rows by which the window moves at least: one rendering serves several frames of a smooth scroll, and a few presses of an arrow key. */
const stride = { scroll: 4, reveal: 2 }
/** Before the first layout, in pixels. */
const usualHeight = 600
/** Of the grid before: the next is mostly as high, and makes its rows once. */
let lastHeight = usualHeight

/**
 * Which of many rows of one height exist. Nothing is kept for a row: 100,000 of them cost what forty do, and a row's place is
 * a product. Where the view has scrolled is read once per scroll, because reading it asks for a layout.
 */
export function useRowWindow({ scroller, count, rowHeight, headerHeight, active }: Options): RowWindow {
  const [height, setHeight] = useState(lastHeight)
  const [first, setFirst] = useState(0)
  /** To where it has scrolled exactly: no more rows become others than the scrolling is long. */
  const moveTo = (scrolled: number, by: number) => {
    const row = Math.floor(scrolled / rowHeight)
    setFirst(old => (Math.abs(row - old) < by ? old : row))
  }
  const top = useRef(0)
  /** The same as `height`, before it is rendered. */
  const measured = useRef(lastHeight)
  const inside = Math.max(rowHeight, height - headerHeight)

  /** Scrolled to by `reveal`, and so known: the event asks nothing. */
  const told = useRef(false)
  const onScroll = () => {
    if (told.current) return
    top.current = scroller.current?.scrollTop ?? 0
    // Past the rows that exist this frame would show none: they are rendered before it, which React leaves to a later task.
    const isFar = Math.abs(top.current / rowHeight - first) > beyond - 1
    if (isFar) flushSync(() => moveTo(top.current, stride.scroll))
    else moveTo(top.current, stride.scroll)
  }

  /** How far to scroll for a row to be seen whole; as it is where it is. */
  const placeFor = (index: number) => {
    const from = index * rowHeight
    const to = from + rowHeight - Math.max(rowHeight, measured.current - headerHeight)
    return from < top.current ? from : to > top.current ? to : top.current
  }

  const reveal = (index: number) => {
    // No browser scrolls past the last row, and none says so where fewer rows are left after folding: it is where it stays.
    const most = Math.max(0, count * rowHeight - Math.max(rowHeight, measured.current - headerHeight))
    const wanted = Math.min(placeFor(index), most)
    if (wanted === top.current) return
    top.current = wanted
    told.current = true
    // The event comes right before the next frame's callbacks, or not at all.
    requestAnimationFrame(() => (told.current = false))
    scroller.current?.scrollTo?.({ top: wanted, behavior: 'instant' })
    moveTo(wanted, stride.reveal)
  }

  const resized = useLatest((to: number) => {
    const seen = active >= 0 && placeFor(active) === top.current
    measured.current = lastHeight = to || usualHeight
    setHeight(measured.current)
    if (seen) reveal(active)
  })
  useLayoutEffect(
    () => onSize(scroller.current, ({ clientHeight }) => resized.current(clientHeight)),
    [scroller, resized],
  )

  const shown = Math.ceil(inside / rowHeight)
  // What was scrolled to may be gone: fewer rows are left after folding.
  const begin = Math.min(first, Math.max(0, count - Math.floor(inside / rowHeight)))
  // As many rows at the ends as elsewhere, and as many slots as rows: scrolling makes and removes none.
  const slots = shown + 2 * beyond
  const from = Math.max(0, Math.min(begin - beyond, count - slots))
  const to = Math.min(count, from + slots) - 1
  const rows: WindowRow[] = []
  if (active >= 0 && active < from) rows.push({ index: active, slot: -1 })
  for (let index = from; index <= to; index++) rows.push({ index, slot: index % slots })
  if (active > to) rows.push({ index: active, slot: -1 })
  return {
    rows: rows.toSorted((a, b) => a.slot - b.slot),
    onScroll,
    reveal,
    fits: () => Math.max(1, Math.floor(inside / rowHeight) - 1),
  }
}
