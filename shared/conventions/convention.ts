import type { SpanKind, Status } from '../domain/kind.ts'
import type { Mark } from '../domain/marks.ts'
import type { Message, Prompt, RetrievedDocument, Score, ToolOffer } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { ToolExecution, Usage } from '../domain/span.ts'
import type { DecimalText, Nanoseconds } from '../domain/units.ts'
import type { CallTerms } from '../money/factors.ts'
import type { WrittenUsage } from './usage.ts'

/**
 * What the store indexes of a span. Read for every span while importing, so a convention answers these from short
 * attributes and touches no deferred text unless a fact is really in one.
 */
export interface Facts {
  kind?: SpanKind
  status?: Status
  errorType?: string
  model?: string
  requestModel?: string
  provider?: string
  operation?: string
  responseId?: string
  usage?: Usage
  recordedCost?: DecimalText
  /** How it was called, as far as that changes the price. */
  terms?: CallTerms
  timeToFirstToken?: Nanoseconds
  streamed?: boolean
  traceName?: string
  session?: string
  user?: string
  tenant?: string
  /** Who answers for it, or pays: a group of persons of the tenant. */
  team?: string
  environment?: string
  release?: string
  application?: string
  feature?: string
  agent?: string
  toolName?: string
  promptName?: string
  promptVersion?: string
  tags?: readonly string[]
  /** An evaluator span's verdict stands on the evaluator itself: it judges its parent. */
  scores?: readonly Score[]
}

/** What is read only when a span is opened: texts and structures. */
export interface Content {
  parameters?: JsonObject
  finishReasons?: readonly string[]
  inputMessages?: readonly Message[]
  outputMessages?: readonly Message[]
  toolsOffered?: readonly ToolOffer[]
  tool?: ToolExecution
  documents?: readonly RetrievedDocument[]
  query?: string
  input?: JsonValue
  output?: JsonValue
  prompt?: Prompt
  metadata?: JsonObject
  /** What a dialect says about the end, where the span itself has no word for it. */
  statusMessage?: string
}

/**
 * Collects answers. The lowest rank wins per field, and of equals the first, so conventions run by precedence
 * and rank only matters where a field has its own order: span kinds, models, messages.
 * With `remember` it also keeps which attribute answered.
 */
export class Reading<T extends object> {
  readonly values: Partial<T> = {}
  readonly readBy: Record<string, string> | undefined
  readonly marks: Mark[] = []
  private ranks: Record<string, number> | undefined

  constructor(remember = false) {
    this.readBy = remember ? {} : undefined
  }

  has(field: keyof T): boolean {
    return this.values[field] !== undefined
  }

  take<K extends keyof T & string>(field: K, value: T[K] | undefined, from: string, rank = 0): void {
    if (value === undefined) return
    if (this.values[field] !== undefined && rank >= (this.ranks?.[field] ?? 0)) return
    this.values[field] = value
    if (rank !== 0 || this.ranks) (this.ranks ??= {})[field] = rank
    if (this.readBy) this.readBy[field] = from
  }

  unmark(...marks: readonly Mark[]): void {
    for (let i = this.marks.length - 1; i >= 0; i--) if (marks.includes(this.marks[i]!)) this.marks.splice(i, 1)
  }

  drop(field: keyof T & string): void {
    if (this.values[field] === undefined) return
    delete this.values[field]
    if (this.readBy) delete this.readBy[field]
  }
}

/** How sure a span's kind is, surest first. Pass as the rank of `kind`. */
export const kindRank = { explicit: 0, operation: 1, scope: 2, shape: 3, nothing: 4 } as const

/** Names that have a home; a `*` stands for any run of characters. What nobody lists is counted as kept but not understood. */
export interface KnownNames {
  /** Read for what they mean. */
  readonly reads: readonly string[]
  /** Names that say nothing beyond themselves: understood, and shown as they are. */
  readonly keeps?: readonly string[]
  /** Those among them that are objects whose fields need a home of their own, as `name.field`. */
  readonly opens?: readonly string[]
}

/**
 * One attribute dialect: attributes -> meaning. Pure; never throws on hostile input.
 *
 * A span speaks the dialect when it has an attribute (or an event) whose name starts with one of `prefixes` or equals
 * one of `names`: all dialects are tested in one walk over the names.
 */
export interface Convention extends KnownNames {
  readonly id: string
  readonly label: string
  /** 1 is asked first: explicit dialects, then current ones, a producer's own, events, older ones, plain text. */
  readonly precedence: number
  readonly prefixes: readonly string[]
  readonly names?: readonly string[]
  /** Of events, where these are lines of a log that the dialect is the language of. */
  readonly lines?: KnownNames
  /** Of what stands around the spans, where a dialect's own container put it there in place of a resource. */
  readonly around?: KnownNames
  /** Also tests the names of span events against `prefixes`. */
  readonly inEvents?: boolean
  /** A further condition, asked only when a name fits. */
  speaks?(span: RawSpan): boolean
  facts(span: RawSpan, reading: Reading<Facts>): void
  content(span: RawSpan, reading: Reading<Content>, facts: Readonly<Facts>): void
  /** Token counts as written. Of several dialects the one with most numbers is read. */
  usage?(span: RawSpan): WrittenUsage | undefined
  /** How many messages went in and came out, told without reading their texts (`countMessages`). The largest answer counts. */
  messages?(span: RawSpan): number | undefined
}
