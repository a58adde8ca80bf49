import { useLayoutEffect, useState } from 'react'
import type { Span } from '../../../../shared/domain/span.ts'
import type { HitFinder } from '../../../../shared/query/hits.ts'
import { looseJson, textsOf, textsOfMessage, type SpanText } from '../../../../shared/query/texts.ts'
import { inSlices } from '../../../state/in-slices.ts'
import type { SectionId } from './sections.ts'

export interface HitCounts {
  /** Sections without any are left out. */
  readonly bySection: ReadonlyMap<SectionId, number>
  /** A text goes on past what was looked through: there may be more. */
  readonly isCut: boolean
}

/** Hits by section, once they are counted: a little at a time, since a long history has megabytes. */
export function useHitSections(span: Span | undefined, find: HitFinder | undefined): HitCounts | undefined {
  const [counted, setCounted] = useState<{ of: Span; by: HitFinder; counts: HitCounts }>()
  // What is short is counted before anything is painted.
  useLayoutEffect(() => {
    if (!span || !find) return undefined
    const counts = { bySection: new Map<SectionId, number>(), isCut: false }
    return inSlices(hitSections(span, find, counts), () => setCounted({ of: span, by: find, counts }))
  }, [span, find])
  return counted && counted.of === span && counted.by === find ? counted.counts : undefined
}

/** Characters of a text that are looked through: nobody reads further in a window. */
const most = 1024 * 1024

/** How many hits each section shows, at least. Yields after each text. */
function* hitSections(
  span: Span,
  find: HitFinder,
  counts: { readonly bySection: Map<SectionId, number>; isCut: boolean },
): Generator<void> {
  const { bySection } = counts
  const count = function* (section: SectionId, texts: Iterable<SpanText>): Generator<void> {
    for (const { text, fields } of texts) {
      const hits = find(text.slice(0, most), fields).length
      if (hits > 0) bySection.set(section, (bySection.get(section) ?? 0) + hits)
      counts.isCut ||= text.length > most
      yield
    }
  }
  const { inputMessages = [], outputMessages = [], input, output } = span
  for (const message of inputMessages) yield* count('messages', textsOfMessage(message, 'input'))
  for (const message of outputMessages) yield* count('messages', textsOfMessage(message, 'output'))
  yield* count('content', [...text(input, 'input'), ...text(output, 'output')])
  const bare: Span = { id: span.id, name: '', kind: span.kind, status: span.status, attributes: {} }
  if (span.tool) yield* count('tool', textsOf({ ...bare, tool: span.tool }))
  if (span.documents || span.query !== undefined) {
    const { documents, query } = span
    yield* count(
      'documents',
      textsOf({
        ...bare,
        name: '',
        ...(documents ? { documents } : {}),
        ...(query === undefined ? {} : { query }),
      }),
    )
  }
  if (span.events) yield* count('events', textsOf({ ...bare, events: span.events }))
}

function text(value: Span['input'], field: 'input' | 'output'): SpanText[] {
  return value === undefined ? [] : [{ text: looseJson(value), fields: [field] }]
}
