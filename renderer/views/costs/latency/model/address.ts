import {
  mostOperationFields,
  operationMeasureNames,
  usualOperations,
  type OperationMeasure,
} from '../../../../../shared/query/latency-measures.ts'
import { labelOfField } from '../../model/address.ts'

/** `?view=latency&ops=name,kind,model&order=-self` */
export interface LatencyAddress {
  readonly by: readonly string[]
  readonly sort: { readonly by: OperationMeasure; readonly descending: boolean }
}

/** Whoever wrote it: what it names and does not exist is left out. */
export function readLatencyAddress(query: URLSearchParams): LatencyAddress {
  const written = (query.get('ops') ?? '')
    .split(',')
    .filter(name => !name.includes('.') && labelOfField(name) !== undefined)
  const order = query.get('order') ?? '-self'
  const named = operationMeasureNames.find(one => one === order.replace(/^-/, ''))
  return {
    by: written.length > 0 ? [...new Set(written)].slice(0, mostOperationFields) : usualOperations,
    sort: named ? { by: named, descending: order.startsWith('-') } : { by: 'self', descending: true },
  }
}

/** What operations are mostly told apart by. */
export const offeredOperations: readonly (readonly string[])[] = [
  usualOperations,
  ['kind'],
  ['name'],
  ['model'],
  ['service', 'name'],
  ['agent', 'kind'],
]

export function labelOfFields(fields: readonly string[]): string {
  const labels = fields.map(name => labelOfField(name) ?? name)
  const last = labels.at(-1) ?? ''
  const text = labels.length > 1 ? `${labels.slice(0, -1).join(', ')} and ${last}` : last
  return text.charAt(0) + text.slice(1).toLowerCase()
}
