// Escape closes the innermost thing first: menu, peek, find, range, selection. What opened last is innermost.

import { useEffect, useRef } from 'react'

const stack: { current: () => void }[] = []

/** While `active`, Escape runs `dismiss` (unless something opened later takes it). */
export function useDismiss(active: boolean, dismiss: () => void): void {
  const latest = useRef(dismiss)
  useEffect(() => {
    latest.current = dismiss
  })
  useEffect(() => {
    if (!active) return undefined
    stack.push(latest)
    return () => {
      stack.splice(stack.indexOf(latest), 1)
    }
  }, [active])
}

/** Whether there was something to dismiss. */
export function dismissInnermost(): boolean {
  const innermost = stack.at(-1)
  innermost?.current()
  return innermost !== undefined
}
