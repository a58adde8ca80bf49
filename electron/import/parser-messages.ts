import type { Batch } from '../store/batch.ts'
import type { BodySeed } from './bodies.ts'
import type { MappingsToUse } from './unknown-rows.ts'
import type { ParsedFile } from './parse.ts'

/** Begins an import in a parser's thread. What the one before it left there is forgotten. */
export interface ParserStart {
  readonly type: 'start'
  readonly wasmPath: string
  readonly seed: BodySeed
  /** Two words: batches that may still be sent, and whether to stop. */
  readonly control: SharedArrayBuffer
  /** Of each file no more is read. */
  readonly firstBytes?: number
  readonly mappings: MappingsToUse
  /** With what files on disk are hashed while they are read. */
  readonly fileKey?: string
}

export const controlWords = { credits: 0, stop: 1 } as const

/**
 * Batches that may wait for the writer: about as many as a parser gives while a transaction is written, some 0.4 s. With 4 it
 * stood still for a second in every four.
 */
export const batchesInFlight = 24

export type ToParser =
  | ParserStart
  /** The import is over: its memory is free. */
  | { readonly type: 'end' }
  | { readonly type: 'file'; readonly path: string }
  /** What files that came before are not read again for: names in them that nothing reads. */
  | { readonly type: 'unread'; readonly names: readonly string[] }
  | { readonly type: 'sent'; readonly name: string; readonly size: number | undefined }
  | { readonly type: 'chunk'; readonly bytes: Uint8Array | undefined }
  /** The sender of a file went away. */
  | { readonly type: 'broken'; readonly code: string; readonly message: string }

export type FromParser =
  | { readonly type: 'batch'; readonly batch: Batch }
  /** Asks for the next piece of a sent file. */
  | { readonly type: 'more' }
  | {
      readonly type: 'done'
      readonly file: ParsedFile
      readonly hash: Uint8Array | undefined
      /** That were sent of it. */
      readonly sentBytes: number
    }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
