import { useLayoutEffect, type RefObject } from 'react'
import { isFocusFree } from './panes.ts'

/** What a view is for takes the focus when it comes, where nothing else has it: the keys should work without a Tab first. */
export function useArrivalFocus(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    if (isFocusFree()) element.current?.focus({ preventScroll: true })
  }, [element])
}
