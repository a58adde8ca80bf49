import type { ListValue } from '../../../../shared/contract/lists.ts'
import type { BucketLength, Measure } from '../../../../shared/query/cost-measures.ts'
import { addClause, clauseFor, exactClauseFor } from '../../../../shared/query/edit.ts'
import { readColumn } from '../../../../shared/query/list-columns.ts'
import { queriedNumber } from '../../../../shared/query/written-value.ts'
import { printField } from '../../../../shared/query/print.ts'

/** Calls of a row as a query: `exact` where the language can say just that. */
export interface CallsQuery {
  readonly query: string
  readonly exact: boolean
}

type Value = ListValue | null

/** The query of a table, narrowed to a row; of some measures, to the calls that these speak of. `alike`: words told apart by case. */
export function callsOf(
  query: string,
  fields: readonly string[],
  per: BucketLength | undefined,
  key: readonly Value[],
  measure?: Measure,
  alike: ReadonlySet<ListValue> = new Set(),
): CallsQuery {
  let text = query
  let exact = true
  for (const [k, value] of key.entries()) {
    const field = fields[k]
    const clause =
      field === undefined ? (per ? clauseOfBucket(per, value) : undefined) : clauseOfField(field, value, alike)
    if (clause === undefined) exact = false
    else text = addClause(text, clause.text)
    exact &&= clause?.exact ?? false
  }
  if (measure === 'errors' || measure === 'errorCost') text = addClause(text, 'is:error')
  if (measure === 'unpriced') text = addClause(text, 'is:unpriced')
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
  const words = typeof value === 'number' ? queriedNumber(name, value) : (value ?? undefined)
  if (value !== null && (words === undefined || words === '' || words.length > 1000)) return undefined
  const write = value !== null && alike.has(value) ? exactClauseFor : clauseFor
  const has = `has:${printField(field)}`
  if (scope) {
    const inner = words === undefined ? has : write(field, words)
    return { text: `${words === undefined ? '-' : ''}${scope[1]}:(${inner})`, exact: true }
  }
  return { text: words === undefined ? `-${has}` : write(field, words), exact: true }
}

const day = 86_400_000

function clauseOfBucket(per: BucketLength, value: Value): Clause {
  if (value === null) return { text: '-has:started', exact: true }
  const label = String(value)
  if (per === 'month') return { text: `started:${label.slice(0, 7)}`, exact: true }
  if (per === 'week') {
    const last = new Date(Date.parse(label) + 6 * day).toISOString().slice(0, 10)
    return { text: `started:${label}..${last}`, exact: true }
  }
  return { text: per === 'hour' ? `started:"${label}"` : `started:${label}`, exact: true }
}
