import type { Coded, Value } from '../table/coded.ts'

/** In ascending order or the other way round; items without a key come last, equal ones by their number. */
export function sortedBy(keys: Float64Array, descending: boolean): Uint32Array {
  const known: number[] = []
  const unknown: number[] = []
  for (let i = 0; i < keys.length; i++) (Number.isNaN(keys[i]!) ? unknown : known).push(i)
  const order = Uint32Array.from(known).sort(
    (a, b) => (descending ? keys[b]! - keys[a]! : keys[a]! - keys[b]!) || a - b,
  )
  const all = new Uint32Array(keys.length)
  all.set(order)
  all.set(unknown, order.length)
  return all
}

/** The place of each value among those that occur, numbers first, then words by their letters; NaN for the others. */
export function ranksOf({ size, decode }: Pick<Coded, 'size' | 'decode'>, codes: Iterable<number>): Float64Array {
  const used = [...new Set(codes)].map(code => ({ code, value: decode(code), folded: fold(decode(code)) }))
  used.sort((a, b) => compare(a.folded, b.folded) || compare(a.value, b.value))
  const ranks = new Float64Array(size).fill(Number.NaN)
  for (const [rank, { code }] of used.entries()) ranks[code] = rank
  return ranks
}

function fold(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value
}

export function compare(a: Value, b: Value): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}
