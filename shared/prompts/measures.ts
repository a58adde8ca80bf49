/** What versions of a prompt are compared by, beside scores. */
export const evidenceMeasures = [
  'errors',
  'retries',
  'refusals',
  'json',
  'tools',
  'input',
  'output',
  'length',
  'cached',
  'cost',
  'latency.p50',
  'latency.p95',
  'latency.p99',
  'ttft.p50',
] as const
export type EvidenceMeasure = (typeof evidenceMeasures)[number]

export type EvidenceUnit = 'share' | 'tokens' | 'characters' | 'nanodollars' | 'microseconds' | 'score'

interface About {
  readonly label: string
  readonly unit: EvidenceUnit
  readonly better?: 'less' | 'more'
  readonly quantity: 'share' | 'mean' | 'percentile'
  readonly percentile?: number
}

/** Of a share: how many calls failed, were tried again, refused, answered in JSON, asked for a tool. */
export const aboutMeasures: { readonly [name in EvidenceMeasure]: About } = {
  errors: { label: 'Errors', unit: 'share', better: 'less', quantity: 'share' },
  retries: { label: 'Tried again', unit: 'share', better: 'less', quantity: 'share' },
  refusals: { label: 'Refusals', unit: 'share', better: 'less', quantity: 'share' },
  json: { label: 'Answers in JSON', unit: 'share', quantity: 'share' },
  tools: { label: 'Asks for a tool', unit: 'share', quantity: 'share' },
  input: { label: 'Input tokens', unit: 'tokens', quantity: 'mean' },
  output: { label: 'Output tokens', unit: 'tokens', quantity: 'mean' },
  length: { label: 'Length of the answer', unit: 'characters', quantity: 'mean' },
  cached: { label: 'Input from the cache', unit: 'share', better: 'more', quantity: 'mean' },
  cost: { label: 'Cost a call', unit: 'nanodollars', better: 'less', quantity: 'mean' },
  'latency.p50': { label: 'Latency p50', unit: 'microseconds', better: 'less', quantity: 'percentile', percentile: 50 },
  'latency.p95': { label: 'Latency p95', unit: 'microseconds', better: 'less', quantity: 'percentile', percentile: 95 },
  'latency.p99': { label: 'Latency p99', unit: 'microseconds', better: 'less', quantity: 'percentile', percentile: 99 },
  'ttft.p50': {
    label: 'First token p50',
    unit: 'microseconds',
    better: 'less',
    quantity: 'percentile',
    percentile: 50,
  },
}
