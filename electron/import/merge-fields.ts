import { isDeferred } from '../../shared/conventions/values.ts'
import type { AttributeValue, Attributes, RawSpan } from '../../shared/domain/raw-span.ts'

// Two records of one span as one, and what they say differently.

/** What `newer` says; what it does not say, `older` does. */
export function mergeTwo(older: RawSpan, newer: RawSpan): RawSpan {
  const parentId = newer.parentId ?? older.parentId
  const start = newer.fragment ? earlier(older.start, newer.start) : (newer.start ?? older.start)
  const end = newer.end ?? older.end
  const duration = newer.duration ?? older.duration
  const statusMessage = newer.statusMessage ?? older.statusMessage
  const { name, version } = { ...older.scope, ...newer.scope }
  return {
    traceId: older.traceId,
    spanId: older.spanId,
    ...(parentId === undefined ? {} : { parentId }),
    name: newer.name || older.name,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(duration === undefined ? {} : { duration }),
    status: newer.status === 'unset' ? older.status : newer.status,
    ...(statusMessage === undefined ? {} : { statusMessage }),
    attributes: mergeAttributes(older.attributes, newer.attributes),
    events: newer.events,
    links: newer.links,
    resource: mergeAttributes(older.resource, newer.resource),
    scope: {
      ...(name === undefined ? {} : { name }),
      ...(version === undefined ? {} : { version }),
      attributes: mergeAttributes(older.scope.attributes, newer.scope.attributes),
    },
    marks: newer.marks,
    ...((newer.dialect ?? older.dialect) === undefined ? {} : { dialect: newer.dialect ?? older.dialect! }),
    ...(older.fragment && newer.fragment ? { fragment: true } : {}),
  }
}

function mergeAttributes(older: Attributes, newer: Attributes): Attributes {
  if (older === newer || isEmpty(newer)) return older
  if (isEmpty(older)) return newer
  const merged = Object.assign(Object.create(null) as Record<string, AttributeValue>, older)
  for (const name of Object.keys(newer)) {
    merged[name] = mergeValues(merged[name], newer[name]!)
  }
  return merged
}

function mergeValues(older: AttributeValue | undefined, newer: AttributeValue): AttributeValue {
  if (older === undefined) return newer
  if (isFields(older) && isFields(newer)) return mergeAttributes(older, newer)
  return newer === null || (isNothing(newer) && typeof newer === 'object') ? older : newer
}

function isEmpty(attributes: Attributes): boolean {
  for (const _ in attributes) return false
  return true
}

function isFields(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeferred(value)
}

function earlier(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a
}

/** A field that two records fill differently. */
export interface Disagreement {
  readonly field: string
  /** What the merged span says: the newer record's. */
  readonly kept: unknown
  readonly other: unknown
}

export function* disagreements(older: RawSpan, newer: RawSpan): Generator<Disagreement> {
  if (older.fragment || newer.fragment) return
  for (const field of ['name', 'parentId', 'start'] as const) {
    if (differ(older[field], newer[field])) yield { field, kept: newer[field], other: older[field] }
  }
  if (older.status !== newer.status && older.status !== 'unset' && newer.status !== 'unset') {
    yield { field: 'status', kept: newer.status, other: older.status }
  }
  for (const field of Object.keys(newer.attributes)) {
    const [kept, other] = [newer.attributes[field], older.attributes[field]]
    if (differ(other, kept)) yield { field, kept, other }
  }
}

/** An object that only says more does not differ. */
function differ(a: unknown, b: unknown): boolean {
  if (a === b || isNothing(a) || isNothing(b)) return false
  if (isDeferred(a) && isDeferred(b) && a.key !== undefined && a.key === b.key) return false
  if (isFields(a) && isFields(b)) return Object.keys(a).some(name => differ(a[name], b[name]))
  return print(a) !== print(b)
}

/** As JSON, texts in their places. */
export function print(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `${item}n` : isDeferred(item) ? item.read() : item,
  )
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isFields(value) && isEmpty(value)
}
