// The trace list as a window onto the store: the engine sorts and counts, this keeps the pages around what is shown.

import type { TraceListRow } from '../../../../shared/contract/traces.ts'
import type { PageClient } from '../../../state/client.ts'
import { questionOf } from '../../../state/question.ts'
import { RequestCancelled, toRequestError, type RequestError } from '../../../state/request-error.ts'
import { createStore, type Store } from '../../../state/store.ts'
import { newestFirst, printSort, type TraceSort } from './sort.ts'

export const pageSize = 200
/** Pages kept around the window; 4,800 rows are about 2 MB. */
const mostPages = 24

export type Pages = ReadonlyMap<number, readonly TraceListRow[]>

/** What is asked of the engine. */
export interface Wanted {
  readonly sort: TraceSort
  /** Empty asks for every trace. */
  readonly query: string
}

export interface TraceListState extends Wanted {
  /** The query whose answer is shown: an older one while the next is on the way, was cancelled or failed. */
  readonly shown: string | undefined
  /** The reader did not wait for `query`. */
  readonly cancelled: boolean
  /** Milliseconds from the last question to its answer. */
  readonly took: number | undefined
  /** Absent until the first answer. */
  readonly total: number | undefined
  readonly pages: Pages
  readonly error: RequestError | undefined
  /** Another order or query has been asked for, and what is shown is still the old one. */
  readonly resorting: boolean
  /** Counts answers that replaced all pages. */
  readonly revision: number
  /** By how many rows the anchor moved with that revision; the reader's eye should not notice. */
  readonly shift: number
  /** What that revision answered: another order or query starts at the top. */
  readonly reason: 'first' | 'sorted' | 'grown'
}

export interface Anchor {
  readonly id: number
  readonly index: number
}

export interface TraceList extends Store<TraceListState> {
  /** Loads what is missing of these rows. */
  readonly show: (first: number, last: number) => void
  /** Asks something else; what is shown stays until the answer is there. */
  readonly want: (wanted: Partial<Wanted>) => void
  /** Does not wait for the answer any longer. */
  readonly cancel: () => void
  /** Asks everything shown again. The anchor is a row whose place must not move under the reader. */
  readonly refresh: (anchor: Anchor | undefined) => Promise<void>
}

