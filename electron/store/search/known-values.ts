import type { FieldRef } from '../../../shared/query/fields.ts'
import type { Store } from '../open.ts'
import { callNames, labelNames } from './columns.ts'
import { provideFunctions } from './functions.ts'

export interface KnownValue {
  readonly value: string
  /** Spans that have it. */
  readonly count: number
}

/** The most frequent values of a field that begin like this, case ignored; none of what only records hold. */
export function knownValues(store: Store, field: FieldRef, prefix: string, most: number): KnownValue[] {
  const text = statementFor(field)
  if (text === undefined) return []
  provideFunctions(store)
  const match = JSON.stringify({ type: 'pieces', pieces: [prefix.toLowerCase(), ''] })
  return store.snapshot(() => store.statement<[object], KnownValue>(text).all({ match, most }))
}

/** Spans are counted by the ids of names, and names are compared once each. */
function statementFor({ id }: FieldRef): string | undefined {
  const call = callNames[id]
  const label = labelNames[id]
  if (id === 'name') return counted('SELECT name AS id, count(*) AS count FROM span GROUP BY name')
  if (call) return counted(`SELECT ${call} AS id, count(*) AS count FROM call GROUP BY ${call}`)
  if (label) {
    return counted(`SELECT label.${label} AS id, sum(spans.count) AS count
      FROM (SELECT label, count(*) AS count FROM span WHERE label <> 0 GROUP BY label) spans
      JOIN label ON label.id = spans.label GROUP BY label.${label}`)
  }
  if (id === 'score') {
    return `SELECT name AS value, sum(count) AS count FROM (
        SELECT name, count(DISTINCT span) AS count FROM score GROUP BY name
        UNION ALL SELECT name, count(*) FROM given_score GROUP BY name
      ) WHERE matches(@match, name) GROUP BY name ORDER BY count DESC, value LIMIT @most`
  }
  if (id === 'tag') {
    return `SELECT word AS value, count(*) AS count FROM note WHERE word <> '' AND matches(@match, word)
      GROUP BY word ORDER BY count DESC, value LIMIT @most`
  }
  return undefined
}

function counted(counts: string): string {
  return `SELECT name.s AS value, counts.count FROM (${counts}) counts JOIN name ON name.id = counts.id
    WHERE matches(@match, name.s) ORDER BY counts.count DESC, value LIMIT @most`
}
