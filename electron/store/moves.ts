import { decodeClaims, encodeClaims } from './claims.ts'
import type { Claim } from './claims.ts'
import type { Store } from './open.ts'

/** Record numbers that one import gave, as ranges in ascending order. */
export class Ranges {
  readonly list: readonly { readonly first: number; readonly end: number }[]

  constructor(batches: readonly { readonly first: number; readonly n: number }[]) {
    const list: { first: number; end: number }[] = []
    for (const { first, n } of batches.toSorted((a, b) => a.first - b.first)) {
      const before = list.at(-1)
      if (before && before.end === first) before.end += n
      else if (n > 0) list.push({ first, end: first + n })
    }
    this.list = list
  }

  has(id: number): boolean {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.list[middle]!.end <= id) low = middle + 1
      else high = middle
    }
    return low < this.list.length && this.list[low]!.first <= id
  }
}

export interface Move extends Claim {
  /** The import and the file that have the record from now on. */
  readonly import: number
  readonly file: number
}

/** Where records go, by the numbers they have. */
export type Moves = ReadonlyMap<number, Move>

interface ClaimingBatch {
  readonly id: number
  readonly import: number
  readonly file: number
  readonly claims: Buffer
}

/**
 * Finds a new place for each record of `leaving` that another import claims: the first that did has it from now on.
 * Claims are rewritten to match.
 */
export function planMoves(store: Store, importId: number, leaving: Ranges): Moves {
  const moves = new Map<number, Move>()
  const forget = store.query<[number], unknown>('file-forget')
  const update = store.query<[Buffer, number], unknown>('batch-claims-update')
  for (const batch of store.query<[number], ClaimingBatch>('batch-claims').all(importId)) {
    const kept: Claim[] = []
    let changed = false
    for (const claim of decodeClaims(batch.claims)) {
      if (!leaving.has(claim.record)) {
        kept.push(claim)
        continue
      }
      changed = true
      const move = moves.get(claim.record)
      if (!move) moves.set(claim.record, { ...claim, import: batch.import, file: batch.file })
      else if (move.import !== batch.import) kept.push({ ...claim, record: move.id })
      // Else it is the owner's own record, found a second time: no claim. Of another file this was what told of it.
      else if (move.file !== batch.file) forget.run(batch.file)
    }
    if (changed) update.run(encodeClaims(kept), batch.id)
  }
  return moves
}
