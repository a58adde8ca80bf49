import { readColumn, relevance } from '../../../../shared/query/list-columns.ts'

export interface ListSort {
  /** A column of the contract, or of a list of groups. */
  readonly column: string
  readonly descending: boolean
}

export const newestFirst: ListSort = { column: 'started', descending: true }
export const bestFirst: ListSort = { column: relevance, descending: true }
export const largestGroupFirst: ListSort = { column: 'count', descending: true }

/** What groups can be sorted by. */
export const groupSorts = ['value', 'count', 'errors', 'tokens', 'cost', 'duration'] as const
export type GroupSort = (typeof groupSorts)[number]

/** `-started`, as it stands in the address. */
export function printSort({ column, descending }: ListSort): string {
  return descending ? `-${column}` : column
}

export function parseSort(text: string | null, grouped = false): ListSort | undefined {
  if (text === null) return undefined
  // Nobody looks for what says least.
  if (!grouped && (text === relevance || text === `-${relevance}`)) return bestFirst
  const descending = text.startsWith('-')
  const column = descending ? text.slice(1) : text
  const known = grouped ? groupSorts.some(one => one === column) : readColumn(column) !== undefined
  return known ? { column, descending } : undefined
}

/** Another column starts with what is looked for first: words from A, everything else from the largest. */
export function nextSort(now: ListSort, column: string, isText: boolean): ListSort {
  return now.column === column ? { column, descending: !now.descending } : { column, descending: !isText }
}
