import type { ReplayRecord, SentPrompt } from '../../shared/replay/record.ts'
import type { ReplayRequest } from '../../shared/replay/types.ts'
import type { Begun } from './ledger.ts'
import type { Answer, Outgoing } from './send.ts'
import type { About, Original } from './stored-record.ts'

// What the host's process asks of the others when a person sends. A page cannot ask it.

/** Of the engine: a request, and whose it was. */
export const composeRequestName = 'replay.compose'
/** Of the net process: to send it. */
export const sendRequest = 'net.send'
/** Of the import: to store the answer (shared/replay/record.ts). */
export const keepRequest = 'replay.keep'

export interface Composed {
  readonly request: ReplayRequest
  readonly original: Original
  /** What is said of the prompt that it has. */
  readonly prompt: SentPrompt
  readonly model?: string
}

export interface Order {
  readonly out: Outgoing
  /** What the ledger says of it. Where it cannot be written, nothing is sent. */
  readonly entry: Begun
  /** What is stored beside the answer. */
  readonly about: About
}

/** What the net process answers: the record is on disk by then, until the import has stored it. */
export interface Answered {
  readonly answer: Omit<Answer, 'body' | 'stream'>
  readonly record: ReplayRecord
}

/** Rows of the answer. */
export interface Kept {
  readonly trace: number
  readonly span: number
}
