import { codedField } from '../table/coded.ts'
import type { Table } from '../table/table.ts'

/** The mean of what the spans of each trace were given under a name; NaN where no number was. */
export function scoresOfTraces(table: Table, name: string) {
  return table.ofField({ id: 'score' }, `pivot score ${name.toLowerCase()}`, () => {
    const mean = new Float64Array(table.traces.id.length)
    const given = new Uint32Array(mean.length)
    const worded = new Uint8Array(mean.length)
    const { rows, codes, decode } = codedField(table, { id: 'score', name })!
    for (let e = 0; e < (rows?.length ?? 0); e++) {
      const t = table.layout.trace[rows![e]!]!
      const value = decode(codes[e]!)
      if (typeof value !== 'number') worded[t] = 1
      else if (Number.isFinite(value)) {
        mean[t]! += value
        given[t]!++
      }
    }
    for (let t = 0; t < mean.length; t++) mean[t] = given[t] === 0 ? Number.NaN : mean[t]! / given[t]!
    return { mean, worded }
  })
}
