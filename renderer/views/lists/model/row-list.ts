// A list as a window onto the store: the reader process sorts and counts, this keeps the pages around what is shown, as columns
// rather than objects. A million rows are 26 million pixels; Chromium stops at 33.

import type { ListKind } from '../../../../shared/contract/lists.ts'
import type { Searched } from '../../../../shared/contract/search.ts'
import type { PageClient } from '../../../state/client.ts'
import { questionOf } from '../../../state/question.ts'
import { RequestCancelled, toRequestError, type RequestError } from '../../../state/request-error.ts'
import { createStore, type Store } from '../../../state/store.ts'
import { idOf, pageOfGroups, pageOfRows, type ListRow, type Page } from './page.ts'
import { newestFirst, printSort, type GroupSort, type ListSort } from './sort.ts'

export const pageSize = 200
/** Milliseconds after which what was found so far is shown: reading goes on with the next question. */
const patience = 150
/** Pages kept around the window; 4,800 rows are about 2 MB. */
const mostPages = 24

export type Pages = ReadonlyMap<number, Page>

/** What is asked of the store. */
export interface Wanted {
  readonly sort: ListSort
  /** Empty asks for everything. */
  readonly query: string
  /** Columns of the rows; what a list needs for itself comes besides. */
  readonly columns: readonly string[]
  /** The field whose values are listed in place of the rows. */
  readonly group: string | undefined
}

export interface ListState extends Wanted {
  /** The query whose answer is shown: an older one while the next is on the way, was cancelled or failed. */
  readonly shown: string | undefined
  /** What its rows are grouped by. */
  readonly shownGroup: string | undefined
  /** The reader did not wait for `query`. */
  readonly cancelled: boolean
  /** Milliseconds from the last question to its answer. */
  readonly took: number | undefined
  /** Absent until the first answer. */
  readonly total: number | undefined
  /** No import is running that could change it. */
  readonly exact: boolean
  /** Texts or records are still being read: the rows are those found so far. `refresh` reads on. */
  readonly searched: Searched | undefined
  /** The reader had it stopped there. */
  readonly stopped: boolean
  readonly pages: Pages
  readonly error: RequestError | undefined
  /** What is shown answers an earlier question, and the last one failed: its rows are not those of `query`. */
  readonly behind: boolean
  /** Another order or query has been asked for, and what is shown is still the old one. */
  readonly resorting: boolean
  /** Counts answers that replaced all pages. */
  readonly revision: number
  /** By how many rows the anchor moved with that revision; the reader's eye should not notice. */
  readonly shift: number
  /** What that revision answered: another order or query starts at the top. */
  readonly reason: 'first' | 'sorted' | 'grown' | 'columns'
}

export interface Anchor {
  readonly id: number
  readonly index: number
}

export interface RowList extends Store<ListState> {
  /** Loads what is missing of these rows. */
  readonly show: (first: number, last: number) => void
  /** Asks something else; what is shown stays until the answer is there. */
  readonly want: (wanted: Partial<Wanted>) => void
  /** Does not wait for the answer any longer. */
  readonly cancel: () => void
  /** Asks everything shown again. The anchor is a row whose place must not move under the reader. */
  readonly refresh: (anchor: Anchor | undefined) => Promise<void>
  /** A row that may not be in the page yet. */
  readonly find: (index: number) => Promise<ListRow | undefined>
}

