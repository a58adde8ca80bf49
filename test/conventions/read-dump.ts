// A tiny reader of the dumps these tests need, sharing no code with the product's formats: plain JSON.parse, whole file.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Attributes, AttributeValue, RawSpan } from '../../shared/domain/raw-span.ts'
import type { Status } from '../../shared/domain/kind.ts'

export const corpus = resolve(process.env['SPANWISE_CORPUS'] ?? '../shared/samples')
export const hasCorpus = existsSync(resolve(corpus, 'EXPECTED.json'))

interface Json {
  readonly [key: string]: unknown
}

/** A span in memory, with whatever a test cares about. */
export function rawSpan(fields: Omit<Partial<RawSpan>, 'attributes'> & { readonly attributes?: object } = {}): RawSpan {
  return {
    traceId: 't',
    spanId: 's',
    name: 'span',
    status: 'unset',
    events: [],
    links: [],
    resource: attributes({}),
    scope: { attributes: attributes({}) },
    marks: [],
    ...fields,
    attributes: attributes(fields.attributes ?? {}),
  }
}

export function attributes(object: object): Attributes {
  return Object.assign(Object.create(null) as object, object) as Attributes
}

/** Every span of a dump under the corpus; the same (trace, span) once. */
export function readDump(path: string): RawSpan[] {
  const whole = readFileSync(resolve(corpus, path), 'utf8').replace(/^\uFEFF/, '')
  const spans = new Map<string, RawSpan>()
  let n = 0
  for (const record of records(whole)) {
    for (const span of spansOf(record)) spans.set(`${span.traceId}/${span.spanId || ++n}`, span)
  }
  return [...spans.values()]
}

function records(whole: string): Json[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(whole)
  } catch {
    parsed = whole.split('\n').flatMap(line => {
      try {
        return [JSON.parse(line) as unknown]
      } catch {
        return []
      }
    })
  }
  const list = Array.isArray(parsed) ? parsed : [parsed]
  return list
    .map(item => (typeof item === 'string' ? JSON.parse(item) : item) as Json)
    .filter(item => typeof item === 'object' && item !== null)
}

function spansOf(record: Json): RawSpan[] {
  const requests = list(record['resourceSpans'] ?? record['resource_spans'])
  if (requests.length > 0) return requests.flatMap(otlpSpans)
  if (typeof record['attributes'] === 'object' && typeof record['name'] === 'string') return [rowSpan(record)]
  return 'trace_id' in record ? [flatSpan(record)] : []
}

function otlpSpans(request: Json): RawSpan[] {
  const resource = pairs((request['resource'] as Json | undefined)?.['attributes'])
  return list(request['scopeSpans'] ?? request['scope_spans'] ?? request['instrumentationLibrarySpans']).flatMap(
    group => {
      const scope = (group['scope'] ?? group['instrumentationLibrary'] ?? {}) as Json
      return list(group['spans']).map(span => {
        const parent = text(span['parentSpanId'] ?? span['parent_span_id'] ?? '')
        const status = (span['status'] ?? {}) as Json
        return rawSpan({
          traceId: text(span['traceId'] ?? span['trace_id']),
          spanId: text(span['spanId'] ?? span['span_id']),
          ...(parent === '' ? {} : { parentId: parent }),
          name: text(span['name']),
          start: BigInt((span['startTimeUnixNano'] ?? span['start_time_unix_nano'] ?? 0) as string),
          end: BigInt((span['endTimeUnixNano'] ?? span['end_time_unix_nano'] ?? 0) as string),
          status: statusOf(status['code']),
          ...(status['message'] ? { statusMessage: text(status['message']) } : {}),
          attributes: pairs(span['attributes']),
          events: list(span['events']).map(event => ({
            name: text(event['name']),
            attributes: pairs(event['attributes']),
          })),
          resource,
          scope: {
            ...(scope['name'] ? { name: text(scope['name']) } : {}),
            ...(scope['version'] ? { version: text(scope['version']) } : {}),
            attributes: attributes({}),
          },
        })
      })
    },
  )
}

/** A span dump row: attributes as a plain object. */
function rowSpan(row: Json): RawSpan {
  const parent = (row['parent_span_id'] ?? row['parent_id']) as string | null | undefined
  const scope = (row['scope'] ?? {}) as Json
  const status = (row['status'] ?? {}) as Json
  return rawSpan({
    traceId: text(row['trace_id']),
    spanId: text(row['span_id']),
    ...(parent ? { parentId: parent } : {}),
    name: text(row['name']),
    status: statusOf(status['code'] ?? status['status_code']),
    attributes: row['attributes'] as object,
    events: list(row['span_events'] ?? row['events']).map(event => ({
      name: text(event['event_name'] ?? event['name']),
      attributes: attributes(event['attributes'] ?? {}),
    })),
    scope: { ...(scope['name'] ? { name: text(scope['name']) } : {}), attributes: attributes({}) },
  })
}

function flatSpan(row: Json): RawSpan {
  const parent = row['parent_span_id'] as string | null | undefined
  const word = text(row['status'] ?? '').toLowerCase()
  return rawSpan({
    traceId: text(row['trace_id']),
    spanId: text(row['span_id'] ?? ''),
    ...(parent ? { parentId: parent } : {}),
    name: text(row['name'] ?? row['feature']),
    status: word === 'error' || word === 'timeout' ? 'error' : word === '' ? 'unset' : 'ok',
    attributes: row,
  })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : []
}

function pairs(value: unknown): Attributes {
  const found: Record<string, AttributeValue> = {}
  for (const pair of list(value)) found[text(pair['key'])] = anyValue(pair['value'] as Json | undefined)
  return attributes(found)
}

function anyValue(value: Json | undefined | null): AttributeValue {
  const [type, inner] = Object.entries(value ?? {})[0] ?? []
  switch (type?.replaceAll('_', '').toLowerCase()) {
    case 'intvalue':
    case 'doublevalue':
      return Number(inner)
    case 'arrayvalue':
      return list((inner as Json)['values']).map(anyValue)
    case 'kvlistvalue':
      return pairs((inner as Json)['values'])
    case 'stringvalue':
    case 'boolvalue':
      return inner as string | boolean
    default:
      return null
  }
}

function statusOf(code: unknown): Status {
  if (code === 2 || text(code).endsWith('ERROR')) return 'error'
  return code === 1 || text(code).endsWith('OK') ? 'ok' : 'unset'
}
