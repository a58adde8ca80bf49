import type { ReplayRequest } from '../../shared/replay/types.ts'
import type { Begun } from './ledger.ts'
import type { Outgoing } from './send.ts'

// What the host's process asks of the others when a person sends. A page cannot ask it.

/** Of the engine: a request, and whose it was. */
export const composeRequestName = 'replay.compose'
/** Of the net process: to send it. */
export const sendRequest = 'net.send'
/** Of the import: to store the answer (shared/replay/record.ts). */
export const keepRequest = 'replay.keep'

/** The call that is sent again. */
export interface Original {
  readonly traceId: string
  readonly spanId: string
  readonly name: string
}

export interface Composed {
  readonly request: ReplayRequest
  readonly original: Original
  readonly model?: string
}

export interface Order {
  readonly out: Outgoing
  /** What the ledger says of it. Where it cannot be written, nothing is sent. */
  readonly entry: Begun
}

/** Rows of the answer. */
export interface Kept {
  readonly trace: number
  readonly span: number
}
