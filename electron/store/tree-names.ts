import type { Store } from './open.ts'

/** Ids apart at most for a table of places instead of a Map, which takes ten times as long. */
const widest = 1 << 22

/**
 * Texts of names, each read and sent once: the columns have ids of names, and get places among the texts instead. The first
 * text is '' and stands for none, as the id 0 does.
 */
export function readNames(store: Store, columns: readonly Uint32Array[]): string[] {
  let least = Infinity
  let most = 0
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const id = column[i]!
      if (id > most) most = id
      if (id !== 0 && id < least) least = id
    }
  }
  if (most === 0) return ['']
  const ids = most - least < widest ? byTable(columns, least, most) : byMap(columns)
  // Names that came together lie together: most of a range is then read faster than each by itself.
  return ids.length > 100 && most - least < 3 * ids.length
    ? readRange(store, ids, least, most)
    : ['', ...ids.map(id => store.query<[number], { s: string }>('name-read').get(id)?.s ?? '')]
}

/** Puts places in; answers the ids in order of the places, the first of which is 1. */
function byTable(columns: readonly Uint32Array[], least: number, most: number): number[] {
  const places = new Uint32Array(most - least + 1)
  const ids: number[] = []
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const id = column[i]!
      if (id === 0) continue
      column[i] = places[id - least]! || (places[id - least] = ids.push(id))
    }
  }
  return ids
}

function byMap(columns: readonly Uint32Array[]): number[] {
  const places = new Map<number, number>()
  const ids: number[] = []
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const id = column[i]!
      if (id === 0) continue
      let place = places.get(id)
      if (place === undefined) places.set(id, (place = ids.push(id)))
      column[i] = place
    }
  }
  return ids
}

/** A column by itself: rows of two cells take three times as long. */
function readRange(store: Store, ids: readonly number[], least: number, most: number): string[] {
  const column = <T>(name: 'names-between' | 'name-ids-between') =>
    store.query<[number, number], T>(name).pluck().all(least, most)
  const known = column<string>('names-between')
  const isWhole = known.length === most - least + 1
  const places = isWhole ? undefined : new Map(column<number>('name-ids-between').map((id, i) => [id, i]))
  const texts = Array<string>(ids.length + 1).fill('')
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    const place = places ? places.get(id) : id - least
    if (place !== undefined) texts[i + 1] = known[place]!
  }
  return texts
}
