import {
  bucketLengths,
  measureNames,
  measures,
  mostDimensions,
  type BucketLength,
  type Measure,
} from '../../../../shared/query/cost-measures.ts'
import { columnId, type ColumnId } from './columns.ts'
import { fieldOf } from '../../../../shared/query/fields.ts'
import { readColumn } from '../../../../shared/query/list-columns.ts'

/** A table as its address names it: `?by=model,prompt.version&per=day&show=calls,cost&sort=-cost&vs=previous`. */
export interface TableAddress {
  readonly by: readonly string[]
  readonly per: BucketLength | undefined
  /** Absent: the columns chosen here. */
  readonly show: readonly ColumnId[] | undefined
  readonly sort: { readonly by: Measure | 'key'; readonly descending: boolean }
  /** `previous`, or a query. */
  readonly versus: string | undefined
  /** A definition of success or a query, `-` for none; absent: the store's first definition. */
  readonly success: string | undefined
  readonly view: 'table' | 'chart' | 'latency'
}

/** Whoever wrote the address: what it names and does not exist is left out. */
export function readAddress(query: URLSearchParams): TableAddress {
  const by = listOf(query.get('by') ?? 'model').filter(name => labelOfField(name) !== undefined)
  const per = bucketLengths.find(one => one === query.get('per'))
  const shown = listOf(query.get('show') ?? '').flatMap(name => columnId(name) ?? [])
  const sorted = query.get('sort') ?? ''
  const name = sorted.replace(/^-/, '')
  const sortBy = name === 'key' ? 'key' : measureNames.find(one => one === name)
  return {
    by: [...new Set(by)].slice(0, mostDimensions),
    per,
    show: shown.length > 0 ? [...new Set(shown)] : undefined,
    sort: sortBy ? { by: sortBy, descending: sorted.startsWith('-') } : { by: 'cost', descending: true },
    versus: query.get('vs') ?? undefined,
    success: query.get('success') ?? undefined,
    view: (['chart', 'latency'] as const).find(one => one === query.get('view')) ?? 'table',
  }
}

function listOf(text: string): string[] {
  return text.split(',').filter(name => name !== '')
}

/** What a field is called by which calls are grouped; undefined where there is none. */
export function labelOfField(name: string): string | undefined {
  const scope = /^(root|parent)\.(.+)$/.exec(name)
  const column = readColumn(scope?.[2] ?? name)
  if (!column || 'own' in column) return undefined
  const { label } = fieldOf(column.field.id)
  const named = column.field.name === undefined ? label : column.field.name
  return scope ? `${named} of the ${scope[1]}` : named
}

export function labelOfMeasure(measure: Measure): string {
  return measures[measure].label
}

/** Fields one mostly asks by. Any other may stand in the address. */
export const offeredFields: readonly string[] = [
  'model',
  'provider',
  'prompt',
  'prompt.version',
  'feature',
  'application',
  'service',
  'agent',
  'tool',
  'name',
  'environment',
  'release',
  'tenant',
  'team',
  'user',
  'session',
  'tag',
  'status',
  'finish',
  'import',
  'source',
  'root.name',
  'root.feature',
  'root.user',
  'root.session',
  'parent.name',
  'parent.agent',
]

export const bucketLabels: { readonly [length in BucketLength]: string } = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
}
