import type { AttributeValue, Attributes, RawEvent, RawLink, RawSpan } from '../../shared/domain/raw-span.ts'
import type { Mark } from '../../shared/domain/marks.ts'

/**
 * Several records of one span as one. Field by field the record that ends later wins (of equal ends the one that came
 * later); a value never loses to null. Records that disagree are marked; an end, a length or a status that a later record
 * brings is news, not disagreement. Fragments give way to the span's own record and disagree with nothing.
 */
export function mergeRaw(records: readonly RawSpan[]): RawSpan {
  const [first, ...rest] = [...records].sort(byWeight)
  if (rest.length === 0) return markFragment(first!)
  let conflict = false
  const merged = rest.reduce((older, newer) => {
    conflict ||= disagree(older, newer)
    return mergeTwo(older, newer)
  }, first!)
  return {
    ...markFragment(merged),
    marks: [...marksOf(markFragment(merged)), 'merged', ...(conflict ? (['conflict'] as const) : [])],
  }
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
  const start = newer.start ?? older.start
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
    events: union<RawEvent>(older.events, newer.events),
    links: union<RawLink>(older.links, newer.links),
    resource: mergeAttributes(older.resource, newer.resource),
    scope: {
      ...(name === undefined ? {} : { name }),
      ...(version === undefined ? {} : { version }),
      attributes: mergeAttributes(older.scope.attributes, newer.scope.attributes),
    },
    marks: [...older.marks, ...newer.marks],
    ...((newer.dialect ?? older.dialect) === undefined ? {} : { dialect: newer.dialect ?? older.dialect! }),
    ...(older.fragment && newer.fragment ? { fragment: true } : {}),
  }
}

function mergeAttributes(older: Attributes, newer: Attributes): Attributes {
  const merged = Object.assign(Object.create(null) as Record<string, AttributeValue>, older)
  for (const name of Object.keys(newer)) {
    if (newer[name] !== null || merged[name] === undefined) merged[name] = newer[name]!
  }
  return merged
}

function union<T>(older: readonly T[], newer: readonly T[]): readonly T[] {
  const seen = new Set(older.map(print))
  return [...older, ...newer.filter(item => !seen.has(print(item)))]
}

function print(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item))
}

function disagree(older: RawSpan, newer: RawSpan): boolean {
  if (older.fragment || newer.fragment) return false
  const differ = (a: unknown, b: unknown) =>
    a !== undefined && b !== undefined && a !== '' && b !== '' && a !== null && b !== null && print(a) !== print(b)
  if (differ(older.name, newer.name) || differ(older.parentId, newer.parentId) || differ(older.start, newer.start)) {
    return true
  }
  if (older.status !== newer.status && older.status !== 'unset' && newer.status !== 'unset') return true
  return Object.keys(newer.attributes).some(name => differ(older.attributes[name], newer.attributes[name]))
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
