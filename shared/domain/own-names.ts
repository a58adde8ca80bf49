/** Attributes that our own OTLP export gives a span beside its own. */
export const ownNames = {
  /** What the span and its surroundings hash to without it: nobody has changed them since. */
  seal: 'spanwise.export',
  /** Ids that are no hex of the right length: OTLP has a hash in their place. */
  traceId: 'spanwise.trace_id',
  spanId: 'spanwise.span_id',
  parentId: 'spanwise.parent_span_id',
  /** A request that was given back is no call. */
  unanswered: 'spanwise.unanswered',
  /** The answer to a request that was sent from here. */
  replayed: 'spanwise.replayed',
  /** What the prompt was found to be: JSON, as it stands in a span. No file said so. */
  recovered: 'spanwise.recovered_prompt',
} as const

/** Marks that no other field of an export tells. */
export const exportedMarks = ['unanswered', 'replayed'] as const

export const allOwnNames: ReadonlySet<string> = new Set(Object.values(ownNames))
