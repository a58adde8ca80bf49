import type { DecimalText } from '../domain/units.ts'
import type { MatchLogic } from './match.ts'

/** A price, or prices by how much input a call has: past `start` tokens the whole call costs that tier's. */
export type Price = number | { readonly base: number; readonly tiers: readonly PriceTier[] }

export interface PriceTier {
  readonly start: number
  readonly price: number
}

/** By the name of a unit's price: `{"input_mtok": 2.5, "output_mtok": 10}`. */
export type Prices = { readonly [priceName: string]: Price }

export type Constraint =
  | { readonly type: 'start_date'; readonly start_date: string }
  | { readonly type: 'time_of_date'; readonly start_time: string; readonly end_time: string }

/** The last of them whose constraint holds at the time of a call is its price. */
export interface DatedPrices {
  readonly constraint?: Constraint
  readonly prices: Prices
}

export interface PricedModel {
  readonly id: string
  readonly match: MatchLogic
  readonly prices: Prices | readonly DatedPrices[]
}

export interface PricedProvider {
  readonly id: string
  readonly name: string
  readonly pricing_urls?: readonly string[]
  readonly provider_match?: MatchLogic
  readonly model_match?: MatchLogic
  readonly fallback_model_providers?: readonly string[]
  readonly models: readonly PricedModel[]
}

/** What somebody says a model costs: it wins over the book. */
export interface PriceRule {
  readonly id: string
  /** As the trace names the provider; absent is any. */
  readonly provider?: string
  readonly match: MatchLogic
  readonly prices: Prices
  /** USD where absent. Sums are in dollars: a call in another currency is not in them, and is counted. */
  readonly currency?: string
  /** `2026-11-01`, in UTC. Absent is from ever. */
  readonly valid_from?: string
  /** Runs on own machines: costs nothing, and says so. */
  readonly local?: boolean
  readonly note?: string
}

export interface PriceBook {
  /** Who made the list, which one it is and of what day. */
  readonly source: string
  readonly version: string
  readonly date: string
  readonly providers: readonly PricedProvider[]
  /** In the order in which they are asked. */
  readonly rules: readonly PriceRule[]
}

/** One part of what a call cost. */
export interface CostLine {
  /** Which unit (shared/money/units.ts): `cache_read_tokens`. Parts of it that have a price of their own are not in it. */
  readonly unit: string
  readonly count: number
  readonly price: DecimalText
  readonly per: number
  /** The call has more input than this: the price is that of a long context. */
  readonly over?: number
  /** What the price was multiplied by (shared/money/factors.ts). */
  readonly factor?: DecimalText
  readonly amount: DecimalText
}
