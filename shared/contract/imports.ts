import type { ImportReceipt } from '../domain/receipt.ts'
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

export const importState = z.enum(['running', 'complete', 'partial', 'failed'])

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
})
export type ImportRow = z.output<typeof importRow>

export const imports = {
  /** Starts an import of files or folders. One runs at a time: the answer comes when its turn does, not when it is over. */
  'imports.start': {
    in: z.strictObject({ paths: z.array(z.string().max(4096)).min(1).max(10_000) }),
    out: z.object({ import: rowId }),
  },
  /**
   * Announces files that a page will send itself (http.ts, `/upload/<key>`), where the host cannot see their paths.
   * The import waits for their bytes; nothing is kept of it but what its receipt says, so it cannot be continued. Without
   * `bytes` a file is all that comes until the end.
   */
  'imports.upload': {
    in: z.strictObject({
      files: z
        .array(z.strictObject({ name: z.string().max(1024), bytes: z.int().nonnegative().optional() }))
        .min(1)
        .max(10_000),
    }),
    out: z.object({ import: rowId, key: z.string() }),
  },
  /** Imports the bundled sample traces. */
  'imports.sample': { in: nothing, out: z.object({ import: rowId }) },
  /** Keeps what was committed and marks the import partial. */
  'imports.cancel': { in: z.strictObject({ import: rowId }), out: done },
  /** Reads a partial import's files again; what the store has is known and not added twice. */
  'imports.continue': { in: z.strictObject({ import: rowId }), out: z.object({ import: rowId }) },
  /** Takes an import out of the store; what other imports also gave stays. */
  'imports.remove': { in: z.strictObject({ import: rowId }), out: done },
  'imports.list': { in: nothing, out: z.object({ imports: z.array(importRow) }) },
} as const

export const importEvents = {
  'imports.progress': importProgress,
  'imports.ended': z.object({
    import: rowId,
    state: importState,
    receipt: receipt.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
} as const
