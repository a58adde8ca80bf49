import { nothing, rowId, z } from './schemas.ts'

// Spans are read by rules (formats and conventions) that get better from build to build. What a store keeps is what the
// files said, so it can be read again.

/** A field that reading again changes. */
export const fieldChange = z.object({
  field: z.string(),
  spans: z.int(),
  /** At most three. `before` and `after` are absent where the field is unknown; cut at 200 characters. */
  examples: z.array(
    z.object({
      span: rowId,
      traceId: z.string(),
      name: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
})
export type FieldChange = z.output<typeof fieldChange>

export const rereadingResult = z.object({
  /** Spans read, and those that would be or were changed. */
  looked: z.int(),
  changed: z.int(),
  /** The commonest first. */
  changes: z.array(fieldChange),
})
export type RereadingResult = z.output<typeof rereadingResult>

export const rereading = {
  /** Whether older rules read some of the store, and what the last reading again did. */
  'rereading.status': {
    in: nothing,
    out: z.object({
      /** Spans of imports that older rules read. */
      due: z.int(),
      last: rereadingResult
        .extend({
          state: z.enum(['running', 'complete', 'partial']),
          startedAt: z.number(),
          /** False once something was imported or removed since, or where nothing was changed. */
          canUndo: z.boolean(),
        })
        .optional(),
    }),
  },
  /**
   * Reads every kept record again, by the rules of this build. `dryRun` changes nothing and says what would change. Waits
   * for its turn among imports; answers when it is over. Stopped by cancelling the request: what was changed by then can
   * be undone.
   */
  'rereading.run': { in: z.strictObject({ dryRun: z.boolean() }), out: rereadingResult },
  /** Puts back what the last reading again changed. */
  'rereading.undo': { in: nothing, out: z.object({ spans: z.int() }) },
} as const

export const rereadingEvents = {
  'rereading.progress': z.object({ looked: z.int(), total: z.int(), changed: z.int() }),
} as const
