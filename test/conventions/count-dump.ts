import type { RawSpan } from '../../shared/domain/raw-span.ts'
import { spanKinds } from '../../shared/domain/kind.ts'
import { readFacts } from '../../shared/conventions/index.ts'
import { countCalls } from '../../shared/tree/calls.ts'

export interface Sums {
  readonly spans: number
  readonly traces: number
  readonly calls: number
  /** Over calls and whatever other usage counts. */
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Puts spans into reading order the slow way, and counts. */
export function countDump(spans: readonly RawSpan[]): Sums {
  const traces = new Set(spans.map(span => span.traceId))
  const sums = { spans: spans.length, traces: traces.size, calls: 0, inputTokens: 0, outputTokens: 0 }
  for (const trace of traces) {
    const { ordered, last } = readingOrder(spans.filter(span => span.traceId === trace))
    const facts = ordered.map(span => readFacts(span).facts)
    const responses = new Map<string, number>()
    const { counted } = countCalls({
      last,
      kind: facts.map(fact => spanKinds.indexOf(fact.kind ?? 'other')),
      input: facts.map(fact => fact.usage?.input ?? NaN),
      output: facts.map(fact => fact.usage?.output ?? NaN),
      responseId: facts.map(({ responseId }) => {
        if (responseId === undefined) return 0
        if (!responses.has(responseId)) responses.set(responseId, responses.size + 1)
        return responses.get(responseId)!
      }),
    })
    facts.forEach((fact, i) => {
      if (counted[i] === 1) sums.calls++
      if (counted[i] === 0) return
      sums.inputTokens += fact.usage?.input ?? 0
      sums.outputTokens += fact.usage?.output ?? 0
    })
  }
  return sums
}

export function readingOrder(spans: readonly RawSpan[]): { ordered: RawSpan[]; last: number[] } {
  const ids = new Set(spans.map(span => span.spanId))
  const ordered: RawSpan[] = []
  const last: number[] = []
  const seen = new Set<RawSpan>()
  const visit = (span: RawSpan) => {
    if (seen.has(span)) return
    seen.add(span)
    const at = ordered.push(span) - 1
    for (const child of spans) if (child.parentId === span.spanId && child !== span) visit(child)
    last[at] = ordered.length - 1
  }
  for (const span of spans) if (span.parentId === undefined || !ids.has(span.parentId)) visit(span)
  for (const span of spans) visit(span)
  return { ordered, last }
}
