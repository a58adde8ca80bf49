import { useEffect, useState } from 'react'
import { goToPlaces, type GoToPlace } from '../go-to.ts'

const none: readonly GoToPlace[] = []

/** Where this text leads in the view that is open; undefined asks nothing. */
export function useGoToPlaces(text: string | undefined): readonly GoToPlace[] {
  const [found, setFound] = useState<{ readonly text: string; readonly places: readonly GoToPlace[] }>()
  useEffect(() => {
    if (!text) return undefined
    const abort = new AbortController()
    goToPlaces(text, abort.signal).then(
      places => abort.signal.aborted || setFound({ text, places }),
      () => {},
    )
    return () => abort.abort()
  }, [text])
  return found !== undefined && found.text === text ? found.places : none
}
