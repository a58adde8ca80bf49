/** The record of an answer to a request that was sent from here: what the store keeps of it (electron/import/formats/replay.ts). */
export interface ReplayRecord {
  readonly spanwise: 'replay'
  readonly replay: {
    /** The call that was sent again. */
    readonly of: { readonly trace: string; readonly span: string }
    readonly outcome: string
    /** The connection, by the name that a person gave it. */
    readonly connection: string
    readonly streamed: boolean
  }
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
