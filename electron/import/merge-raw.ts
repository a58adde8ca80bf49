import type { AttributeValue, Attributes, RawEvent, RawSpan } from '../../shared/domain/raw-span.ts'
import type { Mark } from '../../shared/domain/marks.ts'
import { isDeferred } from '../../shared/conventions/values.ts'

/**
 * Several records of one span as one. Field by field the record that ends later wins (of equal ends the one that came
 * later); a value never loses to null, nor to an empty list or object, and objects are merged key by key. Records that disagree are marked; an end, a length or a status that a later record
 * brings is news, not disagreement. Fragments give way to the span's own record and disagree with nothing.
 */
export function mergeRaw(records: readonly RawSpan[], tell?: (disagreement: Disagreement) => void): RawSpan {
  const ordered = [...records].sort(byWeight)
  const [first, ...rest] = ordered
  if (rest.length === 0) return markFragment(first!)
  let conflict = false
  let own = first!.fragment ? 0 : 1
  const merged = rest.reduce((older, newer) => {
    if (!newer.fragment) own++
    for (const disagreement of disagreements(older, newer)) {
      conflict = true
      if (!tell) break
      tell(disagreement)
    }
    return mergeTwo(older, newer)
  }, first!)
  const whole = markFragment({
    ...merged,
    events: eventsOf(ordered),
    links: union(
      ordered.map(record => record.links),
      link => `${link.traceId} ${link.spanId}`,
    ),
  })
  const marks = ordered.flatMap(record => record.marks)
  return {
    ...whole,
    marks: [
      ...marksOf({ ...whole, marks: [...marks, ...whole.marks] }),
      // A call of a hundred log records is one span that was told in parts.
      ...(own > 1 ? (['merged'] as const) : []),
      ...(conflict ? (['conflict'] as const) : []),
    ],
  }
}

/** In the order of their times where log records brought some: those of one call may come in several requests. */
function eventsOf(records: readonly RawSpan[]): readonly RawEvent[] {
  const events = union(
    records.map(record => record.events),
    event => `${event.time} ${event.name}`,
  )
  return records.some(record => record.fragment) ? events.toSorted(byTime) : events
}

function byTime(a: RawEvent, b: RawEvent): number {
  const [from, to] = [a.time ?? 0n, b.time ?? 0n]
  return from < to ? -1 : from > to ? 1 : 0
}

/** A span of fragments alone says so. */
export function markFragment(raw: RawSpan): RawSpan {
  return raw.fragment ? { ...raw, marks: [...raw.marks, 'fragment'] } : raw
}

function byWeight(a: RawSpan, b: RawSpan): number {
  if (a.fragment !== b.fragment) return a.fragment ? -1 : 1
  return byEnd(a, b)
}

function byEnd(a: RawSpan, b: RawSpan): number {
  if (a.end === b.end) return 0
  if (a.end === undefined) return -1
  return b.end === undefined || a.end > b.end ? 1 : -1
}

function mergeTwo(older: RawSpan, newer: RawSpan): RawSpan {
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
  if (older === newer) return older
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

function isFields(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeferred(value)
}

function earlier(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a
}

/**
 * What any of the records has, as often as the one that has it most often: a history may hold the same message twice.
 * `roughly` differs only where items do: most differ there, and what does need not be printed to be compared.
 */
function union<T extends object>(given: readonly (readonly T[])[], roughly: (item: T) => string): readonly T[] {
  const lists = given.filter(list => list.length > 0)
  if (lists.length <= 1) return lists[0] ?? []
  const alike = new Map<string, number>()
  for (const item of lists.flat()) {
    const key = roughly(item)
    alike.set(key, (alike.get(key) ?? 0) + 1)
  }
  const counts = new Map<string, number>()
  const all: T[] = []
  for (const list of lists) {
    const here = new Map<string, number>()
    for (const item of list) {
      if (alike.get(roughly(item))! > 1) {
        const key = print(item)
        const count = (here.get(key) ?? 0) + 1
        here.set(key, count)
        if (count <= (counts.get(key) ?? 0)) continue
        counts.set(key, count)
      }
      all.push(item)
    }
  }
  return all
}

function print(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item))
}

/** A field that two records fill differently. */
export interface Disagreement {
  readonly field: string
  /** What the merged span says: the newer record's. */
  readonly kept: unknown
  readonly other: unknown
}

function* disagreements(older: RawSpan, newer: RawSpan): Generator<Disagreement> {
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
  if (isNothing(a) || isNothing(b)) return false
  if (isFields(a) && isFields(b)) return Object.keys(a).some(name => differ(a[name], b[name]))
  return print(a) !== print(b)
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isFields(value) && Object.keys(value).length === 0
}

/** What the merged span still deserves: another record may have brought the time that one missed. */
function marksOf(span: RawSpan): Mark[] {
  const length = span.start !== undefined && span.end !== undefined ? span.end - span.start : span.duration
  const outdated = new Set<Mark>()
  if (span.start !== undefined) outdated.add('no-start').add('undated')
  if (span.end !== undefined || span.duration !== undefined) outdated.add('unfinished')
  if (length === undefined || length >= 0n) outdated.add('negative-duration')
  if (span.parentId !== undefined) outdated.add('self-parent')
  return [...new Set(span.marks)].filter(mark => !outdated.has(mark))
}
