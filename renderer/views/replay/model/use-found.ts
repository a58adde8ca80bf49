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
  const trace = useAsk('traces.find', traceId === undefined ? null : { traceId })
  const row = trace.fresh ? trace.data?.id : undefined
  const named = useAsk('spans.find', row == null ? null : { trace: row, spanId })
  const anywhere = useAsk('replay.find', traceId === undefined ? { spanId } : null)
  const asked = [trace, named, anywhere].find(({ error }) => error)
  const id = named.fresh ? named.data?.id : anywhere.fresh ? anywhere.data?.id : row === null ? null : undefined
  return {
    id,
    several: anywhere.fresh ? anywhere.data?.several : undefined,
    error: asked?.error,
    again: () => asked?.again(),
  }
}
