import type { Comparison } from '../../../shared/contract/prompt-evidence.ts'
import type { FieldRef } from '../../../shared/query/fields.ts'
import { fieldOf } from '../../../shared/query/fields.ts'
import { normalBelow } from '../../../shared/statistics/normal.ts'
import { countedCalls } from '../pivot/calls.ts'
import { valueCodes } from '../lists/item-words.ts'
import type { Table } from '../table/table.ts'
import { promptsOfCalls } from './columns.ts'

type Confounder = Comparison['confounders'][number]

const fields: readonly FieldRef['id'][] = [
  'model',
  'provider',
  'prompt',
  'prompt.version',
  'environment',
  'release',
  'feature',
  'application',
  'agent',
  'tenant',
  'name',
]
const mostValues = 10
/** Half a twentieth of the traffic is no other traffic. */
const least = 0.05

/** What else differs between two sets of calls, the most telling first. `isByPrompt`: the prompt differs because it was asked to. */
export function confoundersOf(table: Table, a: Uint32Array, b: Uint32Array, isByPrompt: boolean): Confounder[] {
  const { row } = countedCalls(table)
  const found: Confounder[] = []
  const look = (field: string, label: string, codeOf: (i: number) => number, textOf: Texts): void => {
    const one = distanceOf(a, b, codeOf, textOf)
    if (one) found.push({ field, label, ...one })
  }
  for (const id of fields) {
    if (isByPrompt && (id === 'prompt' || id === 'prompt.version')) continue
    const coded = valueCodes(table, { id })
    if (!coded || coded.parts || coded.repeats) continue
    const { codes, rows, none, decode } = coded
    const place = rows && placesOf(table, rows)
    const codeOf = (i: number): number => {
      const at = place ? place[row[i]!]! : row[i]!
      return at < 0 || codes[at] === none ? -1 : codes[at]!
    }
    look(id, fieldOf(id).label, codeOf, code => (code < 0 ? null : String(decode(code))))
  }
  const configured = configurationsOf(table)
  const { configuration } = promptsOfCalls(table)
  const codeOf = (i: number): number => configuration[i]!
  look('parameters', 'Parameters', codeOf, code => configured.get(code)?.parameters ?? null)
  look('tools', 'Tools', codeOf, code => configured.get(code)?.tools ?? null)
  return found.sort((x, y) => y.distance - x.distance)
}

type Texts = (code: number) => string | null

/** Undefined where the difference may be chance, or is too small to matter. */
function distanceOf(a: Uint32Array, b: Uint32Array, codeOf: (i: number) => number, textOf: Texts) {
  if (a.length === 0 || b.length === 0) return undefined
  const byCode = new Map<number, [number, number]>()
  for (const [s, calls] of [a, b].entries()) {
    for (const i of calls) {
      const code = codeOf(i)
      const known = byCode.get(code)
      if (known) known[s]!++
      else byCode.set(code, s === 0 ? [1, 0] : [0, 1])
    }
  }
  const counts = new Map<string | null, [number, number]>()
  for (const [code, [inA, inB]] of byCode) {
    const [a0, b0] = counts.get(textOf(code)) ?? [0, 0]
    counts.set(textOf(code), [a0 + inA, b0 + inB])
  }
  if (counts.size < 2) return undefined
  const shares = [...counts].map(([value, [inA, inB]]) => ({ value, a: inA / a.length, b: inB / b.length }))
  const distance = shares.reduce((sum, one) => sum + Math.abs(one.a - one.b), 0) / 2
  if (distance < least || chance(counts, a.length, b.length) > 0.01) return undefined
  const values = shares.toSorted((x, y) => Math.abs(y.a - y.b) - Math.abs(x.a - x.b))
  return {
    distance,
    values: values.slice(0, mostValues).map(one => ({ ...one, value: one.value?.slice(0, 200) ?? null })),
  }
}

/** p of a chi-squared test that both have the same shares (Wilson and Hilferty's bell). */
function chance(counts: ReadonlyMap<unknown, readonly [number, number]>, a: number, b: number): number {
  let chi = 0
  for (const [inA, inB] of counts.values()) {
    const share = (inA + inB) / (a + b)
    chi += (inA - share * a) ** 2 / (share * a) + (inB - share * b) ** 2 / (share * b)
  }
  const degrees = counts.size - 1
  const spread = 2 / (9 * degrees)
  return normalBelow(-(Math.cbrt(chi / degrees) - (1 - spread)) / Math.sqrt(spread))
}

/** The entry of each row; -1 where it has none. */
function placesOf(table: Table, rows: Uint32Array): Int32Array {
  const places = new Int32Array(table.rows).fill(-1)
  for (let e = 0; e < rows.length; e++) places[rows[e]!] = e
  return places
}

interface Configuration {
  readonly id: number
  readonly parameters: string | null
  readonly tools: string | null
}

function configurationsOf({ store }: Table): Map<number, Configuration> {
  const rows = store.query<[], Configuration>('prompt-configurations').all()
  return new Map(rows.map(row => [row.id, row]))
}
