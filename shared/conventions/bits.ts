// A set of conventions is one number: bit i stands for the convention at place i. Up to 53, so it is exact in a double
// and in an INTEGER column; past 32 the operators of the language do not reach, hence two halves.

/** The halves of a set: places 0 to 31, and from 32 on. */
export interface BitHalves {
  readonly low: number
  readonly high: number
}

export const mostBits = 53

export function halvesOf(place: number): BitHalves {
  return place < 32 ? { low: (1 << place) >>> 0, high: 0 } : { low: 0, high: 1 << (place - 32) }
}

export function joinHalves(low: number, high: number): number {
  return (high >>> 0) * 2 ** 32 + (low >>> 0)
}

/** Calls for every place in the set, ascending. */
export function forEachBit(set: number, call: (place: number) => void): void {
  for (let low = (set % 2 ** 32) >>> 0; low !== 0; low = (low & (low - 1)) >>> 0) call(31 - Math.clz32(low & -low))
  for (let high = Math.floor(set / 2 ** 32); high !== 0; high &= high - 1) call(63 - Math.clz32(high & -high))
}
