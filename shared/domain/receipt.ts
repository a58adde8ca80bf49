import type { SpanKind } from './kind.ts'
import type { UnknownRows } from './mapping.ts'
import type { Mark } from './marks.ts'
import type { NanosecondText } from './units.ts'

/** A record that could not be read, or was read with doubts. Text formats give a line, binary ones a byte. */
export interface UnreadableRecord {
  readonly line?: number
  readonly byte?: number
  /** Stable, e.g. `import/not-json`, `import/truncated`, `import/not-a-span`. */
  readonly code: string
  readonly message: string
  /** The first bytes of it, at most 512, as text; what is no text stands as `\xNN`. Kept for the first hundred. */
  readonly bytes?: string
}

/** Two records of one span that say different things. */
export interface FieldConflict {
  readonly traceId: string
  readonly spanId: string
  readonly field: string
  /** What the merged span says, and what the other record said; cut at 200 characters. */
  readonly kept: string
  readonly other: string
}

/** An attribute that no convention reads: kept, shown, not understood. */
export interface UnreadField {
  readonly name: string
  readonly spans: number
}

/** Records of a known sort that carry no spans, `{"what": "OTLP metrics", "count": 34}`, and objects of no known sort. */
export interface SkippedRecords {
  readonly what: string
  readonly count: number
  /** Of objects nobody knows, where the first twenty stand: "line 7", in an archive "member line 7". */
  readonly places?: readonly string[]
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
  /** Records by the format that read them: a file may mix several. */
  readonly formats: { readonly [id: string]: number }
  /** Whether its OTLP, or some of it, came as protobuf rather than JSON. */
  readonly protobuf?: 'all' | 'some'
  /** How sure the commonest format is; `guessed` where fields were mapped. */
  readonly sure?: 'certain' | 'likely' | 'guessed'
  /** What the bytes were packed in, outermost first: gzip, zstd, brotli, zip. */
  readonly packed?: readonly string[]
  readonly unpackedBytes?: number
  /** Messages that went into and came out of its calls. */
  readonly messages: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Start of the first span and end of the last that have times. */
  readonly firstTime?: NanosecondText
  readonly lastTime?: NanosecondText
  /** Spans by what was odd about them. */
  readonly marks: { readonly [mark in Mark]?: number }
  /** At most 200, the commonest first; `unreadFieldCount` is exact. */
  readonly unreadFields: readonly UnreadField[]
  readonly unreadFieldCount: number
  /** At most 100 are listed; `conflictCount` is exact. */
  readonly conflicts: readonly FieldConflict[]
  readonly conflictCount: number
  /** Rows of formats nobody knows, with the mapping that was used for each sort; the commonest first. */
  readonly unknownRows?: readonly UnknownRows[]
  /** Set when the file as a whole could not be read: empty, a directory, not recognised … */
  readonly failure?: { readonly code: string; readonly message: string }
}

export const importStates = ['running', 'complete', 'partial', 'failed'] as const

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
    readonly messages: number
    readonly conflicts: number
    readonly unreadFields: number
  }
  /** True where nothing was written: what an import would have done. */
  readonly dryRun?: true
  /** Set where only the first so many bytes of each file were looked at. */
  readonly onlyFirstBytes?: number
  readonly outcome: 'complete' | 'partial' | 'failed'
  readonly seconds: number
}

/** Whether something in the files was not read, and that was not for being of no interest. */
export function leftSomething({ files, totals }: Pick<ImportReceipt, 'files' | 'totals'>): boolean {
  return (
    totals.unreadable > 0 ||
    files.some(({ failure, skipped }) => failure !== undefined || skipped.some(({ places }) => places !== undefined))
  )
}
