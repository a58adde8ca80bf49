import type { Measure } from '../query/cost-measures.ts'

/** A way to split the month: the first fields that any call says. */
export interface Section {
  readonly id: string
  readonly title: string
  /** Heading of each key. */
  readonly keys: readonly string[]
  readonly by: readonly (readonly string[])[]
  /** What is said where no call says it. */
  readonly lack: string
}

/** What a root says of its whole tree stands in for what its calls do not say. */
export const sections: readonly Section[] = [
  {
    id: 'team',
    title: 'By team',
    keys: ['Team'],
    by: [['team'], ['root.team'], ['tenant'], ['root.tenant']],
    lack: 'team',
  },
  {
    id: 'feature',
    title: 'By feature',
    keys: ['Feature'],
    by: [['feature'], ['root.feature'], ['application'], ['root.application']],
    lack: 'feature',
  },
  { id: 'model', title: 'By model', keys: ['Provider', 'Model'], by: [['provider', 'model']], lack: 'model' },
  {
    id: 'prompt',
    title: 'By prompt',
    keys: ['Prompt', 'Version'],
    by: [
      ['prompt', 'prompt.version'],
      ['root.prompt', 'root.prompt.version'],
    ],
    lack: 'prompt',
  },
]

/** Of every row. */
export const reportMeasures = [
  'cost',
  'calls',
  'traces',
  'input',
  'cacheRead',
  'output',
  'reasoning',
  'costPerCall',
  'latency.p50',
  'latency.p95',
  'ttft.p50',
  'errors',
  'errorCost',
  'retries',
  'retryCost',
  'unpriced',
] as const satisfies readonly Measure[]
export type ReportMeasure = (typeof reportMeasures)[number]
