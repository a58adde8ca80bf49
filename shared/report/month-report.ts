import type { ListValue } from '../contract/lists.ts'
import type { ReportMeasure, Section } from './sections.ts'
import type { Month } from './month.ts'

export type ReportKey = readonly (ListValue | null)[]

/** What some calls come to. NaN is unknown. */
export interface ReportLine {
  readonly now: { readonly [measure in ReportMeasure]: number }
  /** The same of the month before. */
  readonly before: { readonly [measure in ReportMeasure]: number }
  /** Dollars, every digit. */
  readonly recorded: string | null
  readonly computed: string | null
  /** Score by score: the mean over the traces that have it, and how many these are. */
  readonly scores: readonly number[]
  readonly scored: readonly number[]
}

export interface ReportRow extends ReportLine {
  readonly key: ReportKey
  /** Of a prompt, where somebody asked for it. */
  readonly text?: string
}

export interface ReportSection extends Pick<Section, 'id' | 'title' | 'keys'> {
  /** Fields of the query language; empty: no call says any of those that were tried. */
  readonly by: readonly string[]
  /** The dearest first. */
  readonly rows: readonly ReportRow[]
  /** Rows there are, with those left out. */
  readonly count: number
  /** A call may stand in several rows. */
  readonly overlaps: boolean
}

export interface ReportDay {
  /** `2026-11-03` by the zone's clock. */
  readonly day: string
  readonly calls: number
  /** NaN where nobody knows what its calls cost, or it had none. */
  readonly cost: number
}

export interface UnpricedModel {
  readonly provider: string
  readonly model: string
  readonly calls: number
  /** Why its calls of this month have no price, as words, with how many where there are several reasons. */
  readonly why?: string
}

export interface ReportSuccess {
  readonly name: string
  readonly query: string
  readonly successes: number
  readonly costPerSuccess: number
  readonly successesBefore: number
  readonly costPerSuccessBefore: number
}

/** A month of calls, as data. */
export interface MonthReport {
  readonly month: Month
  readonly before: Month
  /** Texts of the dearest prompts were asked for. */
  readonly withPrompts: boolean
  readonly zone: string
  /** Milliseconds since 1970. */
  readonly made: number
  /** Not all was read: an import is running. */
  readonly isPartial: boolean
  readonly total: ReportLine
  /** Calls whose cost is computed, because their file says none. */
  readonly filled: number
  readonly scoreNames: readonly string[]
  readonly sections: readonly ReportSection[]
  readonly days: readonly ReportDay[]
  readonly unpriced: readonly UnpricedModel[]
  readonly successes: readonly ReportSuccess[]
  readonly prices: { readonly source: string; readonly version: string; readonly date: string; readonly rules: number }
  /** What the month does not say, as sentences. */
  readonly lacks: readonly string[]
}
