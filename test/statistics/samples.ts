import { seededRandom } from '../helpers/random.ts'
import type { Sample } from '../../shared/statistics/sample.ts'

/** Calls as they might be, the same for the same seed. */
export function sampler(seed: number) {
  const random = seededRandom(seed)
  const logNormal = () => random.logNormal(1, 1)
  const normal = () => Math.log(logNormal())
  const some = (n: number, draw: () => number): Float64Array => Float64Array.from({ length: n }, draw)
  return {
    unit: () => random.unit(),
    normal,
    logNormal,
    some,
    ones: (n: number, share: number): Float64Array => some(n, () => (random.unit() < share ? 1 : 0)),
    /** One to ten calls of each cluster, which have as much in common as they have of their own. */
    clustered(count: number, draw: (common: number) => number): Sample & { clusters: number[] } {
      const values: number[] = []
      const clusters: number[] = []
      for (let k = 0; k < count; k++) {
        const common = normal()
        for (let size = 1 + random.below(10); size > 0; size--) {
          values.push(draw(common))
          clusters.push(k)
        }
      }
      return { values, clusters }
    },
  }
}
