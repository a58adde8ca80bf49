import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { spanKinds } from '../../../../shared/domain/kind.ts'

const generation = spanKinds.indexOf('generation')
/** Agents that work side by side take turns: the call before may be a few calls back. */
const most = 8

/** Calls that a call may go on from, the nearest first. Those around it are itself once more, told by somebody else. */
export function callsBefore(tree: TraceTree, row: number): number[] {
  const ids: number[] = []
  if (tree.kind[row] !== generation) return ids
  for (let at = row - 1; at >= 0 && ids.length < most; at--) {
    if (tree.kind[at] === generation && tree.last[at]! < row) ids.push(tree.id[at]!)
  }
  return ids
}
