import { useEffect, type RefObject } from 'react'

const focusable = '[tabindex="0"], a[href], button, input, textarea, select, summary'

/**
 * Focus is never lost within an element: where what has it goes, or can no longer be used, what stands there now has it, or
 * what is near. A click beside everything still leaves nothing focused.
 */
export function useKeptFocus(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const within = element.current
    if (!within) return undefined
    let last: { readonly of: HTMLElement; readonly pane: Element; readonly at: number } | undefined
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      const pane = target.closest('[data-pane]') ?? within
      last = { of: target, pane, at: usableIn(pane).indexOf(target) }
    }
    const onPress = () => (last = undefined)
    const keep = () => {
      const active = document.activeElement
      const isLost = last !== undefined && (!last.of.isConnected || last.of.matches(':disabled'))
      if (!last || !isLost || (active !== null && active !== document.body && active !== last.of)) return
      const { at, pane } = last
      last = undefined
      const left = usableIn(pane.isConnected ? pane : within)
      left[Math.min(Math.max(0, at), left.length - 1)]?.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(keep)
    observer.observe(within, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    within.addEventListener('focusin', onFocus)
    addEventListener('pointerdown', onPress, { capture: true })
    return () => {
      observer.disconnect()
      within.removeEventListener('focusin', onFocus)
      removeEventListener('pointerdown', onPress, { capture: true })
    }
  }, [element])
}

function usableIn(pane: Element): HTMLElement[] {
  return [...pane.querySelectorAll<HTMLElement>(focusable)].filter(
    one => !one.matches(':disabled') && one.tabIndex >= 0 && (one.checkVisibility?.() ?? true),
  )
}
