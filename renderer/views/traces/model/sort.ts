import { traceSortFields } from '../../../../shared/contract/traces.ts'

export type SortField = (typeof traceSortFields)[number]

export interface TraceSort {
  readonly field: SortField
  readonly descending: boolean
}

export const newestFirst: TraceSort = { field: 'start', descending: true }

/** `-start`, as it stands in the address. */
export function printSort({ field, descending }: TraceSort): string {
  return descending ? `-${field}` : field
}

export function parseSort(text: string | null): TraceSort | undefined {
  if (text === null) return undefined
  const descending = text.startsWith('-')
  const field = traceSortFields.find(one => one === (descending ? text.slice(1) : text))
  return field && { field, descending }
}

/** Another column starts with what is looked for first: names from A, everything else from the largest. */
export function nextSort(now: TraceSort, field: SortField): TraceSort {
  return now.field === field ? { field, descending: !now.descending } : { field, descending: field !== 'name' }
}
