import type { ProviderApi } from '../../conventions/bodies/provider-api.ts'
import type { JsonObject, JsonValue } from '../../domain/json.ts'
import type { Piece } from '../pieces.ts'
import type { Building, DialectId, NeutralCall } from '../types.ts'

/** One interface of a provider: what its requests look like, and how one is made of a call. */
export interface Dialect {
  readonly id: DialectId
  /** Of the interface whose bodies these are (shared/conventions/bodies). */
  readonly api: ProviderApi
  /** Whether this is a body that the provider would take, rather than something like it. */
  isWhole(body: JsonObject): boolean
  /** Where its messages stand. */
  readonly conversation: 'messages' | 'input' | 'contents'
  /** Names at the top of a body. */
  readonly fields: ReadonlySet<string>
  /** Where parameters stand that are not at the top (`generationConfig`), and which. */
  readonly group?: { readonly name: string; readonly fields: ReadonlySet<string> }
  /** What it calls what all call something. Absent: there is no such thing. */
  readonly words: { readonly [concept in Concept]?: string }
  /** Whether a model takes the usual names; else what it takes in their place. */
  wordFor?(concept: Concept, model: string | undefined): string | undefined
  writeMessages(call: NeutralCall, building: Building): void
  /** Undefined where this dialect has no such tool. */
  writeTool(tool: JsonObject | undefined, offer: Offer): JsonValue | undefined
  /** Puts the tools together. */
  writeTools(tools: readonly JsonValue[], building: Building): void
  writeToolChoice(choice: ToolChoice, building: Building): boolean
  writeOutput(format: OutputFormat, building: Building): boolean
  /** Whether `stream` is said in the body; else in the address. */
  readonly streamInBody: boolean
  path(model: string | undefined, stream: boolean | undefined): string
  /** What an event of a streamed answer adds to it. Never throws: events are what anybody may send. */
  readPiece(event: JsonObject): Piece
  /** What a request must have besides a model and messages. */
  readonly required: readonly string[]
}

/** A function that a model was offered, without a dialect. */
export interface Offer {
  readonly name: string
  readonly description?: string
  readonly parameters?: JsonValue
  readonly strict?: boolean
}

export type ToolChoice =
  | { readonly type: 'auto' | 'none' | 'required' }
  | { readonly type: 'tool'; readonly name: string }

export interface OutputFormat {
  /** Absent: any JSON. */
  readonly schema?: JsonValue
  readonly name?: string
  readonly description?: string
  readonly strict?: boolean
}

export type Concept =
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'maxTokens'
  | 'stop'
  | 'seed'
  | 'frequencyPenalty'
  | 'presencePenalty'
  | 'count'
  | 'parallelTools'
  | 'user'
  | 'serviceTier'
