import { done, nothing, z } from './schemas.ts'

/** A setting's name. Its owner's prefix also keeps out names that mean something to JavaScript. */
const name = z
  .string()
  .max(300)
  .regex(/^spanwise\../)

export const settings = {
  /** What a person chose on this machine, whatever the store: texts by name. `file` is null where the host keeps none. */
  'settings.read': {
    in: nothing,
    out: z.object({ file: z.string().nullable(), settings: z.record(z.string(), z.string()) }),
  },
  /** Keeps one; null takes it out. */
  'settings.write': {
    in: z.strictObject({
      name,
      value: z
        .string()
        .max(1 << 18)
        .nullable(),
    }),
    out: done,
  },
} as const
