import type { JsonObject, JsonValue } from './json.ts'
import type { SpanKind, Status } from './kind.ts'
import type { Mark } from './marks.ts'
import type { Message, Prompt, RetrievedDocument, Score, ToolOffer } from './message.ts'
import type { CallTerms } from '../money/factors.ts'
import type { DecimalText, NanosecondText } from './units.ts'

/**
 * More than any count of one call can be: ten times the largest context window that anybody has announced (100 million
 * tokens, magic.dev's LTM-2; 10 million is the most that one can buy), and less than what a counter of 32 bits shows that went
 * below zero or ran over (2.1 and 4.3 billion).
 */
export const mostTokens = 1_000_000_000

/**
 * Token counts, inclusive with parts: `input` is everything sent (cache reads and writes included), `output`
 * everything generated (reasoning included). Absent is unknown, never zero.
 */
export interface Usage {
  readonly input?: number
  readonly output?: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
  /** Of the cache writes, those kept for an hour: they cost more. */
  readonly cacheWrite1h?: number
  readonly reasoning?: number
  readonly audioInput?: number
  /** Of the cache reads, audio. */
  readonly audioCached?: number
  readonly audioOutput?: number
  /** Searches that the provider ran for the call. */
  readonly webSearches?: number
}

export interface SpanEvent {
  readonly name: string
  readonly time?: NanosecondText
  readonly attributes: JsonObject
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: JsonObject
}

/** A tool's execution: what a span of kind tool ran. */
export interface ToolExecution {
  readonly name?: string
  readonly callId?: string
  readonly description?: string
  readonly arguments?: JsonValue
  readonly result?: JsonValue
}

/**
 * One timed step of a trace, after its dialect has been understood: the JSON that `show --json` prints and the
 * detail panel reads. An absent fact is an absent key.
 *
 * `attributes` keeps everything the file said, under the file's own names. The other fields are our reading of it:
 * where the two disagree, the attributes are right and the reading has a bug.
 */
export interface Span {
  readonly id: string
  /** Absent on a root. Kept on an orphan (mark `orphan`), whose parent is not in the store. */
  readonly parentId?: string
  readonly kind: SpanKind
  readonly name: string
  readonly status: Status
  readonly statusMessage?: string
  readonly errorType?: string
  readonly startTime?: NanosecondText
  readonly endTime?: NanosecondText
  /** Absent too where it ends before it starts (mark `negative-duration`). */
  readonly durationNs?: NanosecondText
  readonly timeToFirstTokenNs?: NanosecondText
  /** The model that answered; where only the request names one, that. */
  readonly model?: string
  readonly requestModel?: string
  readonly provider?: string
  readonly operation?: string
  readonly parameters?: JsonObject
  readonly responseId?: string
  readonly finishReasons?: readonly string[]
  readonly streamed?: boolean
  readonly usage?: Usage
  readonly recordedCost?: DecimalText
  /** How it was called, as far as that changes the price. */
  readonly terms?: CallTerms
  readonly inputMessages?: readonly Message[]
  readonly outputMessages?: readonly Message[]
  readonly toolsOffered?: readonly ToolOffer[]
  readonly tool?: ToolExecution
  readonly documents?: readonly RetrievedDocument[]
  readonly query?: string
  /** Input and output of spans that exchange no messages (chains, tools, agents). */
  readonly input?: JsonValue
  readonly output?: JsonValue
  readonly prompt?: Prompt
  readonly agent?: string
  readonly session?: string
  readonly user?: string
  readonly tenant?: string
  readonly team?: string
  readonly environment?: string
  readonly release?: string
  readonly application?: string
  readonly feature?: string
  readonly tags?: readonly string[]
  /** What persons put on it, in this store: no file says so. */
  readonly starred?: true
  readonly note?: string
  readonly scores?: readonly Score[]
  readonly metadata?: JsonObject
  readonly attributes: JsonObject
  /** How many further attributes the raw record holds, past the first 10,000. */
  readonly attributesLeftOut?: number
  /** Attributes that were not sent along because of their length: how many characters each has, about. */
  readonly attributesHeldBack?: { readonly [name: string]: number }
  readonly events?: readonly SpanEvent[]
  readonly links?: readonly SpanLink[]
  readonly resource?: JsonObject
  readonly scope?: { readonly name?: string; readonly version?: string; readonly attributes?: JsonObject }
  readonly marks?: readonly Mark[]
  /** Which attribute or rule gave a field: `{"model": "gen_ai.response.model"}`. */
  readonly readBy?: { readonly [field: string]: string }
}

/** `traces --json`: one row per trace. `inputTokens` and `outputTokens` are sums over calls, each counted once. */
export interface TraceRow {
  readonly traceId: string
  readonly name: string
  readonly startTime?: NanosecondText
  readonly durationNs?: NanosecondText
  readonly spanCount: number
  readonly callCount: number
  readonly errorCount: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly recordedCost?: DecimalText
  /** From usage and prices, of all calls that can be priced; those with a recorded cost too. */
  readonly computedCost?: DecimalText
  /** Calls that have neither. */
  readonly unpricedCalls: number
}

/** What of a span is searched (shared/query/texts.ts, said.ts). */
export type SearchedSpan = Pick<
  Span,
  | 'name'
  | 'inputMessages'
  | 'outputMessages'
  | 'query'
  | 'input'
  | 'output'
  | 'tool'
  | 'documents'
  | 'errorType'
  | 'statusMessage'
  | 'events'
  | 'responseId'
  | 'finishReasons'
  | 'parameters'
  | 'prompt'
>
