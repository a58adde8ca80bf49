import { z } from './schemas.ts'

/** A number and where the true one lies in `level` of all cases. */
export const estimate = z.object({
  value: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }),
})

/** What is measured of calls. Numbers are in `unit`; of a share they lie between 0 and 1. */
export const measured = z.object({
  /** A name of `evidenceMeasures`, or `score.` and a score's name. */
  name: z.string(),
  label: z.string(),
  unit: z.enum(['share', 'tokens', 'characters', 'nanodollars', 'microseconds', 'score']),
  /** Absent: a change is a change. */
  better: z.enum(['less', 'more']).optional(),
})
export type EvidenceMeasured = z.output<typeof measured>

const side = z.object({
  calls: z.number(),
  unknown: z.number(),
  clusters: z.number().optional(),
  estimate: estimate.optional(),
})

const lack = z.union([
  z.object({ code: z.enum(['few-calls', 'few-clusters']), least: z.number(), has: z.number() }),
  z.object({ code: z.enum(['no-such-percentile', 'too-large']) }),
  z.object({ code: z.literal('too-wide'), relevant: z.number() }),
])

/** As `shared/statistics` gives it. All differences are b less a. */
const verdict = z.object({
  name: z.string(),
  outcome: z.enum(['better', 'worse', 'changed', 'no evidence', 'not enough data']),
  a: side,
  b: side,
  difference: estimate.optional(),
  ratio: estimate.optional(),
  test: z
    .enum([
      'Fisher exact',
      'two proportions',
      'permutation',
      'bootstrap',
      'McNemar exact',
      'sign flip',
      'Wilcoxon signed rank',
    ])
    .optional(),
  p: z.number().optional(),
  adjustedP: z.number().optional(),
  effect: z.number().optional(),
  detectable: z.number().optional(),
  lack: lack.optional(),
  level: z.number(),
  together: z.number(),
})

/** What differs between the two sides besides the prompt, and may be the cause instead. */
const confounder = z.object({
  field: z.string(),
  label: z.string(),
  /** Shares of each side's calls by value: those that differ most, ten at most. */
  values: z.array(z.object({ value: z.string().nullable(), a: z.number(), b: z.number() })),
  /** Half of the sum of differences between shares: 0 is the same traffic, 1 nothing in common. */
  distance: z.number(),
})

export const compared = z.object({
  calls: z.object({ a: z.number(), b: z.number() }),
  /** How many of these are answers to requests that were sent from here (`is:replayed`); absent where none is. */
  replays: z.object({ a: z.number(), b: z.number() }).optional(),
  /** Calls that are on both sides: two queries may overlap. */
  both: z.number(),
  measures: z.array(measured),
  /** In the order of `measures`. */
  verdicts: z.array(verdict),
  /** Each as a sentence, in the order of `measures`. */
  sentences: z.array(z.string()),
  confounders: z.array(confounder),
  /** Absent where the two sides met fewer than two equal inputs. */
  matched: z
    .object({
      /** Inputs that both met. */
      pairs: z.number(),
      measures: z.array(measured),
      verdicts: z.array(verdict),
      sentences: z.array(z.string()),
    })
    .optional(),
})
export type Comparison = z.output<typeof compared>
