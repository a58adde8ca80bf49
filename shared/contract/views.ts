import { listKinds } from './lists.ts'
import { done, nothing, rowId, z } from './schemas.ts'

/** A query and how its list looks. What a reader never chose is absent. */
export const savedView = z.strictObject({
  list: z.enum(listKinds),
  query: z.string().max(1 << 20),
  /** As in the address: `-cost`. */
  sort: z.string().max(300).optional(),
  group: z.string().max(300).optional(),
  /** Fields from left to right, the pinned ones first. Width in pixels. */
  columns: z
    .array(
      z.strictObject({
        field: z.string().max(300),
        width: z.int().positive().max(10_000).optional(),
        pinned: z.literal(true).optional(),
      }),
    )
    .max(200)
    .optional(),
})
export type SavedView = z.output<typeof savedView>

const name = z.string().trim().min(1).max(200)

export const views = {
  /** In the order of their names. */
  'views.list': {
    in: nothing,
    out: z.object({ views: z.array(z.object({ id: rowId, name: z.string(), view: savedView })) }),
  },
  /** Saves a view under a name; the one that had it is replaced, and handed back so that this can be undone. */
  'views.save': {
    in: z.strictObject({ name, view: savedView }),
    out: z.object({ id: rowId, replaced: savedView.nullable() }),
  },
  'views.remove': { in: z.strictObject({ id: rowId }), out: done },
} as const
