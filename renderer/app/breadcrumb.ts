import { useEffect, useSyncExternalStore } from 'react'

let leaf: string | undefined
const listeners = new Set<() => void>()

function setLeaf(text: string | undefined): void {
  if (leaf === text) return
  leaf = text
  for (const listener of listeners) listener()
}

/** Names the thing a view shows, after the view's own title: `Traces / checkout-agent`. Undefined while not known. */
export function useBreadcrumb(text: string | undefined): void {
  useEffect(() => {
    setLeaf(text)
    return () => setLeaf(undefined)
  }, [text])
}

export function useBreadcrumbLeaf(): string | undefined {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => leaf,
  )
}
