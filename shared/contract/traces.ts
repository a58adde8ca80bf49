import type { Audit } from '../domain/audit.ts'
import { spanKinds } from '../domain/kind.ts'
import type { JsonValue } from '../domain/json.ts'
import type { Message } from '../domain/message.ts'
import type { Span, TraceRow } from '../domain/span.ts'
import type { Source } from '../messages/sources.ts'
import { question } from './search.ts'
import { float64, nothing, rowId, uint16, uint32, uint8, z } from './schemas.ts'

export const traceSortFields = [
  'start',
  'duration',
  'name',
  'spans',
  'calls',
  'errors',
  'input',
  'output',
  'cost',
] as const

/** One line of the trace list. Microseconds; absent is unknown. `cost` is what was recorded, else computed, in nano-dollars. */
export const traceListRow = z.object({
  id: rowId,
  traceId: z.string(),
  name: z.string(),
  start: z.number().optional(),
  duration: z.number().optional(),
  spans: z.number(),
  calls: z.number(),
  errors: z.number(),
  tools: z.number(),
  input: z.number().optional(),
  output: z.number().optional(),
  cost: z.number().optional(),
  recorded: z.number().optional(),
  computed: z.number().optional(),
  /** Calls with neither a recorded nor a computed cost. */
  uncosted: z.number(),
  session: z.string().optional(),
  user: z.string().optional(),
  environment: z.string().optional(),
  release: z.string().optional(),
  application: z.string().optional(),
  /** Set while its import is still running: counts may grow. */
  growing: z.boolean(),
})
export type TraceListRow = z.output<typeof traceListRow>

/**
 * A whole trace as columns, one entry per span in reading order (parents before children, siblings by start time,
 * then file order): row i's descendants are rows i+1 … last[i].
 */
export const traceTree = z.object({
  trace: traceListRow,
  /** Span row ids, for `spans.read`. */
  id: float64,
  last: uint32,
  depth: uint16,
  /** Index into spanKinds. */
  kind: uint8,
  /** Index into statuses. */
  status: uint8,
  /** Index into `strings`. */
  name: uint32,
  /** Index into `strings`; 0 is none. */
  model: uint32,
  /** Microseconds after the earliest start in the trace; NaN when nothing is known. */
  offset: float64,
  /** Microseconds; NaN when unfinished. */
  duration: float64,
  /** Tokens, NaN when unknown. */
  input: float64,
  output: float64,
  cached: float64,
  /** Nano-dollars: recorded, else computed; NaN is unknown. */
  cost: float64,
  recorded: float64,
  computed: float64,
  /** Microseconds from the span's start, NaN when unknown. */
  firstToken: float64,
  /** 1 for a call, a generation counted once; 2 for other usage that counts; 0 otherwise. */
  counted: uint8,
  /** Bit set of shared/domain/marks.ts. */
  marks: uint32,
  /** The critical path (shared/tree/critical-path.ts), piece by piece: in which row, from when to when. */
  criticalRow: uint32,
  criticalFrom: float64,
  criticalTo: float64,
  /** strings[0] is ''. */
  strings: z.array(z.string()),
})
export type TraceTree = z.output<typeof traceTree>

const messages = z.custom<readonly Message[]>(value => Array.isArray(value))

const turn = z.object({
  id: rowId,
  previous: rowId.nullable(),
  /** Messages sent that were said before, and are left out here. */
  same: z.number(),
  gone: z.number(),
  /** New ones only, instructions too. */
  input: messages,
  output: messages,
})
export type Turn = z.output<typeof turn>

const traceWindow = z.strictObject({
  /** Only traces that hold a span which matches. */
  where: question.optional(),
  /** `relevance`: what has most to say about the texts of the query; without one as `start`. */
  sort: z.enum([...traceSortFields, 'relevance']),
  descending: z.boolean(),
  offset: z.int().nonnegative(),
  limit: z.int().positive().max(1000),
})

