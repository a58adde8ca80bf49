import type { JsonValue } from './json.ts'
import type { NanosecondText } from './units.ts'

/** `content` of media is at most a data: URI or base64 text from the file: nothing is ever fetched. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string; readonly signature?: string }
  | {
      readonly type: 'tool_call'
      readonly id?: string
      readonly name: string
      readonly arguments?: JsonValue
      /** How it went and how long it took, where the record of the call itself says so. */
      readonly status?: string
      readonly durationNs?: NanosecondText
    }
  | {
      readonly type: 'tool_result'
      readonly id?: string
      readonly name?: string
      readonly result?: JsonValue
      readonly error?: boolean
    }
  | {
      readonly type: 'media'
      /** Of the file, where the dump names it. */
      readonly name?: string
      readonly mimeType?: string
      readonly modality?: string
      readonly uri?: string
      readonly fileId?: string
      readonly data?: string
    }
  | { readonly type: 'refusal'; readonly text: string }
  | { readonly type: 'other'; readonly value: JsonValue }

export interface Message {
  /** As the file wrote it, lower-cased: system, developer, user, assistant, tool, model … */
  readonly role: string
  readonly name?: string
  readonly finishReason?: string
  readonly parts: readonly Part[]
}

/** A tool the model was offered. */
export interface ToolOffer {
  readonly name: string
  readonly type?: string
  readonly description?: string
  readonly parameters?: JsonValue
}

export interface RetrievedDocument {
  readonly id?: string
  /** Position in the list the file gave, from 1. */
  readonly rank: number
  /** Its rank in what a reranker was given. */
  readonly rankBefore?: number
  readonly score?: number
  readonly content?: string
  readonly title?: string
  readonly uri?: string
  readonly metadata?: JsonValue
}

export interface Prompt {
  /** No file names it, or no file names its version: found by comparing what calls were sent. Its variables are what stood in the text. */
  readonly recovered?: true
  readonly name?: string
  readonly version?: string
  readonly label?: string
  readonly template?: string
  readonly variables?: JsonValue
}

export interface Score {
  readonly name: string
  readonly value?: number
  readonly label?: string
  readonly explanation?: string
  /** Who judged: human, model or code, as far as the file says. */
  readonly source?: string
}
