import { useAsk } from '../../../app/view.ts'
import type { RequestError } from '../../../state/request-error.ts'

export interface Found {
  /** Row of the call; null where there is none, or more than one. */
  readonly id: number | null | undefined
  /** Traces that have such a span, where it is not one. */
  readonly several: readonly string[] | undefined
  readonly error: RequestError | undefined
  readonly again: () => void
}

/** The call that an address names. Within a trace it is looked up at once; without one the whole store is walked, beside other walks. */
export function useFound(spanId: string, traceId: string | undefined): Found {
  const named = useAsk('spans.find', traceId === undefined ? null : { traceId, spanId })
  const anywhere = useAsk('replay.find', traceId === undefined ? { spanId } : null)
  const asked = traceId === undefined ? anywhere : named
  return {
    id: asked.fresh ? asked.data?.id : undefined,
    several: anywhere.fresh ? anywhere.data?.several : undefined,
    error: asked.error,
    again: asked.again,
  }
}
