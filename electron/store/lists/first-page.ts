import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Pricer } from '../../../shared/money/pricer.ts'
import type { Store } from '../open.ts'
import { areOfWhole, wholeRows } from './whole-rows.ts'

type Window = Input<'lists.rows'>

/** Milliseconds after a first page before more is loaded: that page should be drawn by then. */
export const untilDrawn = 100

export interface TraceRow {
  readonly id: number
  readonly spans: number
}

/** Traces in the order of their starts, by the index of the store. */
export function tracesBy({ sort }: Pick<Window, 'sort'>, those = ''): string {
  const direction = sort.descending ? 'DESC' : 'ASC'
  return `SELECT id, spans FROM trace ${those} ORDER BY start ${direction} NULLS LAST, start_ns ${direction}, id`
}

/** Whether a page is one of traces in the order of their starts. */
export function isByStart({ list, group, sort }: Window): boolean {
  return list === 'traces' && !group && sort.column === 'started'
}

export function tracesOfPage(store: Store, window: Window): TraceRow[] {
  const page = store.statement<[number, number], TraceRow>(`${tracesBy(window)} LIMIT ? OFFSET ?`)
  return page.all(window.limit, window.offset)
}

export function countTraces(store: Store): number {
  return store.query<[], { total: number }>('trace-count').get()!.total
}

/** What a store shows first: a page of all its traces. Undefined for any other, which needs more code. */
export function firstPage(store: Store, window: Window, pricer: Pricer): Output<'lists.rows'> | undefined {
  const isOfAll = !window.where || window.where.query.trim() === ''
  if (!isOfAll || !isByStart(window) || !areOfWhole(window.columns)) return undefined
  return store.snapshot(() => {
    const ids = tracesOfPage(store, window).map(({ id }) => id)
    return { ...wholeRows(store, ids, window, () => pricer), total: countTraces(store) }
  })
}
