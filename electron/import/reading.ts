import { readSearched, readWhole } from '../../shared/conventions/index.ts'
import type { Output } from '../../shared/contract/index.ts'
import { bitsToMarks, marks as allMarks } from '../../shared/domain/marks.ts'
import type { RawSpan } from '../../shared/domain/raw-span.ts'
import type { SearchedSpan, Span } from '../../shared/domain/span.ts'
import { KeptReader, type KeptRecord, type KeptText as StoredText } from '../store/kept.ts'
import type { Store } from '../store/open.ts'
import type { Reread } from '../store/reread.ts'
import { readSpanPlace } from '../store/spans.ts'
import { fillIds } from './derived-ids.ts'
import { isSpan } from './format.ts'
import { formatOf } from './formats/index.ts'
import { mapped } from './formats/mapped.ts'
import { mergeRaw, type Disagreement } from './merge-raw.ts'
import { splitNotes } from './notes.ts'
import { hasDigits, parseSkeleton, prettyJson } from './numbers.ts'
import { readSpanColumns } from './span-reading.ts'

// Reading kept records again: the same formats and conventions as while importing, every text in its place.

type KeptText = Pick<StoredText, 'format' | 'record' | 'context'>

const asWritten = (text: string): string => text

function parse(json: string): object {
  const value = parseSkeleton(json, hasDigits(json))
  return typeof value === 'object' && value !== null ? value : {}
}

/** Contexts read last, by their texts: records that follow one another share a few. */
const contexts = new Map<string, ReturnType<typeof splitNotes>>()
const mostContexts = 64

function contextOf(text: string): ReturnType<typeof splitNotes> {
  let found = contexts.get(text)
  if (found) return found
  found = splitNotes(parse(text))
  if (contexts.size >= mostContexts) contexts.clear()
  contexts.set(text, found)
  return found
}

/** Undefined for a record of a format this build does not know. */
function rawSpanOf({ format, record, context }: KeptText): RawSpan | undefined {
  const { written, notes } = contextOf(context)
  const raw = formatOf(format)?.rawSpan(parse(record), written, asWritten)
  if (raw === undefined || !isSpan(raw)) return undefined
  const whole = fillIds(raw, record, notes.occurrence ?? 1)
  return notes.marks ? { ...whole, marks: [...whole.marks, ...notes.marks] } : whole
}

/** What a span's records say together, before any convention gives it meaning. */
export function readRawSpan(records: readonly KeptText[], tell?: (found: Disagreement) => void): RawSpan | undefined {
  const spans = withoutGuesses(records.flatMap(record => rawSpanOf(record) ?? []))
  return spans.length === 0 ? undefined : mergeRaw(spans, tell)
}

/** What a person says of a row replaces what was guessed of it before. */
function withoutGuesses(spans: RawSpan[]): RawSpan[] {
  const said = spans.filter(({ marks }) => !marks.includes('guessed'))
  return said.some(({ dialect }) => dialect === mapped.id) ? said : spans
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
  const found: Disagreement[] = []
  const raw = readRawSpan(records, disagreement => found.push(disagreement))
  if (!raw) throw new Error('A kept record cannot be read by the format that wrote it.')
  const { traceId, spanId } = raw
  const conflicts = found.map(({ field, kept, other }) => ({
    traceId,
    spanId,
    field: shorten(field),
    kept: print(kept),
    other: print(other),
  }))
  return { ...readSpanColumns(raw), conflicts }
}

/** Texts in quotes: `"0.2"` is no number. */
function print(value: unknown): string {
  if (typeof value === 'string') return `"${shorten(value)}"`
  const bigints = (_key: string, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)
  return shorten(typeof value === 'bigint' ? `${value}` : JSON.stringify(value, bigints))
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
  }
}
