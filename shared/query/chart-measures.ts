// What charts of calls can show; without schemas, for the page.

import type { FieldId } from './fields.ts'
import { measures, type Measure } from './cost-measures.ts'

/** Fields whose values calls are counted by, with how these are written. */
export const spreads = {
  cost: { label: 'Cost per call', type: 'money' },
  duration: { label: 'Latency per call', type: 'duration' },
  ttft: { label: 'First token per call', type: 'duration' },
  'tokens.input': { label: 'Tokens in per call', type: 'tokens' },
  'tokens.output': { label: 'Tokens out per call', type: 'tokens' },
} as const satisfies { readonly [id in FieldId]?: { readonly label: string; readonly type: string } }
export type SpreadField = keyof typeof spreads
export const spreadFields = Object.keys(spreads) as [SpreadField, ...SpreadField[]]

/** What is held against a score. */
export const pointMeasures = ['cost', 'tokens'] as const
export type PointMeasure = (typeof pointMeasures)[number]

export const mostSeries = 20
export const mostBins = 500
export const mostPoints = 20_000

const sums: ReadonlySet<Measure> = new Set([
  'calls',
  'errors',
  'retries',
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'cost',
  'recorded',
  'computed',
  'unpriced',
  'errorCost',
  'retryCost',
])

/** Whether parts of it add up to the whole: a trace with calls of two models is one trace. */
export function addsUp(measure: Measure): boolean {
  return sums.has(measure)
}

/** Whether it is a count of calls, which without calls is zero and never unknown. */
export function countsCalls(measure: Measure): boolean {
  return sums.has(measure) && measures[measure].type === 'count'
}
