import { endOfRun, type Hidden } from './hiding.ts'
import { firstSibling, hasChildren, nextSibling, type Shape } from './shape.ts'

/** Which rows are folded: 1 hides a row's descendants. Never changed in place. Nothing folds by itself. */
export type Folding = Uint8Array

export function nothingFolded(shape: Shape): Folding {
  return new Uint8Array(shape.count)
}

/**
 * The rows on screen, in order: a folded row skips to the end of its range, so this costs what is visible. Of hidden rows
 * the first of each run stands for all of it.
 */
export function visibleRows(shape: Shape, folded: Folding, hidden?: Hidden): Uint32Array {
  const { count, last } = shape
  const rows = new Uint32Array(count)
  let visible = 0
  for (let row = 0; row < count;) {
    rows[visible++] = row
    if (hidden && hidden[row] !== 0) row = endOfRun(shape, hidden, row) + 1
    else row = folded[row] ? last[row]! + 1 : row + 1
  }
  return rows.subarray(0, visible)
}

/** Where a row stands on screen; a hidden row stands where its nearest visible ancestor does. -1 when there are none. */
export function positionOf(visible: Uint32Array, row: number): number {
  let low = 0
  let high = visible.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (visible[middle]! <= row) low = middle + 1
    else high = middle - 1
  }
  return high
}

export function setFolded(folded: Folding, row: number, fold: boolean): Folding {
  if (Boolean(folded[row]) === fold) return folded
  const next = folded.slice()
  next[row] = fold ? 1 : 0
  return next
}

/** Folds or unfolds a row and everything below it. */
export function foldSubtree(shape: Shape, folded: Folding, row: number, fold: boolean): Folding {
  const next = folded.slice()
  for (let i = row; i <= shape.last[row]!; i++) next[i] = fold && hasChildren(shape, i) ? 1 : 0
  return next
}

/** Unfolds a row and its siblings. */
export function unfoldSiblings(shape: Shape, folded: Folding, row: number): Folding {
  const next = folded.slice()
  for (let i = firstSibling(shape, row); i >= 0; i = nextSibling(shape, i)) next[i] = 0
  return next
}

/** Shows `level` levels below the roots: 1 shows the roots' children, and so on. */
export function unfoldToLevel(shape: Shape, level: number): Folding {
  const next = nothingFolded(shape)
  for (let row = 0; row < shape.count; row++) next[row] = shape.depth[row]! >= level && hasChildren(shape, row) ? 1 : 0
  return next
}

/** Unfolds what hides a row. */
export function reveal(shape: Shape, folded: Folding, row: number): Folding {
  let next: Folding | undefined
  for (let above = shape.parent[row]!; above >= 0; above = shape.parent[above]!) {
    if (!folded[above]) continue
    next ??= folded.slice()
    next[above] = 0
  }
  return next ?? folded
}
