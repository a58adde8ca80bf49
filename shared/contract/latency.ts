import { listValue } from './lists.ts'
import { float64, rowId, z } from './schemas.ts'
import { question, searched } from './search.ts'
import { mostOperationFields, operationMeasureNames } from '../query/latency-measures.ts'

const key = z.array(listValue.nullable())
const limit = z.int().positive().max(100_000)

export const latency = {
  /** Spans that match, by what they say under some fields. Percentiles by nearest rank, exact; NaN is unknown. */
  'latency.operations': {
    in: z.strictObject({
      where: question.optional(),
      by: z.array(z.string().min(1).max(1000)).max(mostOperationFields).readonly(),
      sort: z.strictObject({ by: z.enum(operationMeasureNames), descending: z.boolean() }),
      limit,
    }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      /** Rows there are, with and without those left out by `limit`. */
      rows: z.number(),
      keys: z.array(key),
      /** Measure by measure, `keys.length` each. */
      values: float64,
      total: float64,
      /** Fields of which a span may have several values: rows overlap. */
      overlaps: z.array(z.string()),
    }),
  },
  /**
   * Spans that match and failed, by name, kind, model and cause: the type of the error, or its message where that says nothing. Causes are read
   * from the newest `read` of them.
   */
  'latency.failures': {
    in: z.strictObject({ where: question.optional(), limit }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      failed: z.number(),
      /** Failed, and were tried again. */
      retried: z.number(),
      read: z.number(),
      rows: z.number(),
      keys: z.array(key),
      /** One a row: spans that failed, those that were tried again, those whose cause speaks of a timeout, microseconds that they took. */
      failures: float64,
      retries: float64,
      timeouts: float64,
      lost: float64,
    }),
  },
  /** Calls that match and took longest, as times the median of all calls of the same model and prompt. */
  'latency.slowest': {
    in: z.strictObject({ where: question.optional(), limit: z.int().positive().max(1000) }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      /** Calls that match with fewer peers than tell anything, or of unknown length. */
      lonely: z.number(),
      spans: z.array(rowId),
      traces: z.array(z.string()),
      /** Model and prompt. */
      keys: z.array(key),
      /** Microseconds. */
      lengths: float64,
      medians: float64,
      /** Calls of the same model and prompt, itself among them. */
      peers: float64,
    }),
  },
} as const
