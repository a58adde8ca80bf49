// Two spans that are to be compared: one is marked somewhere, the other picked somewhere else.

import { visibleLine } from '../../shared/format/visible-text.ts'
import type { PageClient } from './client.ts'
import { createStore } from './store.ts'

/** A span as any store knows it: by the ids its file gave it. Without `spanId` the root of the trace. */
export interface SpanAddress {
  readonly traceId: string
  readonly spanId?: string
}

export interface MarkedSpan extends SpanAddress {
  /** Its name, for the person who marked it. */
  readonly words: string
}

export const markedSpan = createStore<MarkedSpan | undefined>(undefined)

/**
 * Marks a span, or where one is marked says where the two are compared: the marked one first. The marked one again is
 * marked no more.
 */
export function pickSpan(span: MarkedSpan): { readonly did: 'marked' | 'unmarked' } | { readonly address: string } {
  const marked = markedSpan.get()
  if (!marked) {
    markedSpan.set(span)
    return { did: 'marked' }
  }
  markedSpan.set(undefined)
  if (marked.traceId === span.traceId && marked.spanId === span.spanId) return { did: 'unmarked' }
  return { address: compareAddress(marked, span) }
}

export function compareAddress(a: SpanAddress, b: SpanAddress): string {
  return `/compare?${new URLSearchParams({ ...parts('a', a), ...parts('b', b) }).toString()}`
}

/** A good call and a bad one, with what changed between the two on top. */
export function sinceGoodAddress(good: SpanAddress, bad: SpanAddress): string {
  return `${compareAddress(good, bad)}&since=good`
}

export function readCompared(query: URLSearchParams, side: 'a' | 'b'): SpanAddress | undefined {
  const traceId = query.get(side)
  const spanId = query.get(`${side}Span`)
  return traceId ? { traceId, ...(spanId ? { spanId } : {}) } : undefined
}

function parts(side: 'a' | 'b', { traceId, spanId }: SpanAddress): Record<string, string> {
  return { [side]: traceId, ...(spanId === undefined ? {} : { [`${side}Span`]: spanId }) }
}

/** The id that its file gave a span. */
export async function spanIdOf(client: PageClient, row: number): Promise<string> {
  // Attributes are not looked at: of all that are longer only the length comes along.
  return (await client.ask('spans.read', { id: row, holdBack: 1 })).id
}

/** What is said when one was marked, or is no more. */
export function pickWords({ words }: MarkedSpan, did: 'marked' | 'unmarked'): string {
  const name = visibleLine(words, 60) || 'It'
  return did === 'marked'
    ? `${name} is marked. Do the same on another to compare the two.`
    : `${name} is marked no more.`
}
