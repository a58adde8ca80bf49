import { aheadAt } from '../../../shared/query/zones.ts'

const second = 1e6
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Lengths that a person can name, microseconds. Weeks begin on Mondays. */
const widths = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map(us => us),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map(ms => ms * 1000),
  ...[1, 2, 5, 10, 15, 30].map(s => s * second),
  ...[1, 2, 5, 10, 15, 30].map(m => m * minute),
  ...[1, 2, 3, 6, 12].map(h => h * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364, 728, 3640, 36_400].map(d => d * day),
]

/** 1970 began on a Thursday. */
const toMonday = 4 * day

/** Buckets of a round length that hold a stretch; days begin at midnight of the zone, as its clock stands at the beginning. */
export function bucketsFor(
  from: number,
  to: number,
  most: number,
  zone: string,
): { readonly first: number; readonly width: number; readonly buckets: number } {
  const ahead = aheadAt(from / 1000, zone) * 1000
  for (const width of widths) {
    const shift = ahead - (width >= 7 * day ? toMonday : 0)
    const first = Math.floor((from + shift) / width) * width - shift
    const buckets = Math.floor((to - first) / width) + 1
    if (buckets <= most) return { first, width, buckets }
  }
  const width = Math.ceil((to - from) / most) + 1
  return { first: from, width, buckets: Math.floor((to - from) / width) + 1 }
}
