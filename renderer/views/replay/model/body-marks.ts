import type { ReceiptLine } from '../../../../shared/replay/types.ts'
import { valueAt, type Place } from '../../../../shared/replay/json-edit.ts'
import type { Draft } from './draft.ts'

/** A place of the body that a person should see. */
export interface BodyMark extends Place {
  /** `missing`: not as it was sent. `wrong`: no JSON from here on. `edited`: written here. */
  readonly kind: 'missing' | 'wrong' | 'edited'
  readonly words: string
}

/** Where the text differs from the logged one, lacks something, or is no JSON; in the order of the text. */
export function bodyMarks(draft: Draft, logged: string, receipt: readonly ReceiptLine[]): readonly BodyMark[] {
  const { text } = draft
  const wrong = jsonFault(text)
  const edited = editedPlaces(draft, logged).map(
    place => ({ ...place, kind: 'edited', words: 'changed here' }) as const,
  )
  if (wrong) return [...edited, wrong]
  const set = new Set(receipt.flatMap(({ field, note }) => (note === 'set here' ? [field] : [])))
  const missing = receipt.flatMap(({ field, from, note }): BodyMark[] => {
    const path = pathOf(field)
    const place = from === 'missing' && !set.has(path.join('.')) ? valueAt(text, path) : undefined
    // A whole list is told of in the receipt.
    return place && path.length > 1 ? [{ ...place, kind: 'missing', words: note }] : []
  })
  return [...edited, ...missing].toSorted((a, b) => a.start - b.start)
}

/** A field of a receipt as the way to it: `messages[0].content`. */
export function pathOf(field: string): readonly string[] {
  return field.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
}

function editedPlaces({ text, edits, written, prompt }: Draft, logged: string): readonly Place[] {
  if (written === undefined && prompt === undefined)
    return edits.flatMap(({ path }) => {
      const place = valueAt(text, path)
      return place ? [place] : []
    })
  if (text === logged) return []
  let start = 0
  while (start < text.length && text[start] === logged[start]) start++
  let same = 0
  const most = Math.min(text.length, logged.length) - start
  while (same < most && text.at(-1 - same) === logged.at(-1 - same)) same++
  return [{ start, end: text.length - same }]
}

/** Where a text stops being JSON, as the browser says; at its end where that does not say where. */
export function jsonFault(text: string): BodyMark | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const words = error instanceof Error ? error.message : 'no JSON'
    const said = / position (\d+)/.exec(words)?.[1]
    const at = said === undefined ? text.length : Math.min(Number(said), text.length)
    return {
      start: Math.min(at, Math.max(0, text.length - 1)),
      end: Math.max(at, Math.min(at + 1, text.length)),
      kind: 'wrong',
      words: words.replace(/ in JSON at position.*$| \(line.*$/, ''),
    }
  }
}
