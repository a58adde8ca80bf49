import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'

/** The part of a span's details that is to take focus as soon as it is there. */
interface Wish {
  readonly part: 'body' | 'raw'
  readonly span: number
}

/** What somebody wants to read of a span that may still be on its way. Forgotten when focus moves elsewhere in the window. */
export function useWish(pane: RefObject<Element | null>) {
  const [held, setHeld] = useState<Wish & { readonly from: Element | null }>()
  const want = useCallback((wish: Wish) => setHeld({ ...wish, from: document.activeElement }), [])
  const goOn = useCallback((span: number | undefined) => setHeld(old => (old?.span === span ? old : undefined)), [])
  const forget = useCallback(() => setHeld(undefined), [])
  useLayoutEffect(() => {
    if (!held) return undefined
    const moved = ({ target }: FocusEvent) => {
      if (target !== held.from && target instanceof Node && !pane.current?.contains(target)) forget()
    }
    addEventListener('focusin', moved)
    return () => removeEventListener('focusin', moved)
  }, [pane, held, forget])
  return { wish: held, want, goOn, forget }
}
