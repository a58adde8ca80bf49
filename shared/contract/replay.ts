import { dialectIds, type ReplayRequest } from '../replay/types.ts'
import { rowId, z } from './schemas.ts'

/** Characters of a value that somebody puts into a body. */
const longestValue = 16 << 20

export const profile = z.strictObject({
  name: z.string().min(1).max(200),
  /** Scheme, host and port, no path. */
  origin: z.string().max(300),
  dialect: z.enum(dialectIds),
  /** The variable of the environment that has the key; absent where none is asked for. */
  keyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/)
    .optional(),
})

const changes = {
  model: z.string().min(1).max(500).optional(),
  /** Values of the body, as JSON, by the names on the way to them. */
  edits: z
    .array(z.strictObject({ path: z.array(z.string().max(1000)).min(1).max(64), value: z.string().max(longestValue) }))
    .max(1000)
    .readonly()
    .optional(),
  profile: profile.optional(),
}

export const replay = {
  /** The request of a call as it is logged, or with changes: what would be sent, and where each of its fields is from. */
  'replay.request': {
    in: z.strictObject({ id: rowId, ...changes }),
    out: z.custom<ReplayRequest>(value => typeof value === 'object' && value !== null && 'receipt' in value),
  },
  /** A span by the id its file gave it, in a trace or in the whole store; a trace with one call means that call. */
  'replay.find': {
    in: z.strictObject({ spanId: z.string().min(1).max(1024), traceId: z.string().max(1024).optional() }),
    /** `several`: the traces that have such a span, where it is not one. */
    out: z.object({ id: rowId.nullable(), several: z.array(z.string()).optional() }),
  },
} as const
