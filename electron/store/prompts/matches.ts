import type { Output } from '../../../shared/contract/index.ts'
import { nearLikeness } from '../../../shared/prompts/likeness.ts'
import { countedCalls } from '../pivot/calls.ts'
import type { Table } from '../table/table.ts'
import { promptsOfCalls } from './columns.ts'
import { nearGroups, type SameInput } from './near.ts'
import type { SpanReader } from './version.ts'

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

type Matches = Pick<Output<'prompts.matches'>, 'total' | 'groups' | 'near'>

/**
 * Inputs that at least two of the sides met, the one asked last first; after them those that are only near, the nearest
 * first. A call that is on several sides stands on the last of them. In turns.
 */
export function* matchesOf(
  table: Table,
  asked: readonly Uint32Array[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
  reader: SpanReader,
): Generator<void, Matches> {
  const { row } = countedCalls(table)
  const start = table.column('start')
  const at = (i: number) => start[row[i]!]! || -Infinity
  const newestFirst = (calls: readonly number[]) => calls.toSorted((x, y) => at(y) - at(x) || y - x)
  const sides = onLastSide(asked)
  const inputs = [...byInput(table, sides).values()].map(of => of.map(newestFirst))
  const isMet = (of: readonly SameInput[]) => of.filter(calls => calls.length > 0).length >= 2
  const latest = (of: readonly SameInput[]) =>
    of.reduce((most, [call]) => (call === undefined ? most : Math.max(most, at(call))), -Infinity)
  const equal = inputs.flatMap(of => (isMet(of) ? [{ of, at: latest(of) }] : []))
  equal.sort((x, y) => (x.at === y.at ? 0 : y.at - x.at))
  yield
  const alone = inputs.filter(of => !isMet(of))
  const unknown = promptsOfCalls(table).inputs
  const lone = sides.map((calls, s) =>
    [
      ...alone.flatMap(of => (of[s]!.length > 0 ? [of[s]!] : [])),
      ...[...calls].flatMap(i => (unknown[i] ? [] : [[i]])),
    ].sort(([x], [y]) => (at(x!) === at(y!) ? y! - x! : at(y!) - at(x!))),
  )
  const near = yield* nearGroups(table, lone, reader)
  const keyOf = table.store.query<[number], { key: string }>('trace-key')
  const traceOf = (i: number) => keyOf.get(table.traces.id[table.layout.trace[row[i]!]!]!)?.key ?? ''
  const groups: readonly { readonly of: readonly SameInput[]; readonly likeness?: number }[] = [
    ...equal,
    ...near.groups,
  ]
  return {
    total: groups.length,
    near: { least: nearLikeness, groups: near.groups.length, read: near.read, all: near.all },
    groups: groups.slice(offset, offset + limit).map(({ of, likeness }) => ({
      calls: of.map(([call]) =>
        call === undefined ? null : { id: table.layout.id[row[call]!]!, traceId: traceOf(call) },
      ),
      counts: of.map(calls => calls.length),
      ...(likeness === undefined ? {} : { likeness }),
    })),
  }
}

function onLastSide(sides: readonly Uint32Array[]): Uint32Array[] {
  const side = new Map<number, number>()
  for (const [s, calls] of sides.entries()) for (const i of calls) side.set(i, s)
  return sides.map((calls, s) => calls.filter(i => side.get(i) === s))
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
