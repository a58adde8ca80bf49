import { type RefObject, useLayoutEffect } from 'react'
import { useLatest } from '../state/use-latest.ts'

/** What those parts of the window say that are mounted, the newest last. */
export type Mounted<T> = Readonly<RefObject<T>>[]

/** Adds what this part says while it is mounted and `active`, from before it is painted: a key may follow at once. */
export function useMounted<T>(all: Mounted<T>, said: T, active = true): void {
  const latest = useLatest(said)
  useLayoutEffect(() => {
    if (!active) return undefined
    all.push(latest)
    return () => {
      all.splice(all.indexOf(latest), 1)
    }
  }, [all, latest, active])
}
