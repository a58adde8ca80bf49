import { normalizeId } from '../../shared/domain/ids.ts'
import { spanTag } from '../../shared/domain/span-tag.ts'
import type { Store } from './open.ts'

/** What only the store knows of a span: the rest is read from its kept records. */
export interface SpanPlace {
  readonly id: number
  readonly trace: number
  /** The trace's id in normal form. */
  readonly traceId: string
  /** Its place in reading order. */
  readonly pre: number
  /** Bit set of shared/domain/marks.ts, those of the trace's order included. */
  readonly marks: number
}

export function readSpanPlace(store: Store, id: number): SpanPlace | undefined {
  return store.query<[number], SpanPlace>('span-place').get(id)
}

/** The span of a trace by the id its file gave it, however it is spelled. */
export function findSpan(store: Store, trace: number, spanId: string): number | null {
  const tag = spanTag(normalizeId(spanId) ?? spanId)
  return store.query<[number, number], { id: number }>('span-by-tag').get(trace, tag)?.id ?? null
}

/** Spans of a trace that carry a model's work, in reading order: at most `limit`. */
export function generationsOf(store: Store, trace: number, limit: number): number[] {
  return store
    .query<[number, number], { id: number }>('generations')
    .all(trace, limit)
    .map(row => row.id)
}

export interface StoredScore {
  readonly name: string
  readonly value: number | null
  readonly label: string | null
  readonly explanation: string | null
  readonly source: string | null
}

export function scoresOf(store: Store, span: number): StoredScore[] {
  return store.query<[number], StoredScore>('span-scores').all(span)
}

/** Spans of this id in all traces, a few of them: ids are one's own only within a trace. */
export function spansNamed(store: Store, spanId: string, limit: number): { id: number; key: string }[] {
  const tag = spanTag(normalizeId(spanId) ?? spanId)
  return store.query<[number, number], { id: number; key: string }>('spans-by-tag').all(tag, limit)
}

/** Spans with these marks that are called as this one is, the latest that came first. */
export function replayedLike(store: Store, span: number, marks: number, limit: number): number[] {
  return store
    .query<[number, number, number], { id: number }>('replayed-spans')
    .all(marks, span, limit)
    .map(({ id }) => id)
}
