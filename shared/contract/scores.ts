import type { ScoreReceipt } from '../domain/score-receipt.ts'
import { done, nothing, rowId, z } from './schemas.ts'

const receipt = z.custom<ScoreReceipt>(value => typeof value === 'object' && value !== null && 'notFound' in value)

/** For rows that name no score. */
const name = z.string().min(1).max(200).optional()

export const scores = {
  /**
   * Reads a CSV or JSONL file of scores: a trace, span, session or request id, a name, a value, a comment, a source. Waits
   * for running imports; `scores.ended` brings the receipt.
   */
  'scores.start': {
    in: z.strictObject({ path: z.string().max(4096), name }),
    out: z.object({ run: z.int() }),
  },
  /** The same for bytes that the page sends, to the key, as with `imports.upload`. */
  'scores.upload': {
    in: z.strictObject({
      file: z.strictObject({ name: z.string().max(1024), bytes: z.int().nonnegative().optional() }),
      name,
    }),
    out: z.object({ run: z.int(), key: z.string() }),
  },
  /** Scores that a person gives in the window: lines as in such a file, kept as one of that name. */
  'scores.give': {
    in: z.strictObject({ file: z.string().min(1).max(200), lines: z.string().min(1).max(4_000_000) }),
    out: z.object({ run: z.int() }),
  },
  /** Ends it after the batch it is at: what was read stays. */
  'scores.cancel': { in: z.strictObject({ run: z.int() }), out: done },
  /** Files of scores, newest first. */
  'scores.list': {
    in: nothing,
    out: z.object({ files: z.array(z.object({ id: rowId, startedAt: z.number(), receipt })) }),
  },
  /** Takes a file's scores out again; those that another file gave too stay. */
  'scores.remove': { in: z.strictObject({ id: rowId }), out: z.object({ scores: z.number() }) },
} as const

export const scoreEvents = {
  'scores.progress': z.object({
    run: z.int(),
    rows: z.number(),
    bytes: z.number(),
    totalBytes: z.number().optional(),
  }),
  'scores.ended': z.object({
    run: z.int(),
    id: rowId.optional(),
    receipt: receipt.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
} as const
