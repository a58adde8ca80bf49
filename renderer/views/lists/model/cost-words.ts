import type { TraceListRow } from '../../../../shared/contract/traces.ts'
import { formatPlural } from '../../../../shared/format/numbers.ts'

/** Why a cost is unknown, or known in part; undefined when there is nothing to explain. */
export function costWords(row: Pick<TraceListRow, 'cost' | 'calls' | 'uncosted'>): string | undefined {
  if (row.cost === undefined) {
    return row.calls === 0 ? 'no model calls' : `no cost recorded and no price known for ${callsWords(row.calls)}`
  }
  if (row.uncosted === 0) return undefined
  return `${formatPlural(row.uncosted, 'call')} of ${row.calls} unpriced; the sum is that of the others`
}

function callsWords(calls: number): string {
  return calls === 1 ? 'its call' : `its ${formatPlural(calls, 'call')}`
}
