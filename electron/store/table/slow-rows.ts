import { barsOf } from '../search/slow.ts'
import type { Rows } from './matching.ts'
import { numbersOf } from './numbers.ts'
import type { Table } from './table.ts'

/** Spans that took longer than 95% of the spans of their kind and name. */
export function slowRows(table: Table): Rows {
  return table.derived('slow', () => {
    const [names, kinds] = [table.column('name'), table.column('kind')]
    const lengths = numbersOf(table, 'duration')!
    const known: number[] = []
    const groups = new Map<number, number>()
    const groupOf: number[] = []
    for (let row = 0; row < lengths.length; row++) {
      if (Number.isNaN(lengths[row]!) || table.layout.alive[row] === 0) continue
      const peers = names[row]! * 16 + kinds[row]!
      let group = groups.get(peers)
      if (group === undefined) groups.set(peers, (group = groups.size))
      known.push(row)
      groupOf.push(group)
    }
    const own = Float64Array.from(known, row => lengths[row]!)
    const bars = barsOf(own, Uint32Array.from(groupOf), groups.size)
    const found = new Uint8Array(table.rows)
    for (let k = 0; k < known.length; k++) if (own[k]! > bars[groupOf[k]!]!) found[known[k]!] = 1
    return found
  })
}
