import type { Span } from '../../../../shared/domain/span.ts'
import type { HitFinder } from '../../../../shared/query/hits.ts'
import { looseJson, textsOf, textsOfMessage, type SpanText } from '../../../../shared/query/texts.ts'
import type { SectionId } from './sections.ts'

/** How many hits each section shows, at least; sections without any are left out. */
export function hitSections(span: Span, find: HitFinder): ReadonlyMap<SectionId, number> {
  const counts = new Map<SectionId, number>()
  const count = (section: SectionId, texts: readonly SpanText[]): void => {
    const hits = texts.reduce((sum, { text, fields }) => sum + find(text, fields).length, 0)
    if (hits > 0) counts.set(section, (counts.get(section) ?? 0) + hits)
  }
  const { inputMessages = [], outputMessages = [], input, output } = span
  count('messages', [
    ...inputMessages.flatMap(message => textsOfMessage(message, 'input')),
    ...outputMessages.flatMap(message => textsOfMessage(message, 'output')),
  ])
  count('content', [...text(input, 'input'), ...text(output, 'output')])
  const bare: Span = { id: span.id, name: '', kind: span.kind, status: span.status, attributes: {} }
  if (span.tool) count('tool', textsOf({ ...bare, tool: span.tool }))
  if (span.documents || span.query !== undefined) {
    const { documents, query } = span
    count(
      'documents',
      textsOf({
        ...bare,
        name: '',
        ...(documents ? { documents } : {}),
        ...(query === undefined ? {} : { query }),
      }),
    )
  }
  if (span.events) count('events', textsOf({ ...bare, events: span.events }))
  return counts
}

function text(value: Span['input'], field: 'input' | 'output'): SpanText[] {
  return value === undefined ? [] : [{ text: looseJson(value), fields: [field] }]
}
