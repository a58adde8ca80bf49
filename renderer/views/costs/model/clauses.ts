import type { ListValue } from '../../../../shared/contract/lists.ts'
import type { BucketLength, Measure } from '../../../../shared/query/cost-measures.ts'
import { addClause, beginningClauseFor, clauseFor, exactClauseFor } from '../../../../shared/query/edit.ts'
import { fieldOf, type FieldRef } from '../../../../shared/query/fields.ts'
import { longestShown } from '../../../../shared/query/limits.ts'
import { readColumn } from '../../../../shared/query/list-columns.ts'
import { clauseOfNumber } from '../../../../shared/query/written-value.ts'
import { aheadAt } from '../../../../shared/query/zones.ts'
import { userZone } from '../../../state/question.ts'
import { printField } from '../../../../shared/query/print.ts'

/** Calls of a row as a query: `exact` where the language can say just that. */
export interface CallsQuery {
  readonly query: string
  readonly exact: boolean
}

type Value = ListValue | null

/** What holds of the calls that a measure speaks of. */
const ofSome: { readonly [measure in Measure]?: string } = {
  errors: 'is:error',
  errorCost: 'is:error',
  retries: 'is:retried',
  retryCost: 'is:retried',
  unpriced: 'is:unpriced',
}

/** What a cell opens where no query asks for just what it counts. */
export const opensMore: { readonly [measure in Measure]?: string } = {
  outcomes: 'Opens all calls of the row: a success is a trace.',
}

/**
 * The query of a table, narrowed to a row; of some measures, to the calls that these speak of. `alike`: words told apart by
 * case. `zone`: whose clock the hours are of.
 */
export function callsOf(
  query: string,
  fields: readonly string[],
  per: BucketLength | undefined,
  key: readonly Value[],
  measure?: Measure,
  alike: ReadonlySet<ListValue> = new Set(),
  zone = userZone(),
): CallsQuery {
  let text = query
  let exact = true
  for (const [k, value] of key.entries()) {
    const field = fields[k]
    const clause =
      field === undefined ? (per ? clauseOfBucket(per, value, zone) : undefined) : clauseOfField(field, value, alike)
    if (clause === undefined) exact = false
    else text = addClause(text, clause.text)
    exact &&= clause?.exact ?? false
  }
  const some = measure && ofSome[measure]
  if (some !== undefined) text = addClause(text, some)
  return { query: text, exact }
}

interface Clause {
  readonly text: string
  readonly exact: boolean
}

function clauseOfField(name: string, value: Value, alike: ReadonlySet<ListValue>): Clause | undefined {
  const scope = /^(root|parent)\.(.+)$/.exec(name)
  const column = readColumn(scope?.[2] ?? name)
  if (!column || 'own' in column) return undefined
  // A call runs no tool: it reads what one gave.
  const field = column.field.id === 'tool' && !scope ? { id: 'tool.used' as const } : column.field
  const clause =
    value === null
      ? `has:${printField(field)}`
      : typeof value === 'number'
        ? clauseOfNumber(name, field, value)
        : clauseOfWords(field, value, alike.has(value))
  if (clause === undefined) return undefined
  return { text: `${value === null ? '-' : ''}${scope ? `${scope[1]}:(${clause})` : clause}`, exact: true }
}

function clauseOfWords(field: FieldRef, words: string, isAlike: boolean): string | undefined {
  if (words === '' || words.length > 1000) return undefined
  if (words.length >= longestShown - 1 && words.endsWith('…')) return beginningClauseFor(field, words.slice(0, -1))
  // Of a text its words alone would find every other that holds them.
  return (isAlike || fieldOf(field.id).type === 'words' ? exactClauseFor : clauseFor)(field, words)
}

const day = 86_400_000

function clauseOfBucket(per: BucketLength, value: Value, zone: string): Clause {
  if (value === null) return { text: '-has:started', exact: true }
  const label = String(value)
  if (per === 'month') return { text: `started:${label.slice(0, 7)}`, exact: true }
  if (per === 'week') {
    const last = new Date(Date.parse(label) + 6 * day).toISOString().slice(0, 10)
    return { text: `started:${label}..${last}`, exact: true }
  }
  return { text: per === 'hour' ? clauseOfHour(label, zone) : `started:${label}`, exact: true }
}

const minute = 60_000

/** `2026-11-03T14+01:00`; where the clock is changed by half an hour, of an hour only as much as it had this offset. */
function clauseOfHour(label: string, zone: string): string {
  const found = /^(.+T\d\d)([+-])(\d\d):(\d\d)$/.exec(label)
  if (!found) return `started:"${label}"`
  const [, hour, sign, hours, minutes] = found
  const ahead = (Number(hours) * 60 + Number(minutes)) * minute * (sign === '-' ? -1 : 1)
  const start = Date.parse(`${hour}:00Z`) - ahead
  const isIts = (at: number) => aheadAt(start + at * minute, zone) === ahead
  // As nearly all: every cell of a table asks.
  if (isIts(0) && isIts(59)) return `started:"${label}"`
  const own = Array.from({ length: 60 }, (_, at) => at).filter(isIts)
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined) return `started:"${label}"`
  const iso = (at: number) => new Date(start + at * minute).toISOString().slice(0, 16)
  return `started:"${iso(first)}Z".."${iso(last)}Z"`
}