export function createRowList(client: PageClient, list: ListKind, columns: readonly string[]): RowList {
  const store = createStore<ListState>({
    sort: newestFirst,
    query: '',
    columns,
    group: undefined,
    shown: undefined,
    shownGroup: undefined,
    cancelled: false,
    took: undefined,
    total: undefined,
    exact: true,
    searched: undefined,
    stopped: false,
    pages: new Map(),
    error: undefined,
    behind: false,
    resorting: false,
    revision: 0,
    shift: 0,
    reason: 'first',
  })
  let shown = { first: 0, last: 0 }
  /** Requests of the present order; aborted together when another is asked for. */
  let asked = new Map<number, AbortController>()
  let refreshing = false
  /** Something changed while an answer was on its way that may not know it: then it is asked again. */
  let due: { readonly anchor: Anchor | undefined } | undefined
  /** When `now` is: the same for every page of an answer, or a row could stand in two. */
  let askedAt = Date.now()

  const ask = async (page: number, signal: AbortSignal) => {
    const { sort, query, columns: wanted, group } = store.get()
    const window = {
      list,
      ...(query === '' ? {} : { where: { ...questionOf(query, askedAt), patience } }),
      offset: page * pageSize,
      limit: pageSize,
    }
    const { descending } = sort
    if (group !== undefined) {
      const by = { by: group, sort: sort.column as GroupSort, descending }
      const groups = await client.ask('lists.groups', { ...window, ...by }, signal)
      const { total, exact, searched } = groups
      return { total, exact, searched, rows: pageOfGroups(groups, window.offset) }
    }
    const asked = { columns: [...new Set([...wanted, ...needed[list]])], sort }
    const answer = await client.ask('lists.rows', { ...window, ...asked }, signal)
    const { total, exact, searched } = answer
    return { total, exact, searched, rows: pageOfRows(answer) }
  }

  const fail = (caught: unknown, behind = false) => {
    if (caught instanceof RequestCancelled) return
    const error = toRequestError(caught)
    store.update(state => ({ ...state, error, behind: behind || state.behind, resorting: false }))
  }

  const refreshIfDue = (shift?: number) => {
    if (!due) return
    const { anchor } = due
    due = undefined
    void refresh(anchor && shift !== undefined ? { ...anchor, index: anchor.index + shift } : undefined)
  }

  const load = async (page: number) => {
    const abort = new AbortController()
    asked.set(page, abort)
    const began = performance.now()
    try {
      const { total, exact, searched, rows } = await ask(page, abort.signal)
      if (abort.signal.aborted) return
      store.update(state => ({
        ...state,
        total,
        exact,
        searched,
        ...(state.shown === undefined
          ? { shown: state.query, shownGroup: state.group, took: performance.now() - began }
          : {}),
        error: undefined,
        pages: near(new Map([...state.pages, [page, rows]]), page),
        revision: state.total === undefined ? state.revision + 1 : state.revision,
      }))
    } catch (caught) {
      fail(caught)
    } finally {
      if (asked.get(page) === abort) asked.delete(page)
      refreshIfDue(0)
    }
  }

  const show = (first: number, last: number) => {
    shown = { first, last }
    // What is asked was given up or failed: the pages of what is shown cannot be asked for.
    const { resorting, cancelled, behind } = store.get()
    if (resorting || cancelled || behind) return
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
    const next = {
      sort: wanted.sort ?? now.sort,
      query: wanted.query ?? now.query,
      columns: wanted.columns ?? now.columns,
      group: 'group' in wanted ? wanted.group : now.group,
    }
    const sameRows =
      printSort(next.sort) === printSort(now.sort) && next.query === now.query && next.group === now.group
    const hasRows = !now.cancelled && !now.behind && !now.stopped
    if (sameRows && isSame(next.columns, now.columns) && hasRows) return
    if (sameRows && hasRows && now.total !== undefined) {
      store.update(state => ({ ...state, columns: next.columns }))
      // A column less needs nothing new.
      if (next.columns.some(column => !now.columns.includes(column))) await refresh(undefined, 'columns')
      return
    }
    abortAll()
    const abort = new AbortController()
    asked.set(-1, abort)
    askedAt = Date.now()
    const began = performance.now()
    store.update(state => ({
      ...state,
      ...next,
      resorting: true,
      cancelled: false,
      searched: undefined,
      stopped: false,
      ...(sameRows ? {} : { error: undefined }),
    }))
    try {
      const { total, exact, searched, rows } = await ask(0, abort.signal)
      if (abort.signal.aborted) return
      store.update(state => ({
        ...state,
        total,
        exact,
        searched,
        shown: next.query,
        shownGroup: next.group,
        took: performance.now() - began,
        pages: new Map([[0, rows]]),
        error: undefined,
        behind: false,
        resorting: false,
        revision: state.revision + 1,
        shift: 0,
        reason: 'sorted',
      }))
    } catch (caught) {
      fail(caught, store.get().total !== undefined)
    } finally {
      if (asked.get(-1) === abort) asked.delete(-1)
      refreshIfDue()
    }
  }

  const cancel = () => {
    const { resorting, searched } = store.get()
    if (!resorting && !searched) return
    abortAll()
    store.update(state => (resorting ? { ...state, resorting: false, cancelled: true } : { ...state, stopped: true }))
  }

  const refresh = async (anchor: Anchor | undefined, reason: 'grown' | 'columns' = 'grown') => {
    const { resorting, cancelled, stopped, behind, total: known } = store.get()
    if (cancelled || stopped) return
    if ((refreshing && reason === 'grown') || resorting || (known === undefined && asked.size > 0)) {
      due = { anchor }
      return
    }
    if (behind) return change({})
    refreshing = true
    abortAll()
    askedAt = Date.now()
    const abort = new AbortController()
    asked.set(-1, abort)
    let shift = 0
    try {
      const before = store.get().total ?? 0
      const pages = new Map<number, Page>()
      let total = before
      let isExact = true
      let searched: Searched | undefined
      const fill = async (first: number, last: number) => {
        for (const page of pagesOf(Math.max(0, first), last)) {
          if (pages.has(page)) continue
          const answer = await ask(page, abort.signal)
          total = answer.total
          isExact = answer.exact
          searched = answer.searched
          pages.set(page, answer.rows)
        }
      }
      await fill(shown.first, shown.last)
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
        exact: isExact,
        searched,
        pages,
        shown: state.query,
        shownGroup: state.group,
        error: undefined,
        revision: state.revision + 1,
        shift,
        reason,
      }))
    } catch (caught) {
      fail(caught)
    } finally {
      refreshing = false
      if (asked.get(-1) === abort) asked.delete(-1)
      refreshIfDue(shift)
    }
  }

  const find = async (index: number) => {
    const { pages, total = 0, resorting, cancelled, behind } = store.get()
    const known = rowAt(pages, index)
    if (known || resorting || cancelled || behind || index < 0 || index >= total) return known
    await load(pageOf(index))
    return rowAt(store.get().pages, index)
  }

  return {
    ...store,
    show,
    want: wanted => void change(wanted),
    cancel,
    refresh: anchor => refresh(anchor),
    find,
  }
}

