import { done, nothing, rowId, z } from './schemas.ts'

const word = z.string().trim().min(1).max(200)

export const success = z.strictObject({
  name: word,
  feature: word.optional(),
  query: z.string().trim().min(1).max(10_000),
})

export const successes = {
  /** What counts as a success: for all features first, then by feature and name. */
  'success.list': {
    in: nothing,
    out: z.object({ successes: z.array(z.object({ id: rowId, success })) }),
  },
  /**
   * Saves a definition in place of `was`, or of the one with its feature and name. That one is handed back, so that this
   * can be undone.
   */
  'success.save': {
    in: z.strictObject({ success, was: rowId.optional() }),
    out: z.object({ id: rowId, replaced: success.nullable() }),
  },
  'success.remove': { in: z.strictObject({ id: rowId }), out: done },
} as const
