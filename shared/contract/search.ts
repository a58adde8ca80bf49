import { rowId, z } from './schemas.ts'

/** A query, and what its dates and relative times mean to whoever wrote it. A faulty one is refused with `query/…`. */
export const question = z.strictObject({
  /** The query language (shared/query); an empty text is every span. */
  query: z.string().max(1 << 20),
  /** Milliseconds since 1970. */
  now: z.int().nonnegative(),
  /** IANA name. */
  zone: z.string().max(100),
  /** What the index of texts lacks is read from the records, however long that takes; else it is left out. */
  scan: z.boolean().optional(),
  /**
   * Milliseconds after which what is known so far may be the answer (`searched`): whoever asks again goes on from there.
   * Absent: all is waited for.
   */
  patience: z.int().nonnegative().max(600_000).optional(),
})
export type Question = z.output<typeof question>

/**
 * Texts or records that were read for a question, of how many must be: what is found is what matches so far. Absent where
 * it is all.
 */
export const searched = z.object({ done: z.number(), all: z.number() })
export type Searched = z.output<typeof searched>

/** Newest first, or what has most to say about the texts of the query. */
export const spanSorts = ['started', 'relevance'] as const
export type SpanSort = (typeof spanSorts)[number]

export const search = {
  /** Spans that match, newest first where nothing else is said. `exact`: no import is running whose spans have no order yet, and the index has all texts asked for. */
  'search.spans': {
    in: z.strictObject({
      where: question,
      sort: z.enum(spanSorts).optional(),
      offset: z.int().nonnegative(),
      limit: z.int().nonnegative().max(10_000),
    }),
    out: z.object({
      total: z.number(),
      exact: z.boolean(),
      searched: searched.optional(),
      spans: z.array(z.object({ id: rowId, traceId: z.string() })),
    }),
  },
  /** How many match. `calls`: those of the spans that are calls, each counted once. */
  'search.count': {
    in: z.strictObject({ where: question }),
    out: z.object({
      traces: z.number(),
      spans: z.number(),
      calls: z.number(),
      exact: z.boolean(),
      searched: searched.optional(),
    }),
  },
  /**
   * For an empty result: what would match without each of the clauses that stand side by side at the top of the query, of
   * twenty at most. Empty where there is only one.
   */
  'search.without': {
    in: z.strictObject({ where: question }),
    out: z.object({
      clauses: z.array(
        z.object({
          clause: z.string(),
          from: z.number(),
          to: z.number(),
          query: z.string(),
          traces: z.number(),
          spans: z.number(),
          calls: z.number(),
        }),
      ),
    }),
  },
  /**
   * The most frequent values of a field that begin like this, for completion. `score.`, `@` and
   * `variable.` ask for the names of scores, attributes and variables. Empty for fields whose values only records hold.
   */
  'search.values': {
    in: z.strictObject({
      field: z.string().max(1000),
      prefix: z.string().max(1000),
      limit: z.int().positive().max(1000),
    }),
    out: z.object({ values: z.array(z.object({ value: z.string(), count: z.number() })) }),
  },
} as const
