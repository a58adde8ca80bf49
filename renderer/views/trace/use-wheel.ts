import { type RefObject, useLayoutEffect } from 'react'
import { type Move, pan, zoom } from './model/cursor.ts'

/** Over the time line Mod+wheel zooms around the pointer and Shift+wheel pans; a plain wheel scrolls as everywhere. */
export function useWheel(
  element: RefObject<HTMLElement | null>,
  lane: RefObject<HTMLElement | null>,
  move: (move: Move) => void,
): void {
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return undefined
    const onWheel = (event: WheelEvent) => {
      const box = lane.current?.getBoundingClientRect()
      if (!box || event.clientX < box.left) return
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        const at = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)))
        const factor = Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.004)
        move((now, old) => zoom(factor, old.range.from + at * (old.range.to - old.range.from))(now, old))
        return
      }
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX
      if (sideways === 0) return
      event.preventDefault()
      move(pan(sideways / Math.max(1, box.width)))
    }
    // Not passive: the page must not zoom with Mod+wheel.
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, lane, move])
}
