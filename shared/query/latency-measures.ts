// What a table of operations can say; without schemas, for the page.

import { formatCount, formatPlural } from '../format/numbers.ts'

/** In the order of its columns. Lengths of time in microseconds; the share is a fraction. */
export const operationMeasures = {
  count: { type: 'count', label: 'Spans', help: 'spans of this operation' },
  errors: { type: 'count', label: 'Errors', help: 'spans that failed' },
  unknown: { type: 'count', label: 'No length', help: 'spans that say no length, or end before they start' },
  p50: { type: 'duration', label: 'p50', help: 'half of the spans took no longer' },
  p95: { type: 'duration', label: 'p95', help: '95 of 100 spans took no longer' },
  p99: { type: 'duration', label: 'p99', help: '99 of 100 spans took no longer' },
  self: { type: 'duration', label: 'Self time', help: 'time that no span below them takes, of all together' },
  share: { type: 'share', label: 'Share', help: 'of the self time of all spans of the traces looked at' },
} as const satisfies Record<string, { readonly type: string; readonly label: string; readonly help: string }>
export type OperationMeasure = keyof typeof operationMeasures
export const operationMeasureNames = Object.keys(operationMeasures) as [OperationMeasure, ...OperationMeasure[]]

/** What tells operations apart where nobody says. */
export const usualOperations = ['name', 'kind', 'model'] as const
export const mostOperationFields = 4

/** Calls of which nobody knows how long they took, and those among them that end before they start. */
export interface Untimed {
  readonly calls: number
  readonly backwards: number
}

/** A sentence for beside latencies; none where every call says its length. */
export function untimedSentences(untimed: Untimed | undefined): string[] {
  if (!untimed) return []
  const { calls, backwards } = untimed
  const why = backwards > 0 ? `; ${formatCount(backwards)} of them end before they start (is:negative-duration)` : ''
  return [`${formatPlural(calls, 'call')} of unknown length (-has:duration)${why}: in no latency.`]
}
