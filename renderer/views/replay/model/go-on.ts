import type { JsonValue } from '../../../../shared/domain/json.ts'
import type { DialectId } from '../../../../shared/replay/types.ts'

/** Where an answer goes on: in the draft of this dialect. */
export interface GoOn {
  readonly dialect: DialectId
  /** Puts items behind its conversation, as one step. */
  readonly putIn: (items: readonly JsonValue[]) => void
}
