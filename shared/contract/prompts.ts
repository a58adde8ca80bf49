import { callParts } from '../diff/call-parts.ts'
import { evidenceMeasures } from '../prompts/measures.ts'
import { surenesses } from '../prompts/sureness.ts'
import { bucketLengths } from '../query/cost-measures.ts'
import { listValue } from './lists.ts'
import { promptEdit } from './prompt-edits.ts'
import { compared, estimate, measured } from './prompt-evidence.ts'
import { done, float64, nothing, rowId, z } from './schemas.ts'
import { question, searched } from './search.ts'

const name = z.string().min(1).max(1000)
/** A version as the file names it, or as it was recovered. Null: calls that name the prompt and no version of it. */
const version = name.nullable()
const answered = { exact: z.boolean(), searched: searched.optional(), complete: z.boolean() }
const counted = z.object({ value: listValue, calls: z.number() })
/** Microseconds since 1970; absent where no call is dated. */
const seen = { calls: z.number(), firstSeen: z.number().optional(), lastSeen: z.number().optional() }
/** How many of the calls are answers to requests that were sent from here (`is:replayed`); absent where none is. */
const replays = z.number().optional()
/** As `seen`: of calls that were logged, where there are any. When somebody tries a version again it is not in use. */
const used = { ...seen, replays }

/**
 * Prompts of calls whose files name none are recovered behind an import. `complete`: all calls have been looked at.
 * `working`: what is asked now knows those looked at so far. `failed`: `message` says why.
 */
const recovery = z.object({
  state: z.enum(['complete', 'working', 'failed']),
  /** Calls looked at, of how many. */
  done: z.number(),
  all: z.number(),
  message: z.string().optional(),
})
export type Recovery = z.output<typeof recovery>

const versionRow = z.object({
  version,
  /** Found by comparing what was sent; false: the file says so. */
  recovered: z.boolean(),
  /** Of recovered ones. */
  sureness: z.enum(surenesses).optional(),
  /** What a person called it. */
  title: z.string().optional(),
  pinned: z.boolean(),
  /** It stands in a file that somebody read here. */
  library: z.boolean(),
  /** Somebody is writing another text for it. */
  draft: z.boolean(),
  ...used,
  /** The most frequent first, at most ten. */
  models: z.array(counted),
  /** A clause of the query language that these calls match. */
  query: z.string(),
})
export type PromptVersionRow = z.output<typeof versionRow>

/** A value in a template. `from` and `to` are UTF-16 units of the template, where its name stands as `{{name}}`. */
const slot = z.object({
  name: z.string(),
  type: z.enum(['text', 'word', 'number', 'date', 'id', 'name', 'json', 'list', 'document']),
  from: z.number(),
  to: z.number(),
  /** Some values it had, cut to 200 characters. */
  examples: z.array(z.string()),
})

/** Tools, parameters and model that calls were made with. A changed tool schema is another configuration. */
const configuration = z.object({
  /** Follows from its content: the same in every store. */
  id: z.string(),
  ...seen,
  model: z.string().optional(),
  /** JSON: temperature, limits, response format … */
  parameters: z.string().optional(),
  /** JSON of the tools offered; absent where none were, or the file does not say. */
  tools: z.string().optional(),
})

const side = z.union([
  z.strictObject({ prompt: name, version }),
  /** All calls that match. */
  z.strictObject({ where: question }),
])
export type PromptSide = z.output<typeof side>

const draft = z.strictObject({ template: z.string().max(4_000_000), variables: z.record(z.string(), z.string()) })

/** A call by its row in this store and by the ids of its file. */
const callFound = z.object({
  id: rowId,
  traceId: z.string(),
  spanId: z.string(),
  start: z.number().optional(),
  version: version.optional(),
})

