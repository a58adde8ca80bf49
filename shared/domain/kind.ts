/** What a span did. One list everywhere: store, query, command line, screen. The order is stored: append only. */
export const spanKinds = [
  'generation',
  'embedding',
  'retrieval',
  'reranker',
  'tool',
  'agent',
  'workflow',
  'chain',
  'guardrail',
  'evaluator',
  'prompt',
  'memory',
  'other',
] as const

export type SpanKind = (typeof spanKinds)[number]

/** The order is stored: append only. */
export const statuses = ['unset', 'ok', 'error'] as const

/** `unset` is "finished, and nobody said how": neither good nor bad. */
export type Status = (typeof statuses)[number]
