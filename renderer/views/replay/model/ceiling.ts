import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'

/** What a run may come to, as somebody wrote it: nothing, an amount, or why it is none. */
export type Ceiling = { readonly dollars?: NanoDollars; readonly wrong?: never } | { readonly wrong: string }

/** Reads dollars as they are written with a point. A comma is refused: in one country it ends the dollars, in another it groups them. */
export function readCeiling(text: string): Ceiling {
  const written = text.trim().replace(/^\$\s*/, '')
  if (written === '') return {}
  if (written.includes(','))
    return { wrong: `The ceiling is written with a point: ${written.replace(',', '.').replaceAll(',', '')}` }
  const dollars = /^(?:\d+\.?\d*|\.\d+)$/.test(written)
    ? decimalToNano(written.replace(/^\./, '0.').replace(/\.$/, ''))
    : undefined
  return dollars !== undefined && dollars > 0
    ? { dollars }
    : { wrong: 'The ceiling is an amount of dollars, such as 0.5' }
}
