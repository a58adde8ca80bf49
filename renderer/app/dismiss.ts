// Escape closes the innermost thing first: menu, peek, find, range, selection. What opened last is innermost.

import { type Mounted, useMounted } from './mounted.ts'

const stack: Mounted<() => void> = []

/** While `active`, Escape runs `dismiss` (unless something opened later takes it). */
export function useDismiss(active: boolean, dismiss: () => void): void {
  useMounted(stack, dismiss, active)
}

/** Whether there was something to dismiss. */
export function dismissInnermost(): boolean {
  const innermost = stack.at(-1)
  innermost?.current()
  return innermost !== undefined
}
