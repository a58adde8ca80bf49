import type { Measure } from '../../../../shared/query/cost-measures.ts'
import { pageSize, pathAbove, top, type Answer, type Group } from './row-tree.ts'

/** What is held of the answers to one question: the pages in sight, and how long everything is. */
export interface Known {
  readonly turn: string
  readonly question: string
  /** In the order of the answers' values: the columns may be others by now. */
  readonly measures: readonly Measure[]
  readonly groups: ReadonlyMap<string, Group>
  /** Of open groups among their siblings. */
  readonly places: ReadonlyMap<string, number>
  readonly all: Answer | undefined
  /** Something asked for is not read yet. */
  readonly isReading: boolean
}

export const nothing: Known = {
  turn: '',
  question: '',
  measures: [],
  groups: new Map(),
  places: new Map(),
  all: undefined,
  isReading: false,
}

export interface Found {
  readonly path: string
  readonly page: number
  readonly answer: Answer
}

/** With what was found; of the rest what is in sight, and the first page of each group. */
export function held(
  old: Known,
  found: readonly Found[],
  inSight: readonly (readonly [string, number])[],
  open: ReadonlySet<string>,
): Known {
  const stays = new Set(inSight.map(one => one.join(' ')))
  const groups = new Map<string, { rows: number; pages: Map<number, Answer> }>()
  for (const [path, { rows, pages }] of old.groups) {
    if (path !== top && !open.has(path)) continue
    const kept = [...pages].filter(([page]) => page === 0 || stays.has(`${path} ${page}`))
    groups.set(path, { rows, pages: new Map(kept) })
  }
  for (const { path, page, answer } of found) {
    const group = groups.get(path)
    groups.set(path, { rows: answer.rows, pages: (group?.pages ?? new Map<number, Answer>()).set(page, answer) })
  }
  const isReading = found.some(({ answer }) => answer.searched !== undefined)
  const all = groups.get(top)?.pages.get(0)
  return { ...old, groups, all, isReading, places: placesOf(groups, open, old.places) }
}

/** Where open groups stand among their siblings, as far as a page shows it or did. */
export function placesOf(
  groups: ReadonlyMap<string, Group>,
  open: ReadonlySet<string>,
  before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  const above = new Set([...open].map(pathAbove))
  for (const path of above) {
    for (const [page, { keys }] of groups.get(path)?.pages ?? []) {
      for (const [at, key] of keys.entries()) {
        const id = JSON.stringify(key)
        if (open.has(id)) places.set(id, page * pageSize + at)
      }
    }
  }
  for (const id of open) {
    const place = before.get(id)
    if (place !== undefined && !places.has(id)) places.set(id, place)
  }
  return places
}
