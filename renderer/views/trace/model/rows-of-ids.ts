/** Ids of spans to rows of their trace, 1 for those that are among them. Those of a trace mostly follow one another: a place each instead of a look-up. */
export function rowsOfIds(all: Float64Array, ids: Float64Array): Uint8Array {
  const rows = new Uint8Array(all.length)
  const first = all.reduce((least, id) => Math.min(least, id), Infinity)
  const length = all.reduce((most, id) => Math.max(most, id), first) - first + 1
  if (length > all.length * 8) {
    const found = new Set(ids)
    for (let row = 0; row < rows.length; row++) if (found.has(all[row]!)) rows[row] = 1
    return rows
  }
  const found = new Uint8Array(length)
  for (const id of ids) found[id - first] = 1
  for (let row = 0; row < rows.length; row++) rows[row] = found[all[row]! - first]!
  return rows
}
