// Where bins of numbers begin and end: at whole numbers that are easy to read, so that a query can name them.

/** Bins of one width, 1, 2 or 5 and zeros. The last edge is greater than every number. */
export function linearEdges(least: number, greatest: number, most: number): Float64Array<ArrayBuffer> {
  const width = easyWidth(least, greatest, most)
  const first = Math.floor(least / width)
  const bins = Math.max(1, Math.floor(greatest / width) - first + 1)
  return Float64Array.from({ length: bins + 1 }, (_, i) => (first + i) * width)
}

function easyWidth(least: number, greatest: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) {
      const width = step * power
      if (Math.floor(greatest / width) - Math.floor(least / width) < most) return width
    }
  }
}

/** Bins that grow by the same factor, several to a power of ten; of numbers above zero. */
export function logEdges(least: number, greatest: number, most: number): Float64Array<ArrayBuffer> {
  const decades = Math.log10(greatest) - Math.log10(least)
  const steps = [20, 10, 5, 3, 2].find(step => decades * step + 2 <= most) ?? 1
  const edges: number[] = []
  for (let k = Math.floor(Math.log10(least) * steps) - 1; ; k++) {
    const edge = easy(10 ** (k / steps))
    if (edge <= least) edges.length = 0
    if (edge !== edges.at(-1)) edges.push(edge)
    if (edge > greatest) return Float64Array.from(edges)
  }
}

/** Three figures, and no fraction. */
function easy(number: number): number {
  const whole = Math.round(number)
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, whole))) - 2)
  return Math.round(whole / power) * power
}

/** The bin that holds a number between the first and the last edge; the last edge is in the last bin. */
export function placeIn(edges: Float64Array, number: number): number {
  let [from, to] = [0, edges.length - 2]
  while (from < to) {
    const middle = (from + to + 1) >>> 1
    if (edges[middle]! <= number) from = middle
    else to = middle - 1
  }
  return from
}
