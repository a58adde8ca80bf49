import type { Place } from '../../../../shared/query/ast.ts'
import { queryTokens, type QueryTokenKind } from '../../../../shared/query/tokens.ts'

/** A run of the query's text that looks alike. */
export interface Segment {
  readonly at: number
  readonly kind: QueryTokenKind
  readonly text: string
  readonly mark?: MarkKind | undefined
}

/** `error`: what is wrong stands here. `unknown`: looked like a field and is searched as text. */
export type MarkKind = 'error' | 'unknown'

export interface Mark {
  readonly at: Place
  readonly kind: MarkKind
}

/** Longer texts were pasted, not written: they have no colours, and typing stays quick. */
export const mostColoured = 4000

/** The text in its colours, cut where a mark begins or ends. An error behind the last character gets a space to stand under. */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  if (text.length > mostColoured) return []
  const behind = marks.some(({ at }) => at.from >= text.length)
  const shown = behind ? `${text} ` : text
  const tokens = queryTokens(text)
  if (behind) tokens.push({ kind: 'plain', text: ' ' })
  const segments: Segment[] = []
  let from = 0
  for (const token of tokens) {
    const to = from + token.text.length
    const cuts = marks
      .flatMap(({ at }) => [at.from, Math.max(at.to, at.from + 1)])
      .filter(cut => cut > from && cut < to)
    const ends = [...new Set([...cuts, to])].toSorted((a, b) => a - b)
    for (const end of ends) {
      const at = from
      const mark = marks.find(
        ({ at: { from: begin, to: over } }) => begin < end && Math.max(over, begin + 1) > at,
      )?.kind
      segments.push({ at, kind: token.kind, text: shown.slice(at, end), ...(mark ? { mark } : {}) })
      from = end
    }
  }
  return segments
}
