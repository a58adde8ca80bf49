import type { SpanAddress } from './compare-desk.ts'

/** Where a logged call is sent again: by the ids of its file, so that a link means the same in another store. */
export function replayAddress({ traceId, spanId }: Required<SpanAddress>): string {
  return `/replay/${encodeURIComponent(spanId)}?trace=${encodeURIComponent(traceId)}`
}

/** The same, with the draft of a version in place of the call's own prompt. */
export function tryDraftAddress(call: Required<SpanAddress>, prompt: string, version: string | null): string {
  const tried = new URLSearchParams({ prompt, version: version ?? '', draft: '1' })
  return `${replayAddress(call)}&${tried.toString()}`
}
