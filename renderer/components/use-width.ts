import { type RefObject, useLayoutEffect, useState } from 'react'
import { onSize } from './on-size.ts'

/** Width inside an element in pixels, without its scroll bar, kept up to date before each paint; `before` the first layout. */
export function useWidth(element: RefObject<HTMLElement | null>, before = 0): number {
  const [width, setWidth] = useState(before)
  useLayoutEffect(() => onSize(element.current, ({ clientWidth }) => setWidth(clientWidth)), [element])
  return width
}
