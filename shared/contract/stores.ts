import { done, nothing, z } from './schemas.ts'

export const stores = {
  /** The stores that were open lately, the open one first. */
  'stores.list': {
    in: nothing,
    out: z.object({
      /** Where a new store is made. */
      folder: z.string(),
      /** Whether the host's own dialog can be asked for one (`stores.choose`). */
      canChoose: z.boolean(),
      stores: z.array(
        z.object({
          path: z.string(),
          name: z.string(),
          /** Milliseconds since 1970. */
          opened: z.number(),
          /** Absent: there is no such file any more. */
          bytes: z.number().optional(),
        }),
      ),
    }),
  },
  /** Opens a store that exists in place of this one. What is not a store is refused, and the one that is open stays. */
  'stores.open': { in: z.strictObject({ path: z.string().min(1).max(4096) }), out: done },
  /** Makes an empty store in the folder for stores, and opens it. A name that is taken is refused. */
  'stores.create': { in: z.strictObject({ name: z.string().trim().min(1).max(100) }), out: done },
  /** Asks for a file by the host's dialog. Null when the person cancels. */
  'stores.choose': { in: nothing, out: z.object({ path: z.string().nullable() }) },
  /** Takes a store out of the list of those opened lately; the file stays. */
  'stores.forget': { in: z.strictObject({ path: z.string().min(1).max(4096) }), out: done },
} as const

export const storeEvents = {
  /** Another store is open now: nothing a page knows holds any more. */
  'store.switched': z.object({ path: z.string() }),
} as const
