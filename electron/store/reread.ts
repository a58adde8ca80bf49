import type { FieldConflict } from '../../shared/domain/receipt.ts'
import type { KeptText } from './kept.ts'

/**
 * Reads a span again from everything the files said about it. Given by the importer, because what a record means is not
 * the store's to know. Records come in order of arrival, one or more; columns are those of a batch, strings in place of
 * their numbers. Where records disagree the reading says so with the marks `merged` and `conflict`. Must not depend on
 * anything but its input: removing an import reads spans again and expects what a fresh import would have given.
 */
export type Reread = (records: readonly KeptText[]) => SpanReading

/** NaN and undefined are unknown; times in microseconds with the nanoseconds that remain. */
export interface SpanReading {
  /** 0 where there is no parent. */
  readonly parentTag: number
  readonly name: string
  readonly kind: number
  readonly status: number
  readonly start: number
  readonly startNs: number
  readonly duration: number
  readonly durationNs: number
  readonly marks: number
  readonly conventions: number
  readonly traceName?: string | undefined
  readonly session?: string | undefined
  readonly user?: string | undefined
  readonly environment?: string | undefined
  readonly release?: string | undefined
  readonly application?: string | undefined
  readonly feature?: string | undefined
  readonly tenant?: string | undefined
  /** As `printTraits` writes them. */
  readonly traits?: string | undefined
  readonly call?: CallReading | undefined
  readonly scores: readonly ScoreReading[]
  /** Where its records disagree; of very many only the first. */
  readonly conflicts?: readonly FieldConflict[]
  readonly conflictCount?: number
}

export interface CallReading {
  readonly model?: string | undefined
  readonly provider?: string | undefined
  readonly responseId?: string | undefined
  readonly promptName?: string | undefined
  readonly promptVersion?: string | undefined
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly cacheWrite1h: number
  readonly reasoning: number
  /** Nano-dollars. */
  readonly cost: number
  /** What the recorded cost is more than that, in 10^-24 dollars. */
  readonly costRest: number
  /** What else changes its price (shared/money/call-more.ts). */
  readonly more?: string | undefined
  readonly firstToken: number
  readonly messages: number
}

export interface ScoreReading {
  readonly name: string
  readonly value?: number | undefined
  readonly label?: string | undefined
  readonly explanation?: string | undefined
  readonly source?: string | undefined
}
