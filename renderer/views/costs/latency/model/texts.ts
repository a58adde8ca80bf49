import { clauseFor, addClause } from '../../../../../shared/query/edit.ts'
import type { ListValue } from '../../../../../shared/contract/lists.ts'
import { formatCount, formatShare, unknown } from '../../../../../shared/format/numbers.ts'
import { formatDuration } from '../../../../../shared/format/times.ts'
import { operationMeasures, type OperationMeasure } from '../../../../../shared/query/latency-measures.ts'
import { callsOf } from '../../model/clauses.ts'

type Key = readonly (ListValue | null)[]

/** NaN is a dash. */
export function operationText(measure: OperationMeasure, value: number): string {
  if (Number.isNaN(value)) return unknown
  const { type } = operationMeasures[measure]
  if (type === 'count') return formatCount(value)
  return type === 'share' ? formatShare(value, 1) : formatDuration(value)
}

/** 3.2×, 120×: how many times the median. */
export function timesText(length: number, median: number): string {
  const times = length / median
  return Number.isFinite(times) ? `${times < 10 ? times.toFixed(1) : formatCount(Math.round(times))}×` : unknown
}

/** The list of the spans behind a row. */
export function spansOf(query: string, fields: readonly string[], key: Key, failed: boolean): string {
  const text = callsOf(query, fields, undefined, key).query
  return listOf(failed ? addClause(text, 'is:error') : text)
}

export const failureFields = ['name', 'kind', 'model'] as const

/** Of a failure also its cause, where it has one: a long one by its beginning. */
export function failuresBehind(query: string, key: Key): string {
  const text = addClause(callsOf(query, failureFields, undefined, key.slice(0, -1)).query, 'is:error')
  const cause = key.at(-1)
  // A phrase is found by its words: a cut last word would be none.
  const words = typeof cause === 'string' ? cause.slice(0, 120).replace(cause.length > 120 ? /\s\S*$/ : '', '') : ''
  return listOf(words === '' ? text : addClause(text, clauseFor({ id: 'error' }, words)))
}

function listOf(query: string): string {
  return `/spans?${new URLSearchParams({ q: query }).toString()}`
}
