import type { FieldRef } from '../../../shared/query/fields.ts'
import { nameMatcher } from '../../../shared/query/name-match.ts'
import type { Store } from '../open.ts'
import { provideFunctions } from '../search/functions.ts'
import { codedField, type Coded } from '../table/coded.ts'
import type { Elsewhere } from '../table/elsewhere.ts'
import { tableOf, type Table } from '../table/table.ts'
import { compare } from './order.ts'

export interface KnownValue {
  readonly value: string
  /** Spans that have it. */
  readonly count: number
}

/** The most frequent values of a field that begin like this, case ignored; none of what only records hold. */
export function knownValues(
  store: Store,
  field: FieldRef,
  prefix: string,
  most: number,
  elsewhere?: Elsewhere,
): KnownValue[] {
  return store.snapshot(() => {
    if (field.id === 'score' && field.name === undefined) return scoreNames(store, prefix, most)
    const table = tableOf(store)
    const answer = () => valuesLike(table, field, prefix, most)
    return elsewhere ? table.asking(elsewhere, answer) : answer()
  })
}

function valuesLike(table: Table, field: FieldRef, prefix: string, most: number): KnownValue[] {
  const coded = codedField(table, field)
  if (!coded) return []
  const counts = table.ofField(field, `counts ${field.id} ${field.name ?? ''}`, () => spansOf(table, coded))
  const begins = nameMatcher({ type: 'pieces', pieces: [prefix.toLowerCase(), ''] })
  const found: KnownValue[] = []
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0 || code === coded.none) continue
    const value = String(coded.decode(code))
    if (begins(value)) found.push({ value, count: counts[code]! })
  }
  return found.sort((a, b) => b.count - a.count || compare(a.value, b.value)).slice(0, most)
}

/** Spans by the codes of a field. */
function spansOf({ layout, rows: all }: Table, { codes, rows, parts, size, repeats }: Coded): Uint32Array {
  const counts = new Uint32Array(size)
  const latest = repeats ? new Int32Array(size).fill(-1) : undefined
  for (let k = 0; k < codes.length; k++) {
    const row = rows ? rows[k]! : k
    if (row >= all || layout.alive[row] === 0) continue
    for (const code of parts ? parts[codes[k]!]! : [codes[k]!]) {
      if (latest?.[code] === row) continue
      if (latest) latest[code] = row
      counts[code]!++
    }
  }
  return counts
}

function scoreNames(store: Store, prefix: string, most: number): KnownValue[] {
  provideFunctions(store)
  const text = `SELECT name AS value, sum(count) AS count FROM (
      SELECT name, count(DISTINCT span) AS count FROM score GROUP BY name
      UNION ALL SELECT name, count(*) FROM given_score GROUP BY name
    ) WHERE matches(@match, name) GROUP BY name ORDER BY count DESC, value LIMIT @most`
  const match = JSON.stringify({ type: 'pieces', pieces: [prefix.toLowerCase(), ''] })
  return store.statement<[object], KnownValue>(text).all({ match, most })
}