export const prompts = {
  /** Whether everything that can be recovered was: a short question, of the store as it is now. */
  'prompts.complete': { in: nothing, out: z.object({ complete: z.boolean() }) },
  'prompts.status': { in: nothing, out: recovery },
  /** Answers once nothing is left to recover, or recovery failed. */
  'prompts.wait': { in: nothing, out: recovery },
  /**
   * The registry: every prompt that a call names, or that was recovered, the most used first. Calls of neither are counted
   * in `without`. `complete` is false while calls have not been looked at: more prompts and versions may come.
   */
  'prompts.list': {
    in: z.strictObject({
      where: question.optional(),
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(10_000),
    }),
    out: z.object({
      ...answered,
      total: z.number(),
      without: z.number(),
      prompts: z.array(
        z.object({
          name,
          /** No file names it: it was found by comparing what spans of this feature, agent or name sent. */
          recovered: z.boolean(),
          versions: z.number(),
          /** Of these, found by comparing. */
          recoveredVersions: z.number(),
          ...used,
          models: z.array(counted),
          query: z.string(),
        }),
      ),
    }),
  },
  /**
   * Versions of a prompt, the first seen first, and what happened to its traffic. A version that has no call under the
   * query is not among them.
   */
  'prompts.versions': {
    in: z.strictObject({ prompt: name, where: question.optional() }),
    out: z.object({
      ...answered,
      name,
      recovered: z.boolean(),
      versions: z.array(versionRow),
      /** Versions left out: the least used beyond ten thousand. */
      more: z.number(),
      /**
       * When most calls went over from one version to another: `promotion` to one not seen before, `rollback` to one that
       * was in use before. Replays are no traffic.
       */
      changes: z.array(
        z.object({ at: z.number(), from: version, to: version, kind: z.enum(['promotion', 'rollback']) }),
      ),
    }),
  },
  /**
   * One version whole. `template` is absent where neither the dump has one nor it could be recovered; of a dump it stands
   * as written there, of a recovered one its values are `{{name}}`. What the dump says of it besides stands in the other
   * fields: absent is not said, and several values were said by different calls.
   */
  'prompts.version': {
    in: z.strictObject({
      prompt: name,
      version,
      /** No more is read than what it takes to give the template; `examples` and what the dump says besides may lack. */
      brief: z.boolean().optional(),
    }),
    out: z.object({
      ...versionRow.shape,
      name,
      template: z.string().optional(),
      /** The template is too long to be shown whole: so many characters were cut off. */
      cut: z.number(),
      slots: z.array(slot),
      /** The system prompt, or the first message of calls that have none. */
      role: z.string().optional(),
      configurations: z.array(configuration),
      /** Fewer calls than there are were read for what follows. */
      read: z.number(),
      labels: z.array(z.string()),
      environments: z.array(z.string()),
      releases: z.array(z.string()),
      owners: z.array(z.string()),
      authors: z.array(z.string()),
      approvals: z.array(z.string()),
      deployments: z.array(z.string()),
    }),
  },
  /** Calls of a prompt or of a version of it, the newest first, with the values of their variables. */
  'prompts.calls': {
    in: z.strictObject({
      prompt: name,
      /** Absent: of all versions. */
      version: version.optional(),
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(200),
    }),
    out: z.object({
      total: z.number(),
      calls: z.array(
        z.object({
          id: rowId,
          traceId: z.string(),
          start: z.number().optional(),
          version,
          /** Texts cut to 1,000 characters. Empty where neither the dump has any nor some were recovered. */
          variables: z.array(z.object({ name: z.string(), value: z.string(), cut: z.number() })),
        }),
      ),
    }),
  },
  /** What speaks for or against each version: every measure with its interval and the calls it rests on. */
  'prompts.evidence': {
    in: z.strictObject({
      prompt: name,
      /** Absent: the twenty seen last. */
      versions: z.array(version).max(50).readonly().optional(),
      where: question.optional(),
    }),
    out: z.object({
      ...answered,
      /** Measures asked of every version: those of which some call knows something. */
      measures: z.array(measured),
      versions: z.array(
        z.object({
          version,
          calls: z.number(),
          replays,
          /** In how many sessions, where calls have any: calls of one session count as fewer. */
          sessions: z.number().optional(),
          /** In the order of `measures`; `estimate` is absent where too few calls know, or none does. */
          values: z.array(z.object({ calls: z.number(), unknown: z.number(), estimate: estimate.optional() })),
        }),
      ),
    }),
  },
  /**
   * Whether b is better than a: a verdict a measure, corrected for their number, and what else differs between the two.
   * `matched`: the same from pairs of calls whose inputs were equal, where both met any.
   */
  'prompts.compare': {
    in: z.strictObject({ a: side, b: side, where: question.optional() }),
    out: compared.extend(answered),
  },
  /** Measures of a prompt's versions over time. NaN: no call of the version knows it then. */
  'prompts.series': {
    in: z.strictObject({
      prompt: name,
      where: question.optional(),
      measures: z.array(z.enum(evidenceMeasures)).min(1).max(8).readonly(),
      per: z.enum(bucketLengths).optional(),
      zone: z.string().max(100),
      /** Versions that have most calls. */
      top: z.int().positive().max(12),
    }),
    out: z.object({
      ...answered,
      per: z.enum(bucketLengths),
      /** Microseconds: when each bucket began, and when the last one ended. */
      starts: float64,
      versions: z.array(version),
      /** Calls of other versions, and undated ones: in no series. */
      others: z.number(),
      undated: z.number(),
      /** Measure by measure, version by version, bucket by bucket. */
      values: float64,
      /** Version by version, bucket by bucket. */
      calls: float64,
    }),
  },
  /**
   * Inputs that several sides met: calls whose variables and user messages are equal, the latest first; after them those
   * that are near, of inputs that no other side met. A call of each side for every input; null where a side has none. A
   * call that is on several sides stands on the last of them.
   */
  'prompts.matches': {
    in: z.strictObject({
      sides: z.array(side).min(2).max(5).readonly(),
      where: question.optional(),
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
    }),
    out: z.object({
      ...answered,
      /** Inputs that at least two sides met, and those that are near. */
      total: z.number(),
      /**
       * `groups` of `total` are near: of every two inputs at least this share of all pieces of four characters is in both.
       * They were looked for among the latest inputs of each side, `read` of `all`.
       */
      near: z.object({ least: z.number(), groups: z.number(), read: z.number(), all: z.number() }),
      groups: z.array(
        z.object({
          calls: z.array(z.object({ id: rowId, traceId: z.string() }).nullable()),
          /** How many calls of each side had this input. */
          counts: z.array(z.number()),
          /** How like the two are that are least alike; absent where all are equal. */
          likeness: z.number().optional(),
        }),
      ),
    }),
  },
  /**
   * The last good call of the same prompt before a call, and what the call differs in from it. Replays are not looked at:
   * what somebody tried meanwhile is not how it was before. Good is a call without an
   * error or a refusal that counts as a success by every definition that applies; where none does, one whose scores are
   * good, if any is scored. `span` may be anything that holds a call: its last one is meant.
   */
  'prompts.lastGood': {
    in: z.strictObject({ span: rowId, now: question.shape.now, zone: question.shape.zone }),
    out: z.object({
      ...answered,
      bad: callFound,
      /** What its calls are looked among: of the same prompt, else of the same feature, else with the same name. */
      among: z.object({ by: z.enum(['prompt', 'feature', 'name']), name: z.string(), calls: z.number() }),
      /** Null: no call before it is good. */
      good: callFound.extend({ because: z.enum(['success', 'score', 'no error']) }).nullable(),
      /** Definitions of success that apply, and names of scores that were looked at. */
      successes: z.array(z.string()),
      scores: z.array(z.string()),
      /** Calls between the two by why they are not good; of undated ones nobody knows whether they came before. */
      passed: z.object({
        failed: z.number(),
        refused: z.number(),
        unsuccessful: z.number(),
        low: z.number(),
        unjudged: z.number(),
        undated: z.number(),
      }),
      /** Good calls that were read: the last ones. */
      compared: z.number(),
      /** The likeliest first. `asGood` of `compared` have in this part what `good` has, `asBad` what `bad` has. */
      causes: z.array(
        z.object({
          part: z.enum(callParts),
          words: z.string(),
          patch: z.string().optional(),
          asGood: z.number(),
          asBad: z.number(),
        }),
      ),
      same: z.array(z.enum(callParts)),
      /** What only one of the two says. */
      unsaid: z.array(z.enum(callParts)),
    }),
  },
  /**
   * Names, merges, splits or pins what was recovered. Kept apart from what is derived: it holds when recovery runs again,
   * and after removing an import and importing it again. `change` is what undoing it is asked with.
   */
  'prompts.edit': { in: promptEdit, out: z.object({ change: rowId }) },
  /**
   * Every version whose text is known as a Markdown file (shared/prompts/library), those that came from files included;
   * paths are safe to write and different wherever case is the same. The same store gives the same files.
   */
  'prompts.files': {
    in: z.strictObject({ offset: z.int().nonnegative(), limit: z.int().positive().max(200) }),
    out: z.object({
      total: z.number(),
      /** Versions that have no file: their text is not known, or they have no name. */
      without: z.number(),
      complete: z.boolean(),
      files: z.array(z.object({ path: z.string(), text: z.string() })),
    }),
  },
  /**
   * Reads such files: versions that they name are known from then on, and a recovered one with the same text is called as
   * they say. `dryRun` only says what would change. `change` is what undoing it is asked with; absent where nothing does.
   */
  'prompts.putFiles': {
    in: z.strictObject({
      files: z
        .array(z.strictObject({ path: z.string().max(4000), text: z.string() }))
        .max(10_000)
        .readonly(),
      dryRun: z.boolean(),
    }),
    out: z.object({
      change: rowId.optional(),
      /** In the order in which they were asked. */
      files: z.array(
        z.object({
          path: z.string(),
          what: z.enum(['new', 'changed', 'same', 'unreadable']),
          why: z.string().optional(),
          prompt: z.string().optional(),
          version: z.string().optional(),
          /** By hand, since it was written here. */
          edited: z.boolean().optional(),
          /** Recovered versions that get its name. */
          names: z.array(z.object({ prompt: z.string(), version: z.string() })).optional(),
        }),
      ),
    }),
  },
  /** What somebody is writing in place of a version; null where nobody is. */
  'prompts.draft': { in: z.strictObject({ prompt: name, version }), out: z.object({ draft: draft.nullable() }) },
  /** Keeps a draft, or with null throws it away. The one before is handed back, so that this can be undone. */
  'prompts.saveDraft': {
    in: z.strictObject({ prompt: name, version, draft: draft.nullable() }),
    out: z.object({ draft: draft.nullable() }),
  },
  /** Undoes one of the latest hundred edits. */
  'prompts.undo': { in: z.strictObject({ change: rowId }), out: done },
} as const

export const promptEvents = {
  'prompts.progress': recovery,
} as const
