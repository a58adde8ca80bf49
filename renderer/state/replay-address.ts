import type { SpanAddress } from './compare-desk.ts'

/** Where a logged call is sent again: by the ids of its file, so that a link means the same in another store. */
export function replayAddress({ traceId, spanId }: Required<SpanAddress>): string {
  return `/replay/${encodeURIComponent(spanId)}?trace=${encodeURIComponent(traceId)}`
}
