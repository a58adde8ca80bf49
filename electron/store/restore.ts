import { parseReference } from './kept-record.ts'

/**
 * The references of a kept text: JSON strings (keys too) that start with an escaped U+0000. The quote that opens a string
 * never follows a backslash, a quote inside a string always does.
 */
const reference = /(?<!\\)"\\u0000([^"\\]*)"/g

/** What of a list of bodies is put back; the list stands at a place of the kept text. */
export type ShortenList = (ids: readonly number[], kept: string, at: number) => readonly number[]

/**
 * Puts every body back into a kept text. Works on the text, not on parsed values, so that digits a double cannot hold
 * stay as the file wrote them.
 */
export function restoreText(kept: string, bodyText: (id: number) => string, shorten?: ShortenList): string {
  if (!kept.includes('"\\u0000')) return kept
  return kept.replace(reference, (_, rest: string, at: number) => {
    const { ids, separator } = parseReference(`\0${rest}`)
    const shown = separator !== undefined && shorten ? shorten(ids, kept, at) : ids
    const texts = shown.map(bodyText)
    return JSON.stringify(separator === undefined ? texts[0] : `[${texts.join(separator)}]`)
  })
}

/** Calls `found` with the id of each body that a kept text refers to. */
export function eachReference(kept: string, found: (id: number) => void): void {
  for (const [, rest = ''] of kept.matchAll(reference)) for (const id of parseReference(`\0${rest}`).ids) found(id)
}
