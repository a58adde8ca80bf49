import type { Store } from '../open.ts'
import { bookNumber } from '../kept-book.ts'

/** What tells whether a table still says what the store says. */
export interface StoreState {
  readonly imports: ReadonlySet<number>
  /** The last reading by other rules. */
  readonly reread: string
  /** Which prices costs are computed by. */
  readonly book: number
  readonly lastSpan: number
  readonly lastExtra: number
  readonly lastTrace: number
  /** Ids of traces whose order is due. */
  readonly dirty: readonly number[]
  readonly importing: boolean
}

export const noState: StoreState = {
  imports: new Set(),
  reread: '',
  book: 0,
  lastSpan: 0,
  lastExtra: 0,
  lastTrace: 0,
  dirty: [],
  importing: false,
}

export function readState(store: Store): StoreState {
  const number = (text: string) => store.statement<[], number | null>(text).pluck().get() ?? 0
  const imports = store.statement<[], [id: number, state: string]>('SELECT id, state FROM import').raw().all()
  const reread = 'SELECT id, state FROM rereading ORDER BY id DESC LIMIT 1'
  return {
    imports: new Set(imports.map(([id]) => id)),
    reread: store.statement<[], (number | string)[]>(reread).raw().get()?.join(':') ?? '',
    book: bookNumber(store),
    lastSpan: number('SELECT max(id) FROM span'),
    lastExtra: number('SELECT max(id) FROM extra'),
    lastTrace: number('SELECT max(id) FROM trace'),
    dirty: store.statement<[], number>('SELECT id FROM trace WHERE dirty').pluck().all(),
    importing: imports.some(([, state]) => state === 'running'),
  }
}

/** Spans were taken away or read by other rules: any row may be another. What an import brings only adds to its traces. */
export function isAnother(before: StoreState, now: StoreState): boolean {
  if (before.reread !== now.reread) return true
  for (const id of before.imports) if (!now.imports.has(id)) return true
  return now.lastSpan < before.lastSpan || now.lastTrace < before.lastTrace
}

/** Traces that are not what they were, in order of ids. */
export function changedTraces(store: Store, before: StoreState, now: StoreState): number[] {
  const changed = new Set([...before.dirty, ...now.dirty])
  const since = (table: string, last: number) =>
    store.statement<[number], number>(`SELECT DISTINCT trace FROM ${table} WHERE id > ?`).pluck().all(last)
  for (const trace of since('span', before.lastSpan)) changed.add(trace)
  for (const trace of since('extra', before.lastExtra)) changed.add(trace)
  return [...changed].sort((a, b) => a - b)
}
