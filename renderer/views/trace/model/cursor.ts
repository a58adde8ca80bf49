import type { TraceModel } from '../model.ts'
import {
  foldSubtree,
  type Folding,
  nothingFolded,
  positionOf,
  reveal,
  setFolded,
  unfoldSiblings,
  unfoldToLevel,
  visibleRows,
} from './folding.ts'
import { type Hidden, hiddenBy, hideOthers, hideRows, showRow, showRun, withoutReason } from './hiding.ts'
import { findRow, hasChildren, nextPeer, nextSibling, rootOf } from './shape.ts'
import { fitTo, isWhole, keepWithin, panBy, type TimeRange, zoomAround } from './timeline.ts'

/** Where the reader stands in a trace, what is folded or hidden and which time is shown. Never changed in place. */
export interface Cursor {
  /** A span; or, where it is hidden, the placeholder of the run that begins with it. */
  readonly row: number
  /** -1 while the whole row has focus, else the column of the cell that has it. */
  readonly column: number
  readonly folded: Folding
  readonly hidden: Hidden
  /** Rows on screen; a hidden one among them stands for the run that it begins. */
  readonly visible: Uint32Array
  readonly range: TimeRange
  /** Ranges that were committed one after another, each within the one before; the last may have been zoomed since. */
  readonly path: readonly TimeRange[]
  /** A length of time that is being measured; committing it shows nothing else. */
  readonly measured: Measured | undefined
}

export interface Measured extends TimeRange {
  /** Measured from this span to wherever the cursor goes. */
  readonly anchor?: number
}

/** A step of the cursor. Gives the same object back when there is nowhere to go. */
export type Move = (model: TraceModel, cursor: Cursor) => Cursor

export function startCursor(model: TraceModel, row = 0): Cursor {
  const folded = nothingFolded(model.shape)
  const known = row >= 0 && row < model.shape.count ? row : 0
  const visible = visibleRows(model.shape, folded)
  const time = { range: model.whole, path: [], measured: undefined }
  return { row: known, column: -1, folded, hidden: undefined, visible, ...time }
}

export function isPlaceholder(cursor: Cursor, row = cursor.row): boolean {
  return cursor.hidden !== undefined && cursor.hidden[row] !== 0
}

/** Goes to a row, unfolding what hides it. -1 goes nowhere. */
export function goTo(row: number): Move {
  return (model, cursor) => {
    if (row < 0 || row >= model.shape.count) return cursor
    const hidden = showRow(model.shape, cursor.hidden, row)
    const shown = rehide(model, refold(model, cursor, reveal(model.shape, cursor.folded, row)), hidden)
    return row === shown.row ? shown : { ...shown, row }
  }
}

/** Goes to a line on screen: a span, or a placeholder. */
export function goToLine(row: number): Move {
  return (_, cursor) => (row === cursor.row ? cursor : { ...cursor, row })
}

/** Goes to a cell of a row on screen. */
export function focusCell(row: number, column: number): Move {
  return (model, cursor) => ({ ...goToLine(row)(model, cursor), column })
}

function refold(model: TraceModel, cursor: Cursor, folded: Folding): Cursor {
  return folded === cursor.folded ? cursor : reshow(model, { ...cursor, folded })
}

function rehide(model: TraceModel, cursor: Cursor, hidden: Hidden): Cursor {
  return hidden === cursor.hidden ? cursor : reshow(model, { ...cursor, hidden })
}

/** A row that is no longer on screen gives way to what stands for it. */
function reshow(model: TraceModel, cursor: Cursor): Cursor {
  const visible = visibleRows(model.shape, cursor.folded, cursor.hidden)
  return { ...cursor, visible, row: visible[positionOf(visible, cursor.row)] ?? 0 }
}

/** Hides what neither matches nor leads to a match, or shows it again. */
export function showOnly(matches: Uint8Array | undefined): Move {
  return (model, cursor) => {
    const rest = withoutReason(cursor.hidden, hiddenBy.filter)
    if (!matches) return rehide(model, cursor, rest)
    const others = hideOthers(model.shape, matches)
    return rehide(model, cursor, rest ? others?.map((one, row) => one || rest[row]!) : others)
  }
}

/** Hides attempts that another one followed; where some are hidden, shows them again. */
export const toggleAttempts: Move = (model, cursor) => {
  if (cursor.hidden?.includes(hiddenBy.attempts)) {
    return rehide(model, cursor, withoutReason(cursor.hidden, hiddenBy.attempts))
  }
  const { number, of, superseded } = model.attempts
  if (superseded === 0) return cursor
  const earlier: number[] = []
  for (let row = 0; row < number.length; row++) if (number[row]! < of[row]!) earlier.push(row)
  return rehide(model, cursor, hideRows(model.shape, cursor.hidden, earlier, hiddenBy.attempts))
}