export const traces = {
  /** A window of the list: sorted and counted in SQL. `total` is exact. */
  'traces.list': { in: traceWindow, out: z.object({ total: z.number(), rows: z.array(traceListRow) }) },
  /** The same window with exact times and costs: the objects that `traces --json` prints. */
  'traces.rows': {
    in: traceWindow,
    out: z.object({
      total: z.number(),
      traces: z.array(z.custom<TraceRow>(value => typeof value === 'object' && value !== null)),
    }),
  },
  /** The first user text of each trace, cut to 200 characters; null when the trace has none. */
  'traces.inputs': {
    in: z.strictObject({ ids: z.array(rowId).max(200) }),
    out: z.object({ inputs: z.array(z.string().nullable()) }),
  },
  /**
   * A card about a trace, or about one of its spans: what went in, what came out, the first error, each cut. Microseconds and
   * nano-dollars; absent is unknown.
   */
  'traces.peek': {
    in: z.strictObject({ trace: rowId, span: rowId.optional() }),
    out: z.object({
      name: z.string(),
      kind: z.enum(spanKinds).optional(),
      model: z.string().optional(),
      start: z.number().optional(),
      duration: z.number().optional(),
      /** Of a trace. */
      spans: z.number().optional(),
      calls: z.number().optional(),
      errors: z.number().optional(),
      uncosted: z.number().optional(),
      inputTokens: z.number().optional(),
      outputTokens: z.number().optional(),
      /** What the file says it cost, else what is computed. */
      cost: z.number().optional(),
      computed: z.number().optional(),
      asked: z.string().optional(),
      answer: z.string().optional(),
      /** The span that failed, and why. */
      error: z.object({ name: z.string(), message: z.string() }).optional(),
    }),
  },
  'traces.find': {
    /** `prefix`: the beginning of an id will do, as long as it is the beginning of one trace only. */
    in: z.strictObject({ traceId: z.string().max(1024), prefix: z.boolean().optional() }),
    /** `several`: some of the traces a prefix could mean, when it could mean more than one. */
    out: z.object({ id: rowId.nullable(), several: z.array(z.string()).optional() }),
  },
  /** By its row, or at once by the id its file gave it. */
  'traces.tree': {
    in: z.union([z.strictObject({ id: rowId }), z.strictObject({ traceId: z.string().max(1024) })]),
    out: traceTree,
  },
  /** The span with that id in a trace, which is named by its row or by the id its file gave it; null where there is none. */
  'spans.find': {
    in: z.union([
      z.strictObject({ trace: rowId, spanId: z.string().max(1024) }),
      z.strictObject({ traceId: z.string().max(1024), spanId: z.string().max(1024) }),
    ]),
    out: z.object({ id: rowId.nullable() }),
  },
  /**
   * The whole reading of one span: the same object that `show --json` prints. With `holdBack` attributes of more characters
   * are only named: what they hold mostly stands in the messages too, and `spans.attribute` has it.
   */
  'spans.read': {
    in: z.strictObject({ id: rowId, holdBack: z.int().positive().optional() }),
    out: z.custom<Span>(value => typeof value === 'object' && value !== null),
  },
  /** One attribute of a span, whole. */
  'spans.attribute': {
    in: z.strictObject({ id: rowId, name: z.string().max(10_000) }),
    out: z.object({ value: z.custom<JsonValue>(() => true) }),
  },
  /**
   * Which of a call's messages an earlier call already sent or got back. `earlier` are calls that may be that one, the
   * nearest first: the one it has most in common with is taken. By content, whatever the files call the messages.
   */
  'spans.repeats': {
    in: z.strictObject({ id: rowId, earlier: z.array(rowId).max(16).readonly() }),
    out: z.object({
      /** Null where none of them has a message in common with it. */
      previous: rowId.nullable(),
      /** 1 for each message sent that is the same there; empty without such a call. */
      same: uint8,
      /** Messages sent then and not any more. */
      gone: z.number(),
    }),
  },
  /**
   * The documents that `retrievals` found, and what call `id` made of them: whether it sent them on, and whether its answer
   * names them. At most 200 documents; `more` counts what is left out of each.
   */
  'spans.sources': {
    in: z.strictObject({ id: rowId, retrievals: z.array(rowId).max(16).readonly() }),
    out: z.object({
      found: z.array(
        z.object({
          id: rowId,
          name: z.string(),
          query: z.string().optional(),
          documents: z.array(z.custom<Source>(value => typeof value === 'object' && value !== null)),
          more: z.number(),
        }),
      ),
    }),
  },
  /** What each of some calls added to what was said before: those before it in the list, and `before`, the nearest first. */
  'spans.news': {
    in: z.strictObject({ ids: z.array(rowId).max(50).readonly(), before: z.array(rowId).max(16).readonly() }),
    out: z.object({ turns: z.array(turn) }),
  },
  /** When the events of spans happened: one entry an event, of spans that have any. At most 200 of a span. */
  'spans.moments': {
    in: z.strictObject({ ids: z.array(rowId).max(64).readonly() }),
    out: z.object({
      /** Row ids. */
      span: float64,
      /** Microseconds after the span's start. */
      at: float64,
      /** 1 for an exception. */
      failed: uint8,
      /** Index into `strings`. */
      name: uint32,
      strings: z.array(z.string()),
    }),
  },
  /** What the file said about a span: each kept record with its texts put back, pretty-printed, and its context. */
  'spans.raw': {
    in: z.strictObject({ id: rowId }),
    out: z.object({
      records: z.array(
        z.object({ format: z.string(), file: z.string(), place: z.number(), record: z.string(), context: z.string() }),
      ),
    }),
  },
  /**
   * One of those records as it is kept, to the byte: the file's own names, order, texts and digits. What stood between its
   * values (white space, escapes) is not kept; a record of a binary or packed file is the text that it was read as.
   */
  'spans.kept': {
    in: z.strictObject({ id: rowId, record: z.int().nonnegative() }),
    out: z.object({ record: z.string(), context: z.string() }),
  },
  /** What the log lacks: of the whole store, or of what one import brought. */
  'store.audit': {
    in: z.strictObject({ import: rowId.optional() }),
    out: z.custom<Audit>(value => typeof value === 'object' && value !== null && 'lacks' in value),
  },
  'store.summary': {
    in: nothing,
    out: z.object({
      path: z.string(),
      name: z.string(),
      traces: z.number(),
      spans: z.number(),
      calls: z.number(),
      imports: z.number(),
      bytes: z.number(),
      readOnly: z.boolean(),
      /** Set when a newer build wrote the store: it is open read-only. */
      newerSchema: z.boolean(),
    }),
  },
} as const
