import type { Store } from './open.ts'

/** What only the store knows of a span: the rest is read from its kept records. */
export interface SpanPlace {
  readonly id: number
  readonly trace: number
  /** The trace's id in normal form. */
  readonly traceId: string
  /** Bit set of shared/domain/marks.ts, those of the trace's order included. */
  readonly marks: number
}

export function readSpanPlace(store: Store, id: number): SpanPlace | undefined {
  return store.query<[number], SpanPlace>('span-place').get(id)
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
