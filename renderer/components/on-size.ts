import { flushSync } from 'react-dom'

/**
 * Tells an element's size after each layout that changed it, the first included; what follows is rendered before the paint.
 * Reading it any earlier asks for a layout of the whole page in the middle of what builds it. Returns what ends it.
 */
export function onSize(element: HTMLElement | null, tell: (element: HTMLElement) => void): (() => void) | undefined {
  if (!element) return undefined
  if (typeof ResizeObserver === 'undefined') {
    tell(element)
    return undefined
  }
  const observer = new ResizeObserver(() => flushSync(() => tell(element)))
  observer.observe(element)
  return () => observer.disconnect()
}
