import { useContext, useEffect, useMemo, type RefObject } from 'react'
import type { Place } from '../../../shared/query/ast.ts'
import { HitFieldsContext, HitsContext } from './hits.ts'
import { markHits } from './mark-hits.ts'

const none: readonly Place[] = []
/** Characters that are looked through: nobody reads further in a window. */
const most = 1024 * 1024

/** Where a text that is about to be shown matches the query that led here. */
export function useHits(text: string): readonly Place[] {
  const find = useContext(HitsContext)
  const fields = useContext(HitFieldsContext)
  return useMemo(() => find?.(text.slice(0, most), fields) ?? none, [find, fields, text])
}

/** Marks the hits in the text of an element. `shown` is that text, or what it depends on. */
export function useMarkedHits(element: RefObject<HTMLElement | null>, shown: string): void {
  const find = useContext(HitsContext)
  const fields = useContext(HitFieldsContext)
  useEffect(() => {
    const target = element.current
    if (!find || !target || shown === '') return undefined
    return markHits(target, find(target.textContent.slice(0, most), fields))
  }, [element, find, fields, shown])
}
