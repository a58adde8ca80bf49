import { rowId, z } from './schemas.ts'

const name = z.string().trim().min(1).max(200)
const prompt = z.string().min(1).max(1000)
const version = z.string().min(1).max(1000)

/**
 * What a person says about prompts and versions. Those that a file names can be given a title and be pinned; only what was
 * recovered can be renamed, merged and split.
 */
export const promptEdit = z.union([
  /** Another name for a recovered prompt; `to` must not be one that exists. */
  z.strictObject({ type: z.literal('rename'), prompt, to: name }),
  /** What a version is called beside its own name; an empty text takes it back. */
  z.strictObject({ type: z.literal('title'), prompt, version, title: z.string().trim().max(200) }),
  /** These are one version: `into`. */
  z.strictObject({
    type: z.literal('merge'),
    prompt,
    versions: z.array(version).min(1).max(1000).readonly(),
    into: version,
  }),
  /** Takes back what was merged into a version: each is itself again. */
  z.strictObject({ type: z.literal('separate'), prompt, version }),
  /** Calls that were sent exactly the same text as one of these are a version of their own. */
  z.strictObject({ type: z.literal('split'), prompt, version, calls: z.array(rowId).min(1).max(10_000).readonly() }),
  /** A pinned version keeps its template and its calls, whatever later imports suggest. */
  z.strictObject({ type: z.literal('pin'), prompt, version, on: z.boolean() }),
])
export type PromptEdit = z.output<typeof promptEdit>
