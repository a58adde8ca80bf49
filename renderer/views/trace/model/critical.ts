import type { TraceTree } from '../../../../shared/contract/traces.ts'
import type { TimeRange } from './timeline.ts'

type Path = Pick<TraceTree, 'criticalRow' | 'criticalFrom' | 'criticalTo'>

/** Where the pieces of a row begin among those of the critical path. */
function firstPiece({ criticalRow: rows }: Path, row: number): number {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (rows[middle]! < row) from = middle + 1
    else to = middle
  }
  return from
}

/** Microseconds of the critical path that are spent in a span itself. */
export function criticalTime(path: Path, row: number): number {
  let sum = 0
  for (let i = firstPiece(path, row); path.criticalRow[i] === row; i++)
    sum += path.criticalTo[i]! - path.criticalFrom[i]!
  return sum
}

/**
 * When a row is on the critical path, as pairs of times within a range. Gaps and pieces shorter than `finest` are closed, so that
 * the list is never longer than the screen is wide.
 */
export function criticalPieces(path: Path, row: number, range: TimeRange, finest: number): number[] {
  const pieces: number[] = []
  for (let i = firstPiece(path, row); path.criticalRow[i] === row; i++) {
    const from = Math.max(path.criticalFrom[i]!, range.from)
    const to = Math.min(path.criticalTo[i]!, range.to)
    if (from >= to) continue
    if (pieces.length > 0 && from - pieces.at(-1)! < finest) pieces[pieces.length - 1] = to
    else pieces.push(from, to)
  }
  return pieces
}
