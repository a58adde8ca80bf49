import { type RefObject, useLayoutEffect, useState } from 'react'

/** Whether focus stands inside an element; `onLeave` runs when it goes elsewhere in the window. */
export function useFocusInside(element: RefObject<HTMLElement | null>, onLeave: () => void): boolean {
  const [inside, setInside] = useState(false)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return undefined
    const enter = () => setInside(true)
    const leave = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && target.contains(event.relatedTarget)) return
      setInside(false)
      onLeave()
    }
    target.addEventListener('focusin', enter)
    target.addEventListener('focusout', leave)
    return () => {
      target.removeEventListener('focusin', enter)
      target.removeEventListener('focusout', leave)
    }
  }, [element, onLeave])
  return inside
}