/** Shows what a placeholder stands for. */
export function openPlaceholder(row: number): Move {
  return (model, cursor) => rehide(model, cursor, showRun(model.shape, cursor.hidden, row))
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
    if (isPlaceholder(cursor)) return openPlaceholder(cursor.row)(model, cursor)
    if (cursor.folded[cursor.row]) return fold(cursor.row, false)(model, cursor)
    return { ...cursor, column: 0 }
  }
}

/** From a cell to the one before it or to its row; folds an unfolded row; from any other goes to its parent. */
export const left: Move = (model, cursor) => {
  if (cursor.column >= 0) return { ...cursor, column: cursor.column - 1 }
  const isOpen = !isPlaceholder(cursor) && hasChildren(model.shape, cursor.row) && !cursor.folded[cursor.row]
  if (isOpen) return fold(cursor.row, true)(model, cursor)
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

/** Nothing is folded or hidden any more. */
export const unfoldAll: Move = (model, cursor) =>
  rehide(model, refold(model, cursor, nothingFolded(model.shape)), undefined)

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

/** When a row is drawn to run; undefined where it has no time. An unfinished one runs to the end. */
function timeOf(model: TraceModel, row: number): TimeRange | undefined {
  const from = model.tree.offset[row]!
  if (Number.isNaN(from)) return undefined
  const length = model.tree.duration[row]!
  return { from, to: Number.isNaN(length) ? model.whole.to : from + Math.max(0, length) }
}

export const fitSelection: Move = (model, cursor) => {
  const time = timeOf(model, cursor.row)
  return time ? { ...cursor, range: fitTo(time.from, time.to, model.whole) } : cursor
}

/** The whole trace, and no way back to the ranges that were committed. */
export const fitTrace: Move = (model, cursor) => ({ ...cursor, range: model.whole, path: [] })

/** Shows a range and remembers it as a step of the way. */
export function commitRange(range: TimeRange): Move {
  return (model, cursor) => {
    const to = keepWithin(range, model.whole)
    if (isWhole(to, model.whole)) return { ...fitTrace(model, cursor), measured: undefined }
    return { ...cursor, range: to, path: [...cursor.path, to], measured: undefined }
  }
}

/** Shows a range, not as a step of the way. */
export function showRange(range: TimeRange): Move {
  return (model, cursor) => ({ ...cursor, range: keepWithin(range, model.whole) })
}

export const commitMeasured: Move = (model, cursor) =>
  cursor.measured ? commitRange(cursor.measured)(model, cursor) : cursor

/** Back to a committed range, counted from 1; 0 is the whole trace. */
export function backTo(step: number): Move {
  return (model, cursor) => ({
    ...cursor,
    range: step === 0 ? model.whole : cursor.path[step - 1]!,
    path: cursor.path.slice(0, step),
  })
}

/** One step back: what was zoomed to, then what was committed before. */
export const back: Move = (model, cursor) => {
  const { path, range } = cursor
  const last = path.at(-1)
  const strayed = last !== undefined && (last.from !== range.from || last.to !== range.to)
  return backTo(strayed ? path.length : Math.max(0, path.length - 1))(model, cursor)
}

export function measure(range: TimeRange | undefined): Move {
  return (_, cursor) => ({
    ...cursor,
    measured: range && { from: Math.min(range.from, range.to), to: Math.max(range.from, range.to) },
  })
}

/** From the start of this span to the end of any other that the cursor then goes to. */
export const measureFromHere: Move = (model, cursor) => {
  const time = isPlaceholder(cursor) ? undefined : timeOf(model, cursor.row)
  return time ? { ...cursor, measured: { ...time, anchor: cursor.row } } : cursor
}

/** What is measured from a span reaches to where the cursor is. */
export function remeasured(model: TraceModel, cursor: Cursor): Cursor {
  const anchor = cursor.measured?.anchor
  if (anchor === undefined || isPlaceholder(cursor)) return cursor
  const [first, here] = [timeOf(model, anchor), timeOf(model, cursor.row)]
  if (!first || !here) return cursor
  const measured = { anchor, from: Math.min(first.from, here.from), to: Math.max(first.to, here.to) }
  return measured.from === cursor.measured!.from && measured.to === cursor.measured!.to
    ? cursor
    : { ...cursor, measured }
}
