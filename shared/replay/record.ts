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
  readonly response_headers: { readonly [name: string]: string }
  /** The body of an answer; of one that was streamed, as the provider would have sent it at once. */
  readonly response?: string
  /** What came in place of one. */
  readonly error_body?: string
  readonly error?: { readonly type: string; readonly message: string }
}
