import type { SpanKind } from './kind.ts'

/** A record that could not be read, or was read with doubts. Text formats give a line, binary ones a byte. */
export interface UnreadableRecord {
  readonly line?: number
  readonly byte?: number
  /** Stable, e.g. `import/not-json`, `import/truncated`, `import/not-a-span`. */
  readonly code: string
  readonly message: string
}

/** Records of a known sort that carry no spans: `{"what": "OTLP metrics", "count": 34}`. */
export interface SkippedRecords {
  readonly what: string
  readonly count: number
}

/** What became of one file. `traces`, `spans` and `calls` count what was read; `added` and `known` say what was new. */
export interface FileReceipt {
  readonly path: string
  /** Absent when nothing in it was recognised. */
  readonly format?: string
  /** Spans by the convention that understood them. */
  readonly conventions: { readonly [name: string]: number }
  readonly bytes: number
  readonly traces: number
  readonly spans: number
  readonly calls: number
  readonly added: number
  readonly known: number
  /** At most 1,000 are listed; `unreadableCount` is exact. */
  readonly unreadable: readonly UnreadableRecord[]
  readonly unreadableCount: number
  readonly skipped: readonly SkippedRecords[]
  readonly kinds: { readonly [kind in SpanKind]?: number }
  /** Set when the file as a whole could not be read: empty, a directory, not recognised … */
  readonly failure?: { readonly code: string; readonly message: string }
}

/** `import --json`. */
export interface ImportReceipt {
  readonly files: readonly FileReceipt[]
  readonly totals: {
    readonly traces: number
    readonly spans: number
    readonly calls: number
    readonly inputTokens: number
    readonly outputTokens: number
    readonly added: number
    readonly known: number
    readonly unreadable: number
  }
  readonly outcome: 'complete' | 'partial' | 'failed'
  readonly seconds: number
}
