import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * What the newest render said, for what is called later and is not made anew for it. It is set before anything is painted:
 * who sees the new gets the new.
 */
export function useLatest<T>(value: T): Readonly<RefObject<T>> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
