import type { Measure } from '../../../../shared/query/cost-measures.ts'
import type { Group } from '../model/row-tree.ts'

/** The largest number of each measure on the pages that are held: what bars and heat are measured by. */
export function largestOf(groups: ReadonlyMap<string, Group>, measures: readonly Measure[]): readonly number[] {
  const largest = measures.map(() => 0)
  for (const { pages } of groups.values()) {
    for (const { keys, values } of pages.values()) {
      for (const m of measures.keys()) {
        for (let r = 0; r < keys.length; r++) {
          const value = values[m * keys.length + r]!
          if (value > largest[m]!) largest[m] = value
        }
      }
    }
  }
  return largest
}
