import type { Input } from '../../../shared/contract/index.ts'
import type { ListValue } from '../../../shared/contract/lists.ts'
import type { Dimension } from './dimensions.ts'
import type { Groups } from './groups.ts'
import type { Measured } from './measured.ts'

interface Shown {
  readonly now: Measured
  readonly other: Measured | undefined
  /** Values of the first dimensions. */
  readonly path: readonly (ListValue | null)[]
  readonly sort: Input<'costs.table'>['sort']
}

/** The groups that have calls, in order: unknown last whichever way, equals by their keys. */
export function rowOrder(
  groups: Groups,
  dimensions: readonly Dimension[],
  { now, other, path, sort }: Shown,
): Uint32Array {
  const has = (group: number) => now.calls[group]! > 0 || (other?.calls[group] ?? 0) > 0
  const onPath = path.map((value, d) => codesOf(groups, dimensions, d, value))
  const inPath = (group: number) => onPath.every((codes, d) => codes.has(groups.codes[d]![group]!))
  const found = Uint32Array.from({ length: groups.size }, (_, g) => g).filter(g => has(g) && inPath(g))
  const ranks = dimensions.map((_, d) => ranksOf(groups, dimensions, d, found))
  const byKey = (a: number, b: number): number => {
    for (const [d, rank] of ranks.entries()) {
      const order = rank.get(groups.codes[d]![a]!)! - rank.get(groups.codes[d]![b]!)!
      if (order !== 0) return order
    }
    return 0
  }
  const turn = sort.descending ? -1 : 1
  if (sort.by === 'key') return found.sort((a, b) => turn * byKey(a, b))
  const column = now.of(sort.by)
  return found.sort((a, b) => {
    const [one, other] = [column[a]!, column[b]!]
    if (Number.isNaN(one) || Number.isNaN(other)) {
      return Number.isNaN(one) && Number.isNaN(other) ? byKey(a, b) : Number.isNaN(one) ? 1 : -1
    }
    return one === other ? byKey(a, b) : turn * (one - other)
  })
}

/** The codes of a value: one, as a rule. */
function codesOf(groups: Groups, dimensions: readonly Dimension[], d: number, value: ListValue | null): Set<number> {
  const codes = new Set(groups.codes[d] ?? [])
  for (const code of codes) if (dimensions[d]!.decode(code) !== value) codes.delete(code)
  return codes
}

/** Nothing comes last; numbers by size, words by their letters and the numbers in them. */
function ranksOf(
  groups: Groups,
  dimensions: readonly Dimension[],
  d: number,
  found: Uint32Array,
): ReadonlyMap<number, number> {
  const codes = [...new Set(Array.from(found, group => groups.codes[d]![group]!))]
  const values = new Map(codes.map(code => [code, dimensions[d]!.decode(code)]))
  codes.sort((a, b) => compare(values.get(a)!, values.get(b)!))
  return new Map(codes.map((code, rank) => [code, rank]))
}

const letters = new Intl.Collator('en', { numeric: true })

function compare(a: ListValue | null, b: ListValue | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return letters.compare(String(a), String(b))
}
