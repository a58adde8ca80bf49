/**
 * Rows by start time (microseconds, then the nanoseconds that remain), then by row; rows without a start come last.
 *
 * Files are mostly sorted already, which costs one look. Otherwise time and row are packed into one double and sorted
 * natively, many times faster than with a comparator; times too far apart for 53 bits fall back to the comparator.
 */
export function sortByStart(count: number, start: Float64Array, startNs: Uint16Array): Uint32Array {
  const sorted = new Uint32Array(count)
  if (isSorted(count, start, startNs)) {
    for (let i = 0; i < count; i++) sorted[i] = i
    return sorted
  }
  let first = Infinity
  let latest = -Infinity
  let dated = 0
  for (let i = 0; i < count; i++) {
    const at = start[i]!
    if (Number.isNaN(at)) continue
    dated++
    if (at < first) first = at
    if (at > latest) latest = at
  }
  const byTime = sorted.subarray(0, dated)
  if ((latest - first + 1) * count < Number.MAX_SAFE_INTEGER) sortPacked(byTime, count, first, start, startNs)
  else sortCompared(byTime, count, start, startNs)
  let at = dated
  for (let i = 0; i < count; i++) if (Number.isNaN(start[i]!)) sorted[at++] = i
  return sorted
}

function isSorted(count: number, start: Float64Array, startNs: Uint16Array): boolean {
  for (let i = 1; i < count; i++) {
    const before = start[i - 1]!
    const at = start[i]!
    if (Number.isNaN(before) ? !Number.isNaN(at) : at < before || (at === before && startNs[i]! < startNs[i - 1]!))
      return false
  }
  return true
}

function sortPacked(into: Uint32Array, count: number, first: number, start: Float64Array, startNs: Uint16Array): void {
  const keys = new Float64Array(into.length)
  let at = 0
  for (let i = 0; i < count; i++) if (!Number.isNaN(start[i]!)) keys[at++] = (start[i]! - first) * count + i
  keys.sort()
  for (let k = 0; k < keys.length; k++) into[k] = keys[k]! % count
  sortRuns(into, start, startNs)
}

/**
 * Within one microsecond, by the nanoseconds: such runs are short in real traces; a long one is sorted properly. No function is
 * made inside the loop: V8 then threw its optimised code away at every turn of it, 10,000 times in an import of 1 GB.
 */
function sortRuns(into: Uint32Array, start: Float64Array, startNs: Uint16Array): void {
  const byNanoseconds = (a: number, b: number) => startNs[a]! - startNs[b]! || a - b
  let from = 0
  let mixed = false
  for (let to = 1; to <= into.length; to++) {
    if (to < into.length && start[into[to]!] === start[into[from]!]) {
      if (startNs[into[to]!]! < startNs[into[to - 1]!]!) mixed = true
      continue
    }
    if (mixed) into.subarray(from, to).sort(byNanoseconds)
    from = to
    mixed = false
  }
}

function sortCompared(into: Uint32Array, count: number, start: Float64Array, startNs: Uint16Array): void {
  let at = 0
  for (let i = 0; i < count; i++) if (!Number.isNaN(start[i]!)) into[at++] = i
  into.sort((a, b) => start[a]! - start[b]! || startNs[a]! - startNs[b]! || a - b)
}
