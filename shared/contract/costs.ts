import { listValue } from './lists.ts'
import { float64, z } from './schemas.ts'
import { question, searched } from './search.ts'
import { costDoubts } from '../money/cost-doubts.ts'
import { bucketLengths, measureNames, mostDimensions, mostScores } from '../query/cost-measures.ts'

const fieldName = z.string().min(1).max(1000)

export const costs = {
  /**
   * Calls that match, by what they say under some fields of the query language and by when they started: sums, exact, and
   * percentiles by nearest rank, exact too. A call with several values of a field stands in several rows (`overlaps`);
   * `total` counts it once. NaN is unknown.
   */
  'costs.table': {
    in: z.strictObject({
      where: question.optional(),
      by: z.array(fieldName).max(mostDimensions).readonly(),
      /** The last of the keys, where it is there. */
      per: z.enum(bucketLengths).optional(),
      /** Where days begin. */
      zone: z.string().max(100),
      /** Values of the first fields: rows with these only. */
      within: z.array(listValue.nullable()).max(mostDimensions).readonly().optional(),
      measures: z.array(z.enum(measureNames)).min(1).max(measureNames.length).readonly(),
      sort: z.strictObject({ by: z.union([z.enum(measureNames), z.literal('key')]), descending: z.boolean() }),
      /** Rows left out at the beginning. */
      offset: z.int().nonnegative().optional(),
      limit: z.int().positive().max(1_000_000),
      /** Names of scores whose means are wanted beside the measures. */
      scores: z.array(z.string().min(1).max(1000)).max(mostScores).readonly().optional(),
      /** Other calls by the same keys. */
      compare: question.optional(),
      /** A trace is a success where some span of it matches. */
      success: question.optional(),
      /** Traces that could have been one: only what these cost is shared among the successes. Absent: all. */
      successAmong: question.optional(),
    }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      /** Calls that match. */
      calls: z.number(),
      /** Calls whose cost is computed, because their file says none. */
      filled: z.number(),
      /** Rows there are, with and without those left out by `offset` and `limit`. */
      rows: z.number(),
      keys: z.array(z.array(listValue.nullable())),
      /** Measure by measure, `keys.length` each. */
      values: float64,
      total: float64,
      /** What the file said each row cost, with all its digits; null where it said nothing. */
      recorded: z.array(z.string().nullable()),
      totalRecorded: z.string().nullable(),
      /** What its usage costs by the store's prices, of all calls that can be priced. */
      computed: z.array(z.string().nullable()),
      totalComputed: z.string().nullable(),
      /** Score by score: the mean over the traces of each row that have it, and how many these are. */
      scores: float64.optional(),
      scored: float64.optional(),
      totalScores: float64.optional(),
      totalScored: float64.optional(),
      /**
       * The same as `values` and `total`, of the calls compared with. Rows by time have no `before` where these calls are of
       * other times.
       */
      before: float64.optional(),
      beforeTotal: float64.optional(),
      /** Fields of which a call may have several values: their rows overlap. */
      overlaps: z.array(z.string()),
      /** Words among `keys` that another word of their field equals but for case: clauses must tell these apart. */
      alike: z.array(z.string()).optional(),
      /** Usage that is no call: embeddings, agents without calls. In no row. */
      aside: z.object({ count: z.number(), input: z.number(), cost: z.number() }),
      /** Of all calls that match: how many have no cost, by the reason. */
      unpriced: z.array(z.object({ why: z.string(), calls: z.number() })).optional(),
      /** Calls of which something said is in no sum of money, by their mark. */
      doubts: z.array(z.object({ mark: z.enum(costDoubts), calls: z.number() })).optional(),
      /** Calls that are answers to requests sent from here (`is:replayed`); absent where there are none. */
      replays: z.number().optional(),
      /** Calls of which nobody knows how long they took: in no latency. `backwards`: those among them that end before they start. */
      untimed: z.object({ calls: z.number(), backwards: z.number() }).optional(),
    }),
  },
} as const
