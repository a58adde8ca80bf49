import { createContext } from 'react'
import type { ReceiptLine } from '../../../../shared/replay/types.ts'

/** What of a place of the body is not in it, as the receipt says. */
type MissingAt = (path: readonly string[]) => string | undefined

export const MissingContext = createContext<MissingAt>(() => undefined)

/** Whole conversations are told of above the form; what was set here since is not missing any more. */
export function missingPlaces(receipt: readonly ReceiptLine[]): MissingAt {
  const set = new Set(
    receipt.flatMap(({ field, from, note }) => (from === 'rebuilt' && note === 'set here' ? [field] : [])),
  )
  const places = receipt.flatMap(({ field, from, note }) =>
    from === 'missing' ? [{ place: field.replaceAll(/\[(\d+)\]/g, '.$1'), note }] : [],
  )
  return path => {
    const here = path.join('.')
    if (set.has(here)) return undefined
    return places.find(({ place }) => here === place || (place.includes('.') && here.startsWith(`${place}.`)))?.note
  }
}