export function rowAt(pages: Pages, index: number): ListRow | undefined {
  const page = pages.get(pageOf(index))
  const i = index % pageSize
  return page && i < page.count ? { page, i } : undefined
}

/** Where a row stands that is kept. */
export function indexOf(pages: Pages, id: number): number | undefined {
  for (const [number, page] of pages) {
    const i = page.id.indexOf(id)
    if (i >= 0) return number * pageSize + i
  }
  return undefined
}

export function anchorAt(pages: Pages, index: number): Anchor | undefined {
  const row = rowAt(pages, index)
  return row && { id: idOf(row), index }
}

/** Columns that a list needs whatever is shown: to open a row, and to say why a cost is unknown. */
const needed: Readonly<Record<ListKind, readonly string[]>> = {
  traces: ['trace', 'name', 'calls', 'uncosted', 'growing'],
  spans: ['trace', 'name'],
  calls: ['trace', 'name'],
  sessions: ['session', 'calls', 'uncosted'],
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i])
}

function pageOf(index: number): number {
  return Math.floor(index / pageSize)
}

function pagesOf(first: number, last: number): number[] {
  const from = pageOf(first)
  return Array.from({ length: pageOf(last) - from + 1 }, (_, i) => from + i)
}

/** At most `mostPages`, those around `page`. */
function near(pages: Map<number, Page>, page: number): Pages {
  if (pages.size <= mostPages) return pages
  const kept = [...pages].toSorted(([a], [b]) => Math.abs(a - page) - Math.abs(b - page)).slice(0, mostPages)
  return new Map(kept)
}
