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

/** Which call of its trace a row is, from 1, and how many there are; undefined for a row that is none. */
export function placeAmongCalls(
  { counted }: TraceTree,
  row: number,
): { readonly number: number; readonly of: number } | undefined {
  if (counted[row] !== 1) return undefined
  let number = 0
  let of = 0
  for (let at = 0; at < counted.length; at++) {
    if (counted[at] !== 1) continue
    of++
    if (at <= row) number++
  }
  return { number, of }
}
