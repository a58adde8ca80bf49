import type { Store } from '../open.ts'

/** How long it took: one that ends before it starts does not say. */
const known = 'dur * 1000 + dur_ns >= 0'

/**
 * Spans that took longer than 95% of the spans of their kind and name, by nearest rank: of fewer than twenty none is slow.
 * In typed arrays: SQLite sorts a million rows in three seconds for this.
 */
export function slowSpans(store: Store): number[] {
  const { n } = store.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM span WHERE ${known}`).get()!
  const ids = new Float64Array(n)
  const lengths = new Float64Array(n)
  const groupOf = new Uint32Array(n)
  const groups = new Map<number, number>()
  const rows = store.db
    .prepare<[], number[]>(`SELECT id, name * 16 + kind, dur + dur_ns / 1000.0 FROM span WHERE ${known} ORDER BY id`)
    .raw()
  let row = 0
  for (const [id, peers, length] of rows.iterate() as Iterable<[number, number, number]>) {
    let group = groups.get(peers)
    if (group === undefined) groups.set(peers, (group = groups.size))
    ids[row] = id
    lengths[row] = length
    groupOf[row++] = group
  }
  const bars = barsOf(lengths, groupOf, groups.size)
  return Array.from(ids.filter((_, i) => lengths[i]! > bars[groupOf[i]!]!))
}

/** The length at 95% of each group. */
export function barsOf(lengths: Float64Array, groupOf: Uint32Array, groups: number): Float64Array {
  const ends = new Uint32Array(groups + 1)
  for (const group of groupOf) ends[group + 1]!++
  for (let g = 0; g < groups; g++) ends[g + 1]! += ends[g]!
  const next = ends.slice()
  const sorted = new Float64Array(lengths.length)
  for (const [i, length] of lengths.entries()) sorted[next[groupOf[i]!]!++] = length
  return Float64Array.from({ length: groups }, (_, g) => {
    const own = sorted.subarray(ends[g], ends[g + 1]).sort()
    return own[Math.ceil((own.length * 95) / 100) - 1]!
  })
}
