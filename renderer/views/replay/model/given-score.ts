/** A judgement as somebody writes it: a number, or a word. */
export interface GivenScore {
  readonly name: string
  readonly value: string
  readonly comment: string
}

/** A line of a file of scores, about an answer by the ids that its own record has. */
export function scoreLine(
  { traceId, spanId }: { readonly traceId: string; readonly spanId: string },
  { name, value, comment }: GivenScore,
): string {
  const written = value.trim().replace(',', '.')
  const number = Number(written)
  return JSON.stringify({
    trace_id: traceId,
    span_id: spanId,
    name: name.trim(),
    ...(written !== '' && Number.isFinite(number) ? { value: number } : { label: value.trim() }),
    ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
    source: 'human',
  })
}
