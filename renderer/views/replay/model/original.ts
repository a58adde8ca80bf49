import type { SpanCost } from '../../../../shared/contract/prices.ts'
import type { Span } from '../../../../shared/domain/span.ts'

/** The logged call that is sent again. */
export interface Original {
  /** Row of this store. */
  readonly id: number
  readonly span: Span
  readonly cost: SpanCost | undefined
  /** As the address names it. */
  readonly traceId: string | undefined
}
