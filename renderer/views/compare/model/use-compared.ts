import type { SpanCost } from '../../../../shared/contract/prices.ts'
import type { Span } from '../../../../shared/domain/span.ts'
import { useAsk } from '../../../app/view.ts'
import type { SpanAddress } from '../../../state/compare-desk.ts'
import type { RequestError } from '../../../state/request-error.ts'

export interface ComparedSpan {
  readonly traceId: string
  /** Row id of this store. */
  readonly id: number
  readonly span: Span
  readonly cost: SpanCost | undefined
}

export interface Compared {
  readonly found: ComparedSpan | undefined
  /** The store has no such trace, or the trace no such span. */
  readonly missing: boolean
  readonly error: RequestError | undefined
  readonly again: () => void
}

/** Attributes are not compared: of all that are longer only the length comes along. */
const holdBack = 1

/** Finds a span by the ids of its file and reads it. Calls that are compared may be of any length: they are read once. */
export function useCompared(address: SpanAddress | undefined): Compared {
  const { traceId, spanId } = address ?? {}
  const named = useAsk('spans.find', traceId === undefined || spanId === undefined ? null : { traceId, spanId })
  const trace = useAsk('traces.find', traceId === undefined || spanId !== undefined ? null : { traceId })
  const row = trace.fresh ? trace.data?.id : undefined
  const root = useAsk('traces.tree', row == null ? null : { id: row })
  const id =
    spanId === undefined ? (root.fresh ? root.data?.id[0] : undefined) : named.fresh ? named.data?.id : undefined
  const span = useAsk('spans.read', id == null ? null : { id, holdBack })
  const cost = useAsk('spans.cost', id == null ? null : { id })
  const isRead = id != null && span.fresh && span.data !== undefined
  const asked = [trace, named, root, span]
  return {
    found: isRead
      ? { traceId: traceId!, id, span: span.data, cost: cost.fresh ? cost.data?.cost : undefined }
      : undefined,
    missing: row === null || id === null,
    error: asked.find(({ error }) => error)?.error,
    again: () => asked.find(({ error }) => error)?.again(),
  }
}
