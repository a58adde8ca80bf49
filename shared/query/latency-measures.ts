// What a table of operations can say; without schemas, for the page.

/** In the order of its columns. Lengths of time in microseconds; the share is a fraction. */
export const operationMeasures = {
  count: { type: 'count', label: 'Spans', help: 'spans of this operation' },
  errors: { type: 'count', label: 'Errors', help: 'spans that failed' },
  unknown: { type: 'count', label: 'No length', help: 'spans that do not say how long they took' },
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
