// What a cost table can say and be split by; without schemas, for the page.

/**
 * What a row of a cost table says of its calls, with how the number is written: money in nano-dollars, lengths of time in
 * microseconds. What no call of a row knows is absent, never zero.
 */
export const measures = {
  calls: { type: 'count', label: 'Calls', help: 'model calls, each counted once' },
  traces: { type: 'count', label: 'Traces', help: 'traces that hold such calls' },
  sessions: { type: 'count', label: 'Sessions', help: 'sessions whose traces hold such calls' },
  errors: { type: 'count', label: 'Errors', help: 'calls that failed' },
  retries: { type: 'count', label: 'Retried', help: 'calls that failed and were tried again' },
  input: { type: 'tokens', label: 'Tokens in', help: 'tokens sent, cached ones included' },
  output: { type: 'tokens', label: 'Tokens out', help: 'tokens generated, reasoning included' },
  cacheRead: { type: 'tokens', label: 'Cache read', help: 'input tokens read from a cache' },
  cacheWrite: { type: 'tokens', label: 'Cache write', help: 'input tokens written to a cache' },
  reasoning: { type: 'tokens', label: 'Reasoning', help: 'output tokens spent on thinking' },
  cost: { type: 'money', label: 'Cost', help: 'what the file says it cost, else what we worked out' },
  recorded: { type: 'money', label: 'Recorded', help: 'what the file says it cost' },
  computed: { type: 'money', label: 'Computed', help: 'what its usage costs by the prices here' },
  unpriced: { type: 'count', label: 'Unpriced', help: 'calls whose cost nobody knows' },
  costPerCall: { type: 'money', label: 'Cost per call', help: 'of the calls whose cost is known' },
  costPerTrace: { type: 'money', label: 'Cost per trace', help: 'of the traces with a call whose cost is known' },
  costPerSession: { type: 'money', label: 'Cost per session', help: 'of the sessions with a call whose cost is known' },
  errorCost: { type: 'money', label: 'Cost of errors', help: 'cost of calls that failed' },
  retryCost: { type: 'money', label: 'Cost of retries', help: 'cost of calls that failed and were tried again' },
  'latency.p50': { type: 'duration', label: 'Latency p50', help: 'half of the calls took no longer' },
  'latency.p95': { type: 'duration', label: 'Latency p95', help: '95 of 100 calls took no longer' },
  'latency.p99': { type: 'duration', label: 'Latency p99', help: '99 of 100 calls took no longer' },
  'ttft.p50': { type: 'duration', label: 'First token p50', help: 'half of the calls began to answer by then' },
  'ttft.p95': { type: 'duration', label: 'First token p95', help: '95 of 100 calls began to answer by then' },
  speed: { type: 'number', label: 'Tokens/s', help: 'tokens out per second of the calls that know both' },
  outcomes: { type: 'count', label: 'Successes', help: 'traces that satisfy the definition of success' },
  costPerOutcome: {
    type: 'money',
    label: 'Cost per success',
    help: 'cost of all calls of traces that could succeed, by those that did',
  },
} as const satisfies Record<string, { readonly type: MeasureType; readonly label: string; readonly help: string }>
export type MeasureType = 'count' | 'tokens' | 'money' | 'duration' | 'number'
export type Measure = keyof typeof measures
export const measureNames = Object.keys(measures) as [Measure, ...Measure[]]

/** Lengths of time by which calls are grouped by when they started. */
export const bucketLengths = ['hour', 'day', 'week', 'month'] as const
export type BucketLength = (typeof bucketLengths)[number]

/** Scores beside the measures of a table, at most. */
export const mostScores = 20

/** Fields by which calls are grouped, at most. */
export const mostDimensions = 8
