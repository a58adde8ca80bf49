import type { Input, Output } from '../../../shared/contract/index.ts'
import type { Store } from '../open.ts'
import { pricerOf } from '../price-book.ts'
import { isSettled } from '../settled.ts'
import { readQuestion } from '../search/question.ts'
import type { Elsewhere } from '../table/elsewhere.ts'
import { unpackBits } from '../text-index/sent-bits.ts'
import { textsSideBySide } from '../table/matching.ts'
import { ByteSet } from '../table/row-set.ts'
import { emptyTable } from '../table/table.ts'
import { countTraces, isByStart, tracesBy, tracesOfPage, type TraceRow } from './first-page.ts'
import { readRows } from './rows.ts'
import { subjectOf } from './subject.ts'
import { areOfWhole, wholeRows } from './whole-rows.ts'

/** Spans whose columns are read for a page: the rest of the table takes longer. */
const mostSpans = 50_000

type Window = Input<'lists.rows'>
type Answer = Output<'lists.rows'>

/**
 * A page of traces in the order of their starts, by the index of the store: a table of its few traces is made, and asked as
 * any other. Of all traces, or of those whose spans hold texts; undefined for any other page.
 */
export function firstRows(store: Store, window: Window, elsewhere: Elsewhere): Answer | undefined {
  const { where } = window
  if (!isByStart(window)) return undefined
  return store.snapshot(() => {
    if (where && where.query.trim() !== '') return firstFound(store, window, elsewhere)
    const rows = pageOf(store, window, tracesOfPage(store, window), elsewhere)
    return rows && { ...rows, total: countTraces(store) }
  })
}

function pageOf(
  store: Store,
  window: Window,
  found: readonly TraceRow[],
  elsewhere: Elsewhere,
): Omit<Answer, 'total'> | undefined {
  const ids = found.map(({ id }) => id)
  if (areOfWhole(window.columns)) return wholeRows(store, ids, window, () => pricerOf(store))
  if (found.reduce((sum, { spans }) => sum + spans, 0) > mostSpans) return undefined
  const table = emptyTable(store).with(ids)
  const asked = {
    subject: subjectOf(table, 'traces'),
    matching: new ByteSet(table.layout.alive.slice()),
    shown: new ByteSet(new Uint8Array(table.traces.count).fill(1)),
    exact: isSettled(store),
    isWhole: true,
    searched: undefined,
    condition: undefined,
    remember: <T>(_: string, make: () => T): T => make(),
    elsewhere,
  }
  return readRows(asked, { ...window, offset: 0 })
}

/** Spans that are looked up one by one, and traces that are looked through for those of a page. */
const fewSpans = 2000
const mostTraces = 5000

/**
 * The same of traces that hold texts. Where many do, the page is there before it is known how many: then the answer is of
 * what was looked through, for whoever has no patience.
 */
function firstFound(store: Store, window: Window, elsewhere: Elsewhere): Answer | undefined {
  const { where, offset, limit } = window
  const condition = where && readQuestion(where)
  const leaves = condition && textsSideBySide(condition)
  if (!leaves) return undefined
  const { spans, isWhole } = elsewhere({ type: 'spans', condition, leaves })
  if (!isWhole) return undefined
  const bits = unpackBits(spans)
  if (bits.size <= fewSpans) {
    const ids = JSON.stringify(bits.ids())
    const those = 'WHERE id IN (SELECT trace FROM span WHERE id IN (SELECT value FROM json_each(?)))'
    const all = store.statement<[string], TraceRow>(tracesBy(window, those)).all(ids)
    const rows = pageOf(store, window, all.slice(offset, offset + limit), elsewhere)
    return rows && { ...rows, total: all.length }
  }
  if (where.patience === undefined) return undefined
  const runs = store.statement<[number], { first: number; n: number }>('SELECT first, n FROM span_run WHERE trace = ?')
  const traceOf = store.statement<[number], number>('SELECT trace FROM span WHERE id = ?').pluck()
  const holds = (trace: number): boolean => {
    for (const { first, n } of runs.all(trace)) {
      for (let id = first; id < first + n; id++) if (bits.has(id) && traceOf.get(id) === trace) return true
    }
    return false
  }
  const found: TraceRow[] = []
  let done = 0
  for (const trace of store.statement<[number], TraceRow>(`${tracesBy(window)} LIMIT ?`).all(mostTraces)) {
    if (found.length === offset + limit) break
    done++
    if (holds(trace.id)) found.push(trace)
  }
  if (found.length < offset + limit) return undefined
  const rows = pageOf(store, window, found.slice(offset), elsewhere)
  return rows && { ...rows, total: found.length, exact: false, searched: { done, all: countTraces(store) } }
}
