import { done, nothing, z } from './schemas.ts'

/**
 * The index of texts beside a store. `complete`: all texts are in it and counts are exact. `building`: it is behind, and
 * what texts match is a lower bound. `stopped`: a person stopped it; `failed`: it cannot be written, `message` says why.
 */
const indexStatus = z.object({
  state: z.enum(['complete', 'building', 'stopped', 'failed']),
  /** Records that are in it, of how many. */
  done: z.number(),
  all: z.number(),
  message: z.string().optional(),
})
export type IndexStatus = z.output<typeof indexStatus>

export const textIndex = {
  /**
   * How far the index is, where it lies and how large it is. Removing that file costs nothing but time. `blobs`: runs of base64
   * and hexadecimal that were left out of texts.
   */
  'index.status': { in: nothing, out: indexStatus.extend({ path: z.string(), bytes: z.number(), blobs: z.number() }) },
  /** Answers once the index is complete, stopped or failed. */
  'index.wait': { in: nothing, out: indexStatus },
  'index.stop': { in: nothing, out: done },
  /** After a stop, or after a failure. */
  'index.go': { in: nothing, out: done },
} as const

export const textIndexEvents = {
  'index.progress': indexStatus,
} as const
