// Span names that give their kind away, by the instrumentation that writes them (asked after an explicit kind
// and an operation name, before a span's shape). Reaches calls that failed before they had tokens.

import type { SpanKind } from '../domain/kind.ts'
import type { RawSpan } from '../domain/raw-span.ts'

type Names = readonly (readonly [name: RegExp, kind: SpanKind])[]

const traceloop: Names = [
  [/\.workflow$/, 'workflow'],
  [/\.task$/, 'chain'],
  [/\.agent$/, 'agent'],
  [/\.tool$/, 'tool'],
]

const scopes = new Map<string, Names>([
  ['@traceloop/node-server-sdk', traceloop],
  ['traceloop.tracer', traceloop],
  ['gcp.vertex.agent', [[/^call_llm$/, 'generation']]],
])

export function kindOfName(span: RawSpan): SpanKind | undefined {
  const names = span.scope.name === undefined ? undefined : scopes.get(span.scope.name)
  return names?.find(([name]) => name.test(span.name))?.[1]
}
