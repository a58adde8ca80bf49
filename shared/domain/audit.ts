import type { NanosecondText } from './units.ts'

/** What a call should say and may lack. */
export const auditGaps = [
  'text',
  'tokens',
  'cost',
  'model',
  'promptVersion',
  'session',
  'user',
  'release',
  'environment',
] as const
export type AuditGap = (typeof auditGaps)[number]

/** Calls of one environment and feature. */
export interface AuditGroup {
  /** Absent where the calls name none. */
  readonly environment?: string
  readonly feature?: string
  readonly calls: number
  /** Calls that lack it. */
  readonly lacks: { readonly [gap in AuditGap]: number }
}

/** A stretch in which nothing was logged. */
export interface AuditSilence {
  readonly from: NanosecondText
  readonly until: NanosecondText
}

/** Whether a log contains what it should: `spanwise audit --json`. Every number is a count, exact. */
export interface Audit {
  readonly traces: number
  readonly spans: number
  readonly calls: number
  readonly lacks: { readonly [gap in AuditGap]: number }
  /** By environment and feature, the largest first; at most 200, `groupCount` is exact. */
  readonly groups: readonly AuditGroup[]
  readonly groupCount: number
  /**
   * Stretches without a trace that are longer than an hour and than twenty times the usual distance between traces; the
   * longest ten, in order of time.
   */
  readonly silences: readonly AuditSilence[]
  readonly silenceCount: number
  /** Traces that look cut or sampled. One may count under several. */
  readonly incomplete: {
    /** Some span's parent is in none of the files. */
    readonly missingParents: number
    /** No span of it is a true root. */
    readonly noRoot: number
    /** Some span never ended. */
    readonly unfinished: number
    /** Known only from records about its spans. */
    readonly onlyFragments: number
    /** Without any time. */
    readonly undated: number
  }
}
