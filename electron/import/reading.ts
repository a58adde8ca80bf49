import { readSearched, readWhole } from '../../shared/conventions/index.ts'
import type { Output } from '../../shared/contract/index.ts'
import { isDeferred } from '../../shared/conventions/values.ts'
import { bitsToMarks, marks as allMarks } from '../../shared/domain/marks.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import type { FieldConflict } from '../../shared/domain/receipt.ts'
import type { SearchedSpan, Span } from '../../shared/domain/span.ts'
import { KeptReader, type KeptRecord } from '../store/kept.ts'
import type { Store } from '../store/open.ts'
import type { Reread } from '../store/reread.ts'
import { readSpanPlace } from '../store/spans.ts'
import { KeptRecords, type KeptText } from './kept-records.ts'
import { mergeRecords, type Disagreement } from './merge-raw.ts'
import { splitNotes } from './notes.ts'
import { prettyJson } from './numbers.ts'
import { readSpanColumns } from './span-reading.ts'

// Reading kept records again: the same formats and conventions as while importing, every text in its place.

/** What a span's records say together, before any convention gives it meaning. */
export function readRawSpan(records: readonly KeptText[]): RawSpan | undefined {
  return mergeRecords(new KeptRecords(records, 'texts in place'))?.span
}

/** Everything about one span, out of all its records. */
export function readSpan(records: readonly KeptText[]): Span | undefined {
  const raw = readRawSpan(records)
  return raw && readWhole(raw)
}

/** As much of it as is searched, and what it was read from. */
export function readSearchedSpan(
  records: readonly KeptText[],
): { readonly span: SearchedSpan; readonly raw: RawSpan } | undefined {
  const raw = readRawSpan(records)
  return raw && { span: readSearched(raw), raw }
}

/** For the store: what its columns say of a span that several records gave. */
export const reread: Reread = records => {
  const merged = mergeRecords(new KeptRecords(records, 'texts on demand'))
  if (!merged) throw new Error('A kept record cannot be read by the format that wrote it.')
  const { span, disagreements, disagreementCount } = merged
  const reading = readSpanColumns(span)
  if (disagreementCount === 0) return reading
  const conflicts = disagreements.map(found => printed(span, found))
  return { ...reading, conflicts, conflictCount: disagreementCount }
}

function printed({ traceId, spanId }: RawSpan, { field, kept, other }: Disagreement): FieldConflict {
  return { traceId, spanId, field: shorten(field), kept: print(kept), other: print(other) }
}

/** Texts in quotes: `"0.2"` is no number. */
function print(value: unknown): string {
  const text = isDeferred(value) ? value.read() : value
  if (typeof text === 'string') return `"${shorten(text)}"`
  const plain = (_key: string, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : isDeferred(item) ? item.read() : item
  return shorten(typeof value === 'bigint' ? `${value}` : JSON.stringify(value, plain))
}

/** As much as a receipt quotes. */
function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text
}

export type RawRecord = Output<'spans.raw'>['records'][number]

/** What the file said, in its own words and digits, on several lines. */
export function rawRecords(records: readonly KeptRecord[]): RawRecord[] {
  return records.map(({ format, file, place, record, context }) => ({
    format,
    file,
    place,
    record: prettyJson(record),
    context: prettyJson(context, value => splitNotes(value).written),
  }))
}

/** Reads spans of a store by row. Keep one for as long as the store is open. */
export function createSpanReader(store: Store): {
  read(id: number): Span | undefined
  raw(id: number): RawRecord[]
  /** What its records say together, and their texts. */
  whole(id: number): { readonly raw: RawSpan | undefined; readonly records: readonly string[] }
  /** One of its records as it is kept. */
  kept(id: number, record: number): Output<'spans.kept'> | undefined
} {
  const kept = new KeptReader(store)
  return {
    read(id) {
      const span = readSpan(kept.read(id))
      const place = span && readSpanPlace(store, id)
      if (!span || !place) return span
      // Orphans, cycles and restated usage show only in the whole trace.
      const has = new Set([...(span.marks ?? []), ...bitsToMarks(place.marks)])
      return has.size === 0 ? span : { ...span, marks: allMarks.filter(mark => has.has(mark)) }
    },
    raw: id => rawRecords(kept.read(id)),
    whole(id) {
      const records = kept.read(id)
      return { raw: readRawSpan(records), records: records.map(({ record }) => record) }
    },
    kept(id, number) {
      const found = kept.read(id)[number]
      return found && { record: found.record, context: found.context }
    },
  }
}
