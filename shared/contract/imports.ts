import { spanKinds, statuses } from '../domain/kind.ts'
import { durationUnits, mappedRoles } from '../domain/mapping.ts'
import { importStates, type ImportReceipt } from '../domain/receipt.ts'
import { done, nothing, rowId, z } from './schemas.ts'

const receipt = z.custom<ImportReceipt>(value => typeof value === 'object' && value !== null && 'totals' in value)

export const importProgress = z.object({
  import: rowId,
  phase: z.enum(['reading', 'finishing']),
  /** The file being read, by its last path part. */
  file: z.string(),
  fileIndex: z.number(),
  fileCount: z.number(),
  bytes: z.number(),
  /** Absent when unknown (standard input). */
  totalBytes: z.number().optional(),
  spans: z.number(),
  traces: z.number(),
  unreadable: z.number(),
  spansPerSecond: z.number(),
  secondsLeft: z.number().optional(),
})
export type ImportProgress = z.output<typeof importProgress>

export const importState = z.enum(importStates)

export const importRow = z.object({
  id: rowId,
  /** Last path parts of its files. */
  files: z.array(z.string()),
  /** Full paths, for `imports.continue`; empty for uploads. */
  state: importState,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  spans: z.number(),
  traces: z.number(),
  unreadable: z.number(),
  canContinue: z.boolean(),
  receipt: receipt.optional(),
  /** Answers to requests that were sent from here: so many imports, those of one run, which are removed as one. */
  answers: z.object({ run: z.string(), imports: z.int() }).optional(),
})
export type ImportRow = z.output<typeof importRow>

const paths = z.array(z.string().max(4096)).min(1).max(10_000)
const sentFiles = z
  .array(z.strictObject({ name: z.string().max(1024), bytes: z.int().nonnegative().optional() }))
  .min(1)
  .max(10_000)

export const fieldMapping = z.strictObject({
  fields: z.partialRecord(z.enum(mappedRoles), z.string().min(1).max(512)),
  durationUnit: z.enum(durationUnits).optional(),
})

/** One line of a preview: spans of the first traces in reading order. */
export const previewSpan = z.object({
  depth: z.int(),
  name: z.string(),
  kind: z.enum(spanKinds),
  status: z.enum(statuses),
  model: z.string().optional(),
  durationNs: z.string().optional(),
  inputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  cost: z.string().optional(),
})
export type PreviewSpan = z.output<typeof previewSpan>

export const imports = {
  /** Starts an import of files or folders. One runs at a time: the answer comes when its turn does, not when it is over. */
  'imports.start': {
    in: z.strictObject({ paths, mapping: fieldMapping.optional() }),
    out: z.object({ import: rowId }),
  },
  /**
   * Reads without writing and says what an import would do: `imports.checked` brings the receipt and the first traces.
   * With `firstBytes` only the beginning of each file is read. Beside imports, one at a time: a new one ends the old.
   */
  'imports.check': {
    in: z.strictObject({
      paths,
      firstBytes: z.int().positive().optional(),
      mapping: fieldMapping.optional(),
    }),
    out: z.object({ check: z.int() }),
  },
  /** The same for bytes that the page sends, to the key, as with `imports.upload`. */
  'imports.checkUpload': {
    in: z.strictObject({
      files: sentFiles,
      firstBytes: z.int().positive().optional(),
      mapping: fieldMapping.optional(),
    }),
    out: z.object({ check: z.int(), key: z.string() }),
  },
  'imports.stopCheck': { in: z.strictObject({ check: z.int() }), out: done },
  /** Mappings of unknown rows that this store remembers, and forgetting one. */
  'imports.mappings': {
    in: nothing,
    out: z.object({
      mappings: z.array(z.object({ fingerprint: z.string(), mapping: fieldMapping, savedAt: z.number() })),
    }),
  },
  'imports.forgetMapping': { in: z.strictObject({ fingerprint: z.string().max(64) }), out: done },
  /**
   * Announces files that a page will send itself (http.ts, `/upload/<key>`), where the host cannot see their paths.
   * The import waits for their bytes; nothing is kept of it but what its receipt says, so it cannot be continued. Without
   * `bytes` a file is all that comes until the end.
   */
  'imports.upload': {
    in: z.strictObject({
      files: sentFiles,
      mapping: fieldMapping.optional(),
    }),
    out: z.object({ import: rowId, key: z.string() }),
  },
  /** Imports the bundled sample traces. */
  'imports.sample': { in: nothing, out: z.object({ import: rowId }) },
  /** Keeps what was committed and marks the import partial. */
  'imports.cancel': { in: z.strictObject({ import: rowId }), out: done },
  /** Reads a partial import's files again; what the store has is known and not added twice. */
  'imports.continue': { in: z.strictObject({ import: rowId }), out: z.object({ import: rowId }) },
  /** Takes an import out of the store, of answers all of their run; what other imports also gave stays. */
  'imports.remove': { in: z.strictObject({ import: rowId }), out: done },
  'imports.list': { in: nothing, out: z.object({ imports: z.array(importRow) }) },
} as const

export const importEvents = {
  'imports.progress': importProgress,
  'imports.checking': z.object({
    check: z.int(),
    bytes: z.number(),
    totalBytes: z.number().optional(),
    spans: z.number(),
  }),
  'imports.checked': z.object({
    check: z.int(),
    receipt: receipt.optional(),
    /** Of the first traces, at most 200 lines. */
    preview: z.array(previewSpan),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
  'imports.ended': z.object({
    import: rowId,
    state: importState,
    receipt: receipt.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
} as const
