import type { Output } from '../../../../shared/contract/index.ts'
import type { ListValue } from '../../../../shared/contract/lists.ts'

export type Answer = Output<'costs.table'>

/** Rows of one request. */
export const pageSize = 200

/** The rows within one group: how many there are, and the pages of them that are held. */
export interface Group {
  readonly rows: number
  readonly pages: ReadonlyMap<number, Answer>
}

/** A path is the key of a group as JSON; all rows together are `[]`. */
export const top = '[]'

/** A row of the tree: a group within the groups above it. */
export interface TreeRow {
  readonly id: string
  readonly key: readonly (ListValue | null)[]
  readonly depth: number
  readonly isOpen: boolean
  readonly hasMore: boolean
  /** Its place among the rows of its group, and how many these are. */
  readonly place: number
  readonly siblings: number
  /** Undefined while it is on the way: then it has no key. */
  readonly answer: Answer | undefined
  /** Its place in the answer. */
  readonly at: number
}

/** Rows of a group that stand one below another. */
interface Stretch {
  readonly path: string
  readonly depth: number
  readonly group: Group
  /** Place in the group of the first, and in the tree. */
  readonly from: number
  readonly start: number
  readonly count: number
}

/** Groups by the first field, and below those that are open by the next one, as one list of rows that can be asked by number. */
export class RowTree {
  readonly count: number
  private readonly stretches: readonly Stretch[]
  private readonly open: ReadonlySet<string>
  private readonly depths: number

  /** `places` of open groups among their siblings: one whose place nobody knows unfolds when it comes into sight. */
  constructor(
    groups: ReadonlyMap<string, Group>,
    open: ReadonlySet<string>,
    places: ReadonlyMap<string, number>,
    depths: number,
  ) {
    this.open = open
    this.depths = depths
    const within = new Map<string, { readonly id: string; readonly place: number }[]>()
    for (const id of open) {
      const place = places.get(id)
      if (place === undefined || !groups.has(id)) continue
      const above = pathAbove(id)
      within.set(above, [...(within.get(above) ?? []), { id, place }])
    }
    const stretches: Stretch[] = []
    let start = 0
    const add = (path: string, depth: number): void => {
      const group = groups.get(path)
      if (!group) return
      let from = 0
      const upTo = (to: number) => {
        const count = Math.min(to, group.rows) - from
        if (count <= 0) return
        stretches.push({ path, depth, group, from, start, count })
        start += count
        from += count
      }
      for (const { id, place } of (within.get(path) ?? []).toSorted((a, b) => a.place - b.place)) {
        upTo(place + 1)
        if (place < group.rows) add(id, depth + 1)
      }
      upTo(group.rows)
    }
    add(top, 0)
    this.stretches = stretches
    this.count = start
  }

  row(index: number): TreeRow | undefined {
    const stretch = this.stretches[this.stretchAt(index)]
    if (!stretch || index < 0 || index >= this.count) return undefined
    const { path, depth, group } = stretch
    const place = stretch.from + index - stretch.start
    const at = place % pageSize
    const answer = group.pages.get(Math.floor(place / pageSize))
    const key = answer?.keys[at]
    const common = { depth, place, siblings: group.rows, at, hasMore: depth + 1 < this.depths }
    if (!answer || !key) {
      return { ...common, id: `${path} ${place}`, key: [], isOpen: false, hasMore: false, answer: undefined }
    }
    const id = JSON.stringify(key)
    return { ...common, id, key, isOpen: this.open.has(id), answer }
  }

  /** The row that a row stands under; -1 for those at the top. */
  above(index: number): number {
    const depth = this.row(index)?.depth ?? 0
    for (let s = this.stretchAt(index) - 1; s >= 0; s--) {
      const { depth: other, start, count } = this.stretches[s]!
      if (other < depth) return start + count - 1
    }
    return -1
  }

  /** Pages that these rows stand on, as `[path, page]`. */
  pages(first: number, last: number): (readonly [path: string, page: number])[] {
    const found: (readonly [string, number])[] = []
    for (let s = this.stretchAt(Math.max(0, first)); s < this.stretches.length; s++) {
      const { path, from, start, count } = this.stretches[s]!
      if (start > last) break
      const begin = from + Math.max(0, first - start)
      const end = from + Math.min(count - 1, last - start)
      for (let page = Math.floor(begin / pageSize); page <= Math.floor(end / pageSize); page++) found.push([path, page])
    }
    return found
  }

  private stretchAt(index: number): number {
    let [low, high] = [0, this.stretches.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.stretches[middle]!.start <= index) low = middle
      else high = middle - 1
    }
    return low
  }
}

export function pathAbove(path: string): string {
  return JSON.stringify((JSON.parse(path) as unknown[]).slice(0, -1))
}
