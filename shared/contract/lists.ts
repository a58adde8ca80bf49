import { columnTypes } from '../query/list-columns.ts'
import { float64, rowId, uint32, z } from './schemas.ts'
import { question, searched } from './search.ts'

/** What a row is: a trace that holds a span which matches, such a span, such a call, a session of such traces. */
export const listKinds = ['traces', 'spans', 'calls', 'sessions'] as const
export type ListKind = (typeof listKinds)[number]

const columnName = z.string().min(1).max(1000)
/** One value of a field as it stands in a list; null is none. */
export const listValue = z.union([z.string(), z.number()])
export type ListValue = z.output<typeof listValue>

const asked = { list: z.enum(listKinds), where: question.optional() }

/** Rows that have this among the values of their matching spans; null: those whose matching spans have none. */
const oneGroup = z.strictObject({ by: columnName, value: listValue.nullable() })

const neighbour = z.object({ traceId: z.string(), span: z.number().nullable() })

const sums = z.object({
  traces: z.number(),
  spans: z.number(),
  calls: z.number(),
  errors: z.number(),
  /** Absent where no row knows. */
  input: z.number().optional(),
  output: z.number().optional(),
  cached: z.number().optional(),
  reasoning: z.number().optional(),
  cost: z.number().optional(),
  recorded: z.number().optional(),
  computed: z.number().optional(),
  /** Calls with neither a recorded nor a computed cost. */
  uncosted: z.number(),
  /** Earliest start and latest end; microseconds. */
  from: z.number().optional(),
  to: z.number().optional(),
})
export type Sums = z.output<typeof sums>

export const lists = {
  /**
   * A window of a list, sorted by a column or by `relevance`. Unknown comes last whichever way a list is sorted, and the
   * order has no ties. `exact`: no import is
   * running whose spans have no order yet. A column that only kept records answer is read for the rows of the window.
   */
  'lists.rows': {
    in: z.strictObject({
      ...asked,
      columns: z.array(columnName).max(100).readonly(),
      sort: z.strictObject({ column: columnName, descending: z.boolean() }),
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
      group: oneGroup.optional(),
    }),
    out: z.object({
      total: z.number(),
      exact: z.boolean(),
      searched: searched.optional(),
      /** Row id of the trace, or of the span; of a session a number that holds as long as the store is open. */
      id: float64,
      /** Row id of its trace; of a session that of its latest. */
      trace: float64,
      columns: z.array(z.object({ column: z.string(), type: z.enum(columnTypes) })),
      /** Column by column, `id.length` each: a number, or the index of a text; NaN is none. */
      cells: float64,
      /** Texts of the window; a list where a row has several: each once, in the order of its spans, twenty at most. */
      values: z.array(z.union([listValue, z.array(listValue)])),
    }),
  },
  /**
   * The traces before and after one in a list: for whoever reads it and wants the next. `place` is null where the list
   * does not have it. `span` is that of the neighbour's row in a list of spans or calls.
   */
  'lists.neighbours': {
    in: z.strictObject({
      list: z.enum(['traces', 'spans', 'calls']),
      where: question.optional(),
      sort: z.strictObject({ column: columnName, descending: z.boolean() }),
      trace: rowId,
      span: rowId.optional(),
    }),
    out: z.object({
      total: z.number(),
      exact: z.boolean(),
      place: z.number().nullable(),
      before: neighbour.nullable(),
      after: neighbour.nullable(),
    }),
  },
  /** All row ids of a list, and those of their traces: for what is done to everything that matches. Texts that the index
   *  lacks are read, however many. */
  'lists.ids': { in: z.strictObject(asked), out: z.object({ id: float64, trace: float64 }) },
  /** What the rows of a query come to, each thing counted once. */
  'lists.totals': {
    in: z.strictObject({ ...asked, group: oneGroup.optional() }),
    out: z.object({
      total: z.number(),
      exact: z.boolean(),
      searched: searched.optional(),
      sums,
      /** Of sessions: matching traces that are in none. */
      outside: z.number(),
    }),
  },
  /**
   * A list by the values of a field; a row with several stands in several groups. The last group may be of rows without
   * any. What only kept records hold is refused (`lists/only-in-records`).
   */
  'lists.groups': {
    in: z.strictObject({
      ...asked,
      by: columnName,
      sort: z.enum(['count', 'value', 'errors', 'tokens', 'cost', 'duration']),
      descending: z.boolean(),
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
    }),
    out: z.object({
      /** Groups in all. */
      total: z.number(),
      exact: z.boolean(),
      searched: searched.optional(),
      values: z.array(listValue.nullable()),
      /** Rows of each. */
      count: float64,
      /** What they come to; NaN is unknown. `duration` is the mean. */
      errors: float64,
      tokens: float64,
      cost: float64,
      duration: float64,
    }),
  },
  /**
   * Rows by when they started, in buckets of a round length. `by` splits each: the most frequent values, then all others,
   * then rows without. A row with several values counts as its first.
   */
  'lists.histogram': {
    in: z.strictObject({
      ...asked,
      /** Buckets at most; there may be fewer. */
      most: z.int().positive().max(1000),
      by: columnName.optional(),
      /** Values that are told apart. */
      top: z.int().positive().max(20).default(6),
      /** The stretch shown, microseconds; that of the rows where nothing is said. */
      from: z.number().optional(),
      to: z.number().optional(),
      /** Days begin at midnight there. */
      zone: z.string().max(100).default('UTC'),
    }),
    out: z.object({
      exact: z.boolean(),
      searched: searched.optional(),
      /** Microseconds; absent where nothing is dated. */
      start: z.number().optional(),
      width: z.number(),
      buckets: z.number(),
      /**
       * Rows without a start, and with one outside the stretch: the one asked for, else from the first to the last, those
       * of a clock that was not set left out.
       */
      undated: z.number(),
      outside: z.number(),
      series: z.array(
        z.union([
          z.object({ type: z.literal('value'), value: listValue }),
          z.object({ type: z.enum(['all', 'other', 'without']) }),
        ]),
      ),
      /** Series by series, `buckets` each. */
      counts: uint32,
    }),
  },
  /** For each field its most frequent values among the matching spans: how many rows have them. */
  'lists.facets': {
    in: z.strictObject({
      ...asked,
      fields: z.array(columnName).max(60).readonly(),
      limit: z.int().positive().max(1000),
    }),
    out: z.object({
      total: z.number(),
      exact: z.boolean(),
      searched: searched.optional(),
      facets: z.array(
        z.object({
          field: z.string(),
          type: z.enum(columnTypes),
          values: z.array(z.object({ value: listValue, count: z.number() })),
          /** Further values. */
          more: z.number(),
          /** Rows whose matching spans have none. */
          without: z.number(),
        }),
      ),
    }),
  },
} as const
