import { listValue } from './lists.ts'
import { float64, uint32, z } from './schemas.ts'
import { question, searched } from './search.ts'
import { mostBins, mostPoints, mostSeries, pointMeasures, spreadFields } from '../query/chart-measures.ts'
import { bucketLengths, measureNames } from '../query/cost-measures.ts'

const range = z.tuple([z.number(), z.number()]).readonly()
const scale = z.enum(['linear', 'log'])

export const charts = {
  /**
   * Calls that match by when they started, told apart by what they say under a field: the values that come first by the
   * measure, and all others together. Buckets follow the clock of the zone and have no gaps between them. NaN is unknown;
   * where a bucket has no calls (`calls`), nothing is unknown.
   */
  'charts.series': {
    in: z.strictObject({
      where: question.optional(),
      by: z.string().min(1).max(1000).optional(),
      /** Absent: as suits the time that calls span. Longer where there would be too many buckets. */
      per: z.enum(bucketLengths).optional(),
      zone: z.string().max(100),
      measure: z.enum(measureNames),
      top: z.int().positive().max(mostSeries),
      /** As those of `costs.table`. */
      success: question.optional(),
      successAmong: question.optional(),
    }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      per: z.enum(bucketLengths),
      /** Calls that match, dated or not. */
      total: z.number(),
      undated: z.number(),
      /** In no bucket: before 2000, by a clock that was not set, while others are later. */
      outside: z.number(),
      /** Calls that do not say what the measure is made of. */
      unknown: z.number(),
      /** Microseconds: when each bucket began, and when the last one ended. Empty where no call is dated. */
      starts: float64,
      /**
       * Where nearly all calls lie in a small part of that time: its first moment, that after its last (microseconds), and how
       * many dated calls lie outside of it.
       */
      dense: z.object({ from: z.number(), to: z.number(), outside: z.number() }).optional(),
      series: z.array(
        z.union([
          z.object({ type: z.literal('all') }),
          z.object({ type: z.literal('value'), value: listValue.nullable() }),
          /** So many values together. */
          z.object({ type: z.literal('others'), values: z.number() }),
        ]),
      ),
      /** Series by series, bucket by bucket. */
      values: float64,
      calls: float64,
      /** A call may have several values of the field: series overlap. */
      overlaps: z.boolean(),
    }),
  },
  /** How many calls have how much of something. Units are those of the query language: nano-dollars, nanoseconds, tokens. */
  'charts.spread': {
    in: z.strictObject({
      where: question.optional(),
      of: z.enum(spreadFields),
      scale,
      most: z.int().positive().max(mostBins),
    }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      total: z.number(),
      unknown: z.number(),
      /** On a logarithmic scale: calls that have none of it, which stand in no bin. */
      zeros: z.number(),
      /** Whole numbers; a bin holds its first edge and not its last. */
      edges: float64,
      counts: uint32,
      /** Of all calls that know: the 50th, 95th and 99th of a hundred, by nearest rank. Empty where none does. */
      percentiles: float64,
    }),
  },
  /**
   * Traces of the calls that match by the mean of their scores of a name and what these calls took together: each by itself,
   * or, where they are too many, counted in cells.
   */
  'charts.points': {
    in: z.strictObject({
      where: question.optional(),
      score: z.string().min(1).max(1000),
      of: z.enum(pointMeasures),
      scale,
      /** Those between these values only, ends included. */
      within: z.strictObject({ x: range, y: range }).optional(),
      most: z.int().positive().max(mostPoints),
    }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      /** Traces of the calls that match. */
      traces: z.number(),
      /** Those that have both numbers, and lie within. */
      shown: z.number(),
      /** Without a number of this score; of these, so many have a word. */
      unscored: z.number(),
      worded: z.number(),
      /** With the score, and without what is measured. On a logarithmic scale also those of zero. */
      unmeasured: z.number(),
      /** Shown, while some of their calls do not say how much they took. */
      partly: z.number(),
      isCounted: z.boolean(),
      /** Of each point: its trace and where it lies. Of cells: no trace, and their edges. */
      ids: z.array(z.string()),
      x: float64,
      y: float64,
      /** Of cells, line by line from the lowest of both; one holds its first edges, the last ones also their ends. */
      counts: uint32,
    }),
  },
} as const
