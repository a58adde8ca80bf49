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
  const ranks = dimensions.map(dimension => orderOf(dimension).ranks)
  const byKey = (a: number, b: number): number => {
    for (const [d, rank] of ranks.entries()) {
      const order = rank[groups.codes[d]![a]!]! - rank[groups.codes[d]![b]!]!
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

interface CodeOrder {
  /** Places of codes in the order of what they mean: nothing comes last; numbers by size, words by their letters and the numbers in them. */
  readonly ranks: Float64Array
  /** Codes of words that another word equals but for case. */
  readonly alike: ReadonlySet<number>
}

const known = new WeakMap<Dimension, CodeOrder>()

/** Kept as long as the dimension: comparing a hundred thousand words takes a second. */
function orderOf(dimension: Dimension): CodeOrder {
  const kept = known.get(dimension)
  if (kept) return kept
  const { codes, size, parts, decode, numbers } = dimension
  const seen = usedOf(codes, parts?.length ?? size)
  const used = new Set(parts ? seen.flatMap(list => parts[list]!) : seen)
  const values = Array.from(used, code => ({ code, value: decode(code) }))
  const told = ({ code, value }: (typeof values)[number]) => (value === null ? null : (numbers?.[code] ?? value))
  values.sort((a, b) => compare(told(a), told(b)))
  const ranks = new Float64Array(size)
  const alike = new Set<number>()
  const folded = new Map<string, number>()
  for (const [rank, { code, value }] of values.entries()) {
    ranks[code] = rank
    if (typeof value !== 'string') continue
    const other = folded.get(value.toLowerCase())
    if (other === undefined) folded.set(value.toLowerCase(), code)
    else alike.add(other).add(code)
  }
  const order = { ranks, alike }
  known.set(dimension, order)
  return order
}

/** Words among the keys of these groups that another word of their field equals but for case: a query would find both. */
export function alikeIn(groups: Groups, dimensions: readonly Dimension[], rows: Uint32Array): string[] {
  const found = new Set<string>()
  for (const [d, dimension] of dimensions.entries()) {
    const { alike } = orderOf(dimension)
    if (alike.size === 0) continue
    for (const group of rows) {
      const code = groups.codes[d]![group]!
      if (alike.has(code)) found.add(String(dimension.decode(code)))
    }
  }
  return [...found]
}

/** Those that occur, and 0. Mostly all do, and few calls tell that. */
function usedOf(codes: Uint32Array, size: number): number[] {
  const occurs = new Uint8Array(size)
  const found = [0]
  occurs[0] = 1
  for (let i = 0; i < codes.length && found.length < size; i++) {
    const code = codes[i]!
    if (occurs[code] === 1) continue
    occurs[code] = 1
    found.push(code)
  }
  return found.sort((a, b) => a - b)
}

const letters = new Intl.Collator('en', { numeric: true })

function compare(a: ListValue | null, b: ListValue | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return letters.compare(String(a), String(b))
}
