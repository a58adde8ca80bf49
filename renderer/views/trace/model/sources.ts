import type { TraceTree } from '../../../../shared/contract/traces.ts'
import { spanKinds } from '../../../../shared/domain/kind.ts'

/** A call that gave an answer, and the retrievals of its trace that it may have used. */
export interface SourcesBefore {
  /** Row id of the call. */
  readonly call: number
  /** Row ids, the nearest first. */
  readonly retrievals: readonly number[]
  /** Further ones that are not looked at. */
  readonly left: number
}

const generation = spanKinds.indexOf('generation')
const retrieval = spanKinds.indexOf('retrieval')
const reranker = spanKinds.indexOf('reranker')
const most = 16

/**
 * What was looked up before a row's answer: of a call everything that came before it in the trace, or ran inside it; of a
 * step what ran inside the step before its last call. Undefined where there is no answer, or nothing was looked up.
 */
export function sourcesBefore(tree: TraceTree, row: number): SourcesBefore | undefined {
  const isCall = tree.kind[row] === generation
  const call = isCall ? row : lastCall(tree, row)
  if (call < 0) return undefined
  const first = isCall ? 0 : row + 1
  const retrievals: number[] = []
  let left = 0
  for (let at = isCall ? tree.last[row]! : call - 1; at >= first; at--) {
    if (tree.kind[at] !== retrieval && tree.kind[at] !== reranker) continue
    // Side by side: what began later cannot have been known. Unknown times are taken in reading order.
    if (at < call && tree.offset[at]! > tree.offset[call]!) continue
    if (retrievals.length < most) retrievals.push(tree.id[at]!)
    else left++
  }
  return retrievals.length === 0 ? undefined : { call: tree.id[call]!, retrievals, left }
}

function lastCall(tree: TraceTree, row: number): number {
  const kind = tree.kind[row]
  if (kind === retrieval || kind === reranker) return -1
  for (let at = tree.last[row]!; at > row; at--) if (tree.kind[at] === generation) return at
  return -1
}
