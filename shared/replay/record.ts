import type { JsonValue } from '../domain/json.ts'
import { isObject } from '../conventions/values.ts'
import type { CallPlace } from '../prompts/prompt-group.ts'

/**
 * The record of an answer to a request that was sent from here: what the store keeps of it (electron/import/formats/replay.ts).
 *
 * Of the call that was sent again it says what was sent once more, and so its prompt. It does not say where that call came
 * from: feature, user, tenant, team, environment, release, tags and scores are of the program's traffic, whose figures a
 * person who tries something out is not to change. (What the body itself says of these went to the provider again, and is
 * read.) Its session is its run, and its link tells the rest.
 */
export interface ReplayRecord {
  readonly spanwise: 'replay'
  readonly replay: {
    /** The call that was sent again. */
    readonly of: { readonly trace: string; readonly span: string }
    readonly outcome: string
    /** The connection, by the name that a person gave it. */
    readonly connection: string
    readonly streamed: boolean
    /** Which of the requests of its run it was, in the words of whoever sent them. */
    readonly variant?: string
    /** Where calls with the same prompt are: among these it is found again. Absent where names say all. */
    readonly prompt_place?: PromptPlace
  }
  readonly prompt_name?: string
  readonly prompt_version?: string
  readonly prompt_template?: string
  readonly prompt_variables?: JsonValue
  readonly trace_id: string
  readonly span_id: string
  readonly name: string
  /** Those of one run are one session. */
  readonly session_id: string
  readonly start_time: string
  readonly end_time: string
  readonly ttft_ms?: number
  readonly url: string
  /** Without the key. */
  readonly request_headers: { readonly [name: string]: string }
  /** The body as it went over the wire. */
  readonly request: string
  readonly status_code: number
  /** Of the answer: its number there, and what is left of rates (OpenTelemetry's names, each a list). */
  readonly [header: `http.response.header.${string}`]: readonly [string]
  /** The body of an answer; of one that was streamed, as the provider would have sent it at once. */
  readonly response?: string
  /** What came in place of one. */
  readonly error_body?: string
  readonly error?: { readonly type: string; readonly message: string }
  readonly stream?: StreamRecord
}

/** A stream as it came. Times are milliseconds since the request was sent. */
export interface StreamRecord {
  /** How many came, and how long it took from one to the next. */
  readonly chunks: { readonly count: number; readonly median_gap_ms?: number; readonly longest_gap_ms?: number }
  /** Of a long one the beginning and the end: `left_out` between them. */
  readonly events: readonly { readonly ms: number; readonly data: string }[]
  readonly left_out: number
}

/** Where a call stood whose prompt was sent again, as recovery looks at calls. */
export type PromptPlace = Omit<CallPlace, 'prompt' | 'version'>

/** What is said of the prompt that a request has. */
export interface SentPrompt {
  /** As a file says, never as it was recovered: what was found by comparing is found again, under the name it has then. */
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly template?: string | undefined
  readonly variables?: JsonValue | undefined
  readonly place?: PromptPlace | undefined
}

const placeNames = ['feature', 'agent', 'service', 'name', 'model'] as const

/** The place that an answer tells of itself; undefined for what is none. */
export function promptPlaceIn(replay: JsonValue | undefined): PromptPlace | undefined {
  const written = isObject(replay) ? replay['prompt_place'] : undefined
  if (!isObject(written)) return undefined
  const said = placeNames.flatMap(name => (typeof written[name] === 'string' ? [[name, written[name]] as const] : []))
  return { name: '', ...Object.fromEntries(said), ...(written['edited'] === true ? { edited: true } : {}) }
}
