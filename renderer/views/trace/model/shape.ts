/** A forest as columns in reading order: row i's descendants are rows i+1 … last[i]. */
export interface ForestColumns {
  readonly last: Uint32Array
  readonly kind: Uint8Array
  readonly name: Uint32Array
  readonly status: Uint8Array
}

/**
 * Who is whose child, read once from the ranges of a forest. Typed arrays only: 100,000 rows cost four arrays, not
 * 100,000 objects. A row that is not there is -1.
 */
export interface Shape {
  readonly count: number
  readonly roots: number
  readonly last: Uint32Array
  readonly parent: Int32Array
  readonly previous: Int32Array
  readonly children: Uint32Array
  /** Position among its siblings, from 1. */
  readonly position: Uint32Array
  readonly depth: Uint32Array
}

export function readShape(last: Uint32Array): Shape {
  const count = last.length
  const parent = new Int32Array(count)
  const previous = new Int32Array(count).fill(-1)
  const children = new Uint32Array(count)
  const position = new Uint32Array(count)
  const depth = new Uint32Array(count)
  let roots = 0
  let above = -1
  for (let row = 0; row < count; row++) {
    while (above >= 0 && last[above]! < row) above = parent[above]!
    parent[row] = above
    position[row] = above < 0 ? ++roots : ++children[above]!
    depth[row] = above < 0 ? 0 : depth[above]! + 1
    if (last[row]! > row) above = row
  }
  for (let row = 0; row < count; row++) {
    const next = last[row]! + 1
    if (next < count && parent[next] === parent[row]) previous[next] = row
  }
  return { count, roots, last, parent, previous, children, position, depth }
}

export function hasChildren(shape: Shape, row: number): boolean {
  return shape.last[row]! > row
}

/** How many siblings a row has, itself included. */
export function siblingCount(shape: Shape, row: number): number {
  const parent = shape.parent[row]!
  return parent < 0 ? shape.roots : shape.children[parent]!
}

export function nextSibling(shape: Shape, row: number): number {
  const next = shape.last[row]! + 1
  return next < shape.count && shape.parent[next] === shape.parent[row] ? next : -1
}

export function firstSibling(shape: Shape, row: number): number {
  const parent = shape.parent[row]!
  return parent < 0 ? 0 : parent + 1
}

export function rootOf(shape: Shape, row: number): number {
  let root = row
  while (shape.parent[root]! >= 0) root = shape.parent[root]!
  return root
}

/** The next row, in steps of `step` and around the end, that `fits`; -1 when none other does. */
export function findRow(count: number, from: number, step: 1 | -1, fits: (row: number) => boolean): number {
  const start = from < 0 ? (step > 0 ? -1 : 0) : from
  for (let i = 1; i <= count; i++) {
    const row = (((start + i * step) % count) + count) % count
    if (fits(row)) return row
  }
  return -1
}

/** The next span of the same kind and name: the same operation, wherever it stands. */
export function nextPeer(tree: ForestColumns, from: number, step: 1 | -1): number {
  return findRow(
    tree.last.length,
    from,
    step,
    row => tree.kind[row] === tree.kind[from] && tree.name[row] === tree.name[from],
  )
}
