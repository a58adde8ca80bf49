import type { TraceModel } from '../model.ts'
import {
  foldSubtree,
  type Folding,
  nothingFolded,
  positionOf,
  reveal,
  setFolded,
  shownRow,
  unfoldSiblings,
  unfoldToLevel,
  visibleRows,
} from './folding.ts'
import { findRow, hasChildren, nextPeer, nextSibling, rootOf } from './shape.ts'
import { fitTo, panBy, type TimeRange, zoomAround } from './timeline.ts'

/** Where the reader stands in a trace, what is folded and which time is shown. Never changed in place. */
export interface Cursor {
  readonly row: number
  /** -1 while the whole row has focus, else the column of the cell that has it. */
  readonly column: number
  readonly folded: Folding
  readonly visible: Uint32Array
  readonly range: TimeRange
}

/** A step of the cursor. Gives the same object back when there is nowhere to go. */
export type Move = (model: TraceModel, cursor: Cursor) => Cursor

export function startCursor(model: TraceModel, row = 0): Cursor {
  const folded = nothingFolded(model.shape)
  const known = row >= 0 && row < model.shape.count ? row : 0
  return { row: known, column: -1, folded, visible: visibleRows(model.shape, folded), range: model.whole }
}

/** Goes to a row, unfolding what hides it. -1 goes nowhere. */
export function goTo(row: number): Move {
  return (model, cursor) => {
    if (row < 0 || row >= model.shape.count) return cursor
    const shown = refold(model, cursor, reveal(model.shape, cursor.folded, row))
    return row === shown.row ? shown : { ...shown, row }
  }
}

/** Goes to a cell of a row on screen. */
export function focusCell(row: number, column: number): Move {
  return (model, cursor) => ({ ...goTo(row)(model, cursor), column })
}

function refold(model: TraceModel, cursor: Cursor, folded: Folding): Cursor {
  if (folded === cursor.folded) return cursor
  const row = shownRow(model.shape, folded, cursor.row)
  return { ...cursor, row, folded, visible: visibleRows(model.shape, folded) }
}

/** Moves by rows on screen and stops at both ends. */
export function step(by: number): Move {
  return (_, cursor) => {
    const at = positionOf(cursor.visible, cursor.row)
    const row = cursor.visible[Math.min(cursor.visible.length - 1, Math.max(0, at + by))] ?? cursor.row
    return row === cursor.row ? cursor : { ...cursor, row }
  }
}

/** From a cell: the first or last cell of its row. From a row: the first or last row. */
export function toEdge(end: 'first' | 'last', columns: number): Move {
  return (model, cursor) => {
    if (cursor.column >= 0) return { ...cursor, column: end === 'first' ? 0 : columns - 1 }
    return step(end === 'first' ? -Infinity : Infinity)(model, cursor)
  }
}

/** Unfolds a folded row; on any other goes into its cells. */
export function right(columns: number): Move {
  return (model, cursor) => {
    if (cursor.column >= 0) return { ...cursor, column: Math.min(columns - 1, cursor.column + 1) }
    if (cursor.folded[cursor.row]) return fold(cursor.row, false)(model, cursor)
    return { ...cursor, column: 0 }
  }
}

/** From a cell to the one before it or to its row; folds an unfolded row; from any other goes to its parent. */
export const left: Move = (model, cursor) => {
  if (cursor.column >= 0) return { ...cursor, column: cursor.column - 1 }
  if (hasChildren(model.shape, cursor.row) && !cursor.folded[cursor.row]) return fold(cursor.row, true)(model, cursor)
  return goTo(model.shape.parent[cursor.row]!)(model, cursor)
}

export function fold(row: number, folded: boolean): Move {
  return (model, cursor) =>
    folded && !hasChildren(model.shape, row) ? cursor : refold(model, cursor, setFolded(cursor.folded, row, folded))
}

export function toggle(row: number): Move {
  return (model, cursor) => fold(row, !cursor.folded[row])(model, cursor)
}

export function foldAllBelow(folded: boolean): Move {
  return (model, cursor) => refold(model, cursor, foldSubtree(model.shape, cursor.folded, cursor.row, folded))
}

export const unfoldSiblingRows: Move = (model, cursor) =>
  refold(model, cursor, unfoldSiblings(model.shape, cursor.folded, cursor.row))

export function showLevels(level: number): Move {
  return (model, cursor) => refold(model, cursor, unfoldToLevel(model.shape, level))
}

export const unfoldAll: Move = (model, cursor) => refold(model, cursor, nothingFolded(model.shape))

export const toParent: Move = (model, cursor) => goTo(model.shape.parent[cursor.row]!)(model, cursor)
export const toRoot: Move = (model, cursor) => goTo(rootOf(model.shape, cursor.row))(model, cursor)

export function toSibling(by: 1 | -1): Move {
  return (model, cursor) => {
    const row = by > 0 ? nextSibling(model.shape, cursor.row) : model.shape.previous[cursor.row]!
    return goTo(row)(model, cursor)
  }
}

export function toPeer(by: 1 | -1): Move {
  return (model, cursor) => goTo(nextPeer(model.tree, cursor.row, by))(model, cursor)
}

/** The next place where an error started, around the end. */
export function toError(by: 1 | -1): Move {
  return toMatch(by, (model, row) => model.errorOrigins[row] === 1)
}

/** The next row that fits, around the end; the row itself when it is the only one. */
export function toMatch(by: 1 | -1, fits: (model: TraceModel, row: number) => boolean): Move {
  return (model, cursor) => goTo(findRow(model.shape.count, cursor.row, by, row => fits(model, row)))(model, cursor)
}

/** Scales the shown time around a point, or around the selected bar where it is on screen. */
export function zoom(factor: number, around?: number): Move {
  return (model, cursor) => {
    const { range } = cursor
    const start = model.tree.offset[cursor.row]!
    const length = model.tree.duration[cursor.row]!
    const middle = start + (Number.isNaN(length) ? 0 : length / 2)
    const at = around ?? (middle >= range.from && middle <= range.to ? middle : (range.from + range.to) / 2)
    return { ...cursor, range: zoomAround(range, at, factor, model.whole) }
  }
}

/** Moves the shown time by a share of its length. */
export function pan(share: number): Move {
  return (model, cursor) => {
    const length = cursor.range.to - cursor.range.from
    return { ...cursor, range: panBy(cursor.range, share * length, model.whole) }
  }
}

export const fitSelection: Move = (model, cursor) => {
  const start = model.tree.offset[cursor.row]!
  if (Number.isNaN(start)) return cursor
  const length = model.tree.duration[cursor.row]!
  const end = Number.isNaN(length) ? model.whole.to : start + Math.max(0, length)
  return { ...cursor, range: fitTo(start, end, model.whole) }
}

export const fitTrace: Move = (model, cursor) => ({ ...cursor, range: model.whole })
