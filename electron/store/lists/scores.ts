import { textClauses } from '../../../shared/query/hits.ts'
import type { Asked } from './asking.ts'

/**
 * How much each item has to say about the texts of the query: of several spans that match what one of them says most. NaN
 * where none says anything; undefined where the query holds no text.
 */
export function scoresOf({ subject, matching, condition, elsewhere }: Asked): Float64Array | undefined {
  if (!condition || textClauses(condition).length === 0) return undefined
  const { itemOf, size, table } = subject
  const { rowOf } = table.layout
  const { spans, scores } = elsewhere({ type: 'scores', condition })
  const found = new Float64Array(size).fill(Number.NaN)
  for (let i = 0; i < spans.length; i++) {
    const row = (rowOf[spans[i]!] ?? 0) - 1
    if (row < 0 || !matching.has(row)) continue
    const item = itemOf ? itemOf[row]! : row
    if (item >= 0 && !(found[item]! >= scores[i]!)) found[item] = scores[i]!
  }
  return found
}