export function createTraceList(client: PageClient, sort: TraceSort = newestFirst): TraceList {
  const store = createStore<TraceListState>({
    sort,
    query: '',
    shown: undefined,
    cancelled: false,
    took: undefined,
    total: undefined,
    pages: new Map(),
    error: undefined,
    resorting: false,
    revision: 0,
    shift: 0,
    reason: 'first',
  })
  let shown = { first: 0, last: 0 }
  /** Requests of the present order; aborted together when another is asked for. */
  let asked = new Map<number, AbortController>()
  let refreshing = false
  /** When `now` is: the same for every page of an answer, or a row could stand in two. */
  let askedAt = Date.now()

  const ask = async (page: number, signal: AbortSignal) => {
    const { sort: by, query } = store.get()
    const where = query === '' ? {} : { where: questionOf(query, askedAt) }
    return client.ask(
      'traces.list',
      { ...where, sort: by.field, descending: by.descending, offset: page * pageSize, limit: pageSize },
      signal,
    )
  }

  const fail = (caught: unknown) => {
    if (caught instanceof RequestCancelled) return
    store.update(state => ({ ...state, error: toRequestError(caught), resorting: false }))
  }

  const load = async (page: number) => {
    const abort = new AbortController()
    asked.set(page, abort)
    const began = performance.now()
    try {
      const { total, rows } = await ask(page, abort.signal)
      if (abort.signal.aborted) return
      store.update(state => ({
        ...state,
        total,
        ...(state.shown === undefined ? { shown: state.query, took: performance.now() - began } : {}),
        error: undefined,
        pages: near(new Map([...state.pages, [page, rows]]), page),
        revision: state.total === undefined ? state.revision + 1 : state.revision,
      }))
    } catch (caught) {
      fail(caught)
    } finally {
      if (asked.get(page) === abort) asked.delete(page)
    }
  }

  const show = (first: number, last: number) => {
    shown = { first, last }
    // What is asked was given up: the pages of what is shown cannot be asked for.
    if (store.get().resorting || store.get().cancelled) return
    for (const [page, abort] of asked) {
      // Scrolled past: what nobody sees is not worth its query.
      if (page < pageOf(first) - 1 || page > pageOf(last) + 1) {
        abort.abort()
        asked.delete(page)
      }
    }
    for (const page of pagesOf(first, last)) if (!store.get().pages.has(page) && !asked.has(page)) void load(page)
  }

  const abortAll = () => {
    for (const abort of asked.values()) abort.abort()
    asked = new Map()
  }

  const change = async (wanted: Partial<Wanted>) => {
    const now = store.get()
    const next = { sort: wanted.sort ?? now.sort, query: wanted.query ?? now.query }
    if (printSort(next.sort) === printSort(now.sort) && next.query === now.query && !now.cancelled) return
    abortAll()
    const abort = new AbortController()
    asked.set(-1, abort)
    askedAt = Date.now()
    const began = performance.now()
    store.update(state => ({ ...state, ...next, resorting: true, cancelled: false, error: undefined }))
    try {
      const { total, rows } = await ask(0, abort.signal)
      if (abort.signal.aborted) return
      store.update(state => ({
        ...state,
        total,
        shown: next.query,
        took: performance.now() - began,
        pages: new Map([[0, rows]]),
        resorting: false,
        revision: state.revision + 1,
        shift: 0,
        reason: 'sorted',
      }))
    } catch (caught) {
      fail(caught)
    } finally {
      if (asked.get(-1) === abort) asked.delete(-1)
    }
  }

  const cancel = () => {
    if (!store.get().resorting) return
    abortAll()
    store.update(state => ({ ...state, resorting: false, cancelled: true }))
  }

  const refresh = async (anchor: Anchor | undefined) => {
    if (refreshing || store.get().resorting || store.get().cancelled) return
    refreshing = true
    abortAll()
    askedAt = Date.now()
    const abort = new AbortController()
    asked.set(-1, abort)
    try {
      const before = store.get().total ?? 0
      const pages = new Map<number, readonly TraceListRow[]>()
      let total = before
      const fill = async (first: number, last: number) => {
        for (const page of pagesOf(Math.max(0, first), last)) {
          if (pages.has(page)) continue
          const answer = await ask(page, abort.signal)
          total = answer.total
          pages.set(page, answer.rows)
        }
      }
      await fill(shown.first, shown.last)
      let shift = 0
      if (anchor) {
        // Mostly everything new lies on one side of the reader: then the row moved by all of it, or not at all.
        let now = indexOf(pages, anchor.id)
        if (now === undefined && total > before) {
          await fill(anchor.index + total - before, anchor.index + total - before)
          now = indexOf(pages, anchor.id)
        }
        shift = now === undefined ? 0 : now - anchor.index
        if (shift !== 0) await fill(shown.first + shift, shown.last + shift)
      }
      if (abort.signal.aborted) return
      store.update(state => ({
        ...state,
        total,
        pages,
        shown: state.query,
        error: undefined,
        revision: state.revision + 1,
        shift,
        reason: 'grown',
      }))
    } catch (caught) {
      fail(caught)
    } finally {
      refreshing = false
      if (asked.get(-1) === abort) asked.delete(-1)
    }
  }

  return { ...store, show, want: wanted => void change(wanted), cancel, refresh }
}

export function rowAt(pages: Pages, index: number): TraceListRow | undefined {
  return pages.get(pageOf(index))?.[index % pageSize]
}

function indexOf(pages: Pages, id: number): number | undefined {
  for (const [page, rows] of pages) {
    const at = rows.findIndex(row => row.id === id)
    if (at >= 0) return page * pageSize + at
  }
  return undefined
}

function pageOf(index: number): number {
  return Math.floor(index / pageSize)
}

function pagesOf(first: number, last: number): number[] {
  const from = pageOf(first)
  return Array.from({ length: pageOf(last) - from + 1 }, (_, i) => from + i)
}

/** At most `mostPages`, those around `page`. */
function near(pages: Map<number, readonly TraceListRow[]>, page: number): Pages {
  if (pages.size <= mostPages) return pages
  const kept = [...pages].toSorted(([a], [b]) => Math.abs(a - page) - Math.abs(b - page)).slice(0, mostPages)
  return new Map(kept)
}
