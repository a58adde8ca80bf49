import type { Output } from '../../shared/contract/index.ts'
import type { Span } from '../../shared/domain/span.ts'
import { createSourceReader } from '../../shared/messages/sources.ts'

const mostDocuments = 200
/** Milliseconds after which no further document is looked for. */
const longest = 150
const longestQuery = 400

/** What `retrievals` found, beside what `call` sent and answered. Spans that are gone, or found nothing, are left out. */
export function sourcesOf(
  readSpan: (id: number) => Span | undefined,
  call: Span,
  retrievals: readonly number[],
): Output<'spans.sources'>['found'] {
  const end = performance.now() + longest
  const read = createSourceReader(
    {
      input: call.inputMessages ?? asMessages(call.input),
      output: call.outputMessages ?? asMessages(call.output),
    },
    () => performance.now() > end,
  )
  let left = mostDocuments
  return retrievals.flatMap(id => {
    const span = readSpan(id)
    if (!span?.documents || span.documents.length === 0) return []
    const taken = span.documents.slice(0, left)
    left -= taken.length
    return {
      id,
      name: span.name,
      ...(span.query !== undefined && { query: span.query.slice(0, longestQuery).toWellFormed() }),
      documents: taken.map(read),
      more: span.documents.length - taken.length,
    }
  })
}

function asMessages(value: Span['input']): Span['inputMessages'] {
  return value === undefined ? undefined : [{ role: '', parts: [{ type: 'other', value }] }]
}
