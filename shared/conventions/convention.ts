import type { SpanKind, Status } from '../domain/kind.ts'
import type { Mark } from '../domain/marks.ts'
import type { Message, Prompt, RetrievedDocument, Score, ToolOffer } from '../domain/message.ts'
import type { RawSpan } from '../domain/raw-span.ts'
import type { JsonObject, JsonValue } from '../domain/json.ts'
import type { ToolExecution, Usage } from '../domain/span.ts'
import type { DecimalText, Nanoseconds } from '../domain/units.ts'

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
  timeToFirstToken?: Nanoseconds
  streamed?: boolean
  traceName?: string
  session?: string
  user?: string
  tenant?: string
  environment?: string
  release?: string
  application?: string
  feature?: string
  agent?: string
  toolName?: string
  promptName?: string
  promptVersion?: string
  tags?: readonly string[]
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
}

/**
 * Collects answers: the first one wins per field, so conventions run in the order of `conventions` in index.ts
 * (formats.md 6). With `remember` it also keeps which attribute answered.
 */
export class Reading<T extends object> {
  readonly values: T = Object.create(null) as T
  readonly readBy: Record<string, string> | undefined
  readonly marks: Mark[] = []

  constructor(remember = false) {
    this.readBy = remember ? {} : undefined
  }

  has(field: keyof T): boolean {
    return this.values[field] !== undefined
  }

  take<K extends keyof T & string>(field: K, value: T[K] | undefined, from: string): void {
    if (value === undefined || this.values[field] !== undefined) return
    this.values[field] = value
    if (this.readBy) this.readBy[field] = from
  }
}

/** One attribute dialect: attributes -> meaning. Pure; never throws on hostile input. */
export interface Convention {
  readonly id: string
  readonly label: string
  /** Whether this span speaks the dialect. Cheap: a look at a few names. */
  speaks(span: RawSpan): boolean
  facts(span: RawSpan, reading: Reading<Facts>): void
  content(span: RawSpan, reading: Reading<Content>): void
}
