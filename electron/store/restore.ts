import { parseReference } from './kept-record.ts'

/** A reference as it begins in a kept text: a JSON string (keys too) that starts with an escaped U+0000. */
const opening = '"\\u0000'

/** Where a reference stands in a kept text: `kept.slice(at, end)` with its quotes; what it says from `from` on. */
export interface ReferencePlace {
  readonly at: number
  readonly from: number
  readonly end: number
}

/** Says what else is put in a reference's place, as JSON; undefined for what belongs there. */
export type Replace = (kept: string, place: ReferencePlace) => string | undefined

/** The next reference from a place of a kept text on. Each says digits, commas and at most a bracket and a space. */
function nextReference(kept: string, start: number): ReferencePlace | undefined {
  for (let at = kept.indexOf(opening, start); at >= 0; at = kept.indexOf(opening, at + 1)) {
    // The quote that opens a string never follows a backslash, a quote inside a string always does.
    if (kept.charCodeAt(at - 1) === backslash) continue
    const from = at + opening.length
    let end = from
    for (; end < kept.length; end++) {
      const code = kept.charCodeAt(end)
      if (code === quote || code === backslash) break
    }
    if (kept.charCodeAt(end) === quote) return { at, from, end: end + 1 }
  }
  return undefined
}

const quote = 34
const backslash = 92

/**
 * Puts every body back into a kept text. Works on the text, not on parsed values, so that digits a double cannot hold
 * stay as the file wrote them.
 */
export function restoreText(kept: string, bodyText: (id: number) => string, replace?: Replace): string {
  let place = nextReference(kept, 0)
  if (!place) return kept
  let restored = ''
  let copied = 0
  for (; place; place = nextReference(kept, copied)) {
    restored += kept.slice(copied, place.at) + (replace?.(kept, place) ?? putBack(kept, place, bodyText))
    copied = place.end
  }
  return restored + kept.slice(copied)
}

function putBack(kept: string, { from, end }: ReferencePlace, bodyText: (id: number) => string): string {
  const { ids, separator } = parseReference(`\0${kept.slice(from, end - 1)}`)
  return JSON.stringify(separator === undefined ? bodyText(ids[0]!) : `[${ids.map(bodyText).join(separator)}]`)
}

/** The ids of a reference to a list of bodies; undefined where it is one to a single body. */
export function listedIds(kept: string, { from, end }: ReferencePlace): number[] | undefined {
  if (kept.charCodeAt(from) !== bracket) return undefined
  const ids: number[] = []
  let id = 0
  for (let at = from + (kept.charCodeAt(from + 2) === space ? 3 : 2); at < end; at++) {
    const code = kept.charCodeAt(at)
    if (code >= 48 && code < 58) id = id * 10 + code - 48
    else {
      ids.push(id)
      id = 0
    }
  }
  return ids
}

const bracket = 91
const space = 32

/** Calls `found` with the id of each body that a kept text refers to. */
export function eachReference(kept: string, found: (id: number) => void): void {
  for (let place = nextReference(kept, 0); place; place = nextReference(kept, place.end)) {
    for (const id of parseReference(`\0${kept.slice(place.from, place.end - 1)}`).ids) found(id)
  }
}
