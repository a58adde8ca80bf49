import { type RefObject, useLayoutEffect } from 'react'
import { measure, type Move } from './model/cursor.ts'
import type { TimeRange } from './model/timeline.ts'
import { useLatest } from '../../state/use-latest.ts'

/** Pixels that tell dragging from clicking. */
const slack = 4

/** Dragging over the time line, its axis or its bars measures the time that was dragged over; a click stays a click. */
export function useMeasuring(
  element: RefObject<HTMLElement | null>,
  lane: RefObject<HTMLElement | null>,
  range: TimeRange,
  move: (move: Move) => void,
): void {
  const shown = useLatest(range)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return undefined
    let start: { readonly x: number; readonly time: number } | undefined
    let dragging = false
    const timeAt = (x: number) => {
      const box = lane.current!.getBoundingClientRect()
      const { from, to } = shown.current
      return from + Math.min(1, Math.max(0, (x - box.left) / Math.max(1, box.width))) * (to - from)
    }
    const onDown = (event: PointerEvent) => {
      const box = lane.current?.getBoundingClientRect()
      const own = event.target instanceof Element && event.target.closest('button, [role=separator], [data-handle]')
      if (event.button !== 0 || !box || own || event.clientX < box.left || event.clientX > box.right) return
      start = { x: event.clientX, time: timeAt(event.clientX) }
      dragging = false
    }
    const onMove = (event: PointerEvent) => {
      if (!start) return
      if (!dragging && Math.abs(event.clientX - start.x) < slack) return
      // From here on the pane gets the pointer: no row is clicked when it is let go.
      if (!dragging) target.setPointerCapture(event.pointerId)
      dragging = true
      move(measure({ from: start.time, to: timeAt(event.clientX) }))
    }
    const onUp = () => {
      start = undefined
    }
    target.addEventListener('pointerdown', onDown)
    target.addEventListener('pointermove', onMove)
    target.addEventListener('pointerup', onUp)
    target.addEventListener('pointercancel', onUp)
    return () => {
      target.removeEventListener('pointerdown', onDown)
      target.removeEventListener('pointermove', onMove)
      target.removeEventListener('pointerup', onUp)
      target.removeEventListener('pointercancel', onUp)
    }
  }, [element, lane, move, shown])
}
