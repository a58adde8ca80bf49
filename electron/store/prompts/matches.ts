import type { Output } from '../../../shared/contract/index.ts'
import { countedCalls } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { promptsOfCalls } from './columns.ts'

/** Calls of two sides that were asked the same. */
export interface InputPair {
  readonly a: readonly number[]
  readonly b: readonly number[]
}

/** Inputs that both sides met, with the calls that had them. */
export function pairsOf(table: Table, a: Uint32Array, b: Uint32Array): InputPair[] {
  return [...byInput(table, [a, b]).values()].flatMap(([ofA, ofB]) =>
    ofA!.length > 0 && ofB!.length > 0 ? [{ a: ofA!, b: ofB! }] : [],
  )
}

/** Inputs that at least two of the sides met, the one asked last first. */
export function matchesOf(
  table: Table,
  sides: readonly Uint32Array[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Pick<Output<'prompts.matches'>, 'total' | 'groups'> {
  const { row } = countedCalls(table)
  const start = table.column('start')
  const at = (i: number) => start[row[i]!]! || -Infinity
  const met = [...byInput(table, sides).values()].filter(of => of.filter(calls => calls.length > 0).length >= 2)
  const latest = met.map(of => of.map(calls => calls.toSorted((x, y) => at(y) - at(x) || y - x)))
  const newest = (of: readonly (readonly number[])[]) =>
    of.reduce((most, calls) => (calls.length > 0 ? Math.max(most, at(calls[0]!)) : most), -Infinity)
  const order = latest.map(of => ({ of, at: newest(of) })).sort((x, y) => (x.at === y.at ? 0 : y.at - x.at))
  const keyOf = table.store.query<[number], { key: string }>('trace-key')
  const traceOf = (i: number) => keyOf.get(table.traces.id[table.layout.trace[row[i]!]!]!)?.key ?? ''
  return {
    total: order.length,
    groups: order.slice(offset, offset + limit).map(({ of }) => ({
      calls: of.map(([call]) =>
        call === undefined ? null : { id: table.layout.id[row[call]!]!, traceId: traceOf(call) },
      ),
      counts: of.map(calls => calls.length),
    })),
  }
}

/** Calls of each side by what they were asked. */
function byInput(table: Table, sides: readonly Uint32Array[]): Map<number, number[][]> {
  const { inputs } = promptsOfCalls(table)
  const found = new Map<number, number[][]>()
  for (const [s, calls] of sides.entries()) {
    for (const i of calls) {
      const input = inputs[i]!
      if (input === 0) continue
      let of = found.get(input)
      if (!of) found.set(input, (of = sides.map(() => [])))
      of[s]!.push(i)
    }
  }
  return found
}
