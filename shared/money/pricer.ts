import type { DecimalText } from '../domain/units.ts'
import type { DatedPrices, PriceBook, PricedModel, PricedProvider, PriceRule, Prices } from './book.ts'
import { inDailyWindow, startOf } from './dated.ts'
import { timesFactor } from './exact.ts'
import { factorsOf, type CallTerms, type TermFactor } from './factors.ts'
import { isLoose, isMovingAlias, matchName, type Matched, type MatchKind, type TestRegex } from './match.ts'
import { providerIds } from './provider-names.ts'
import { compileSheet, type Sheet } from './sheet.ts'
import type { UnknownCost } from './unknown-cost.ts'

/** What to look at twice: the price may be another's. */
export type MatchHint =
  | 'moving-alias' // the name means another model from time to time
  | 'longer-name' // the name says more than the price's
  | 'other-list' // the price stands in another provider's list, which this one falls back to
  | 'provider-from-model' // the provider was told by the model's name only

/** Which price a call has and why. */
export interface PriceMatch {
  /** Absent for a rule of a person. */
  readonly provider?: string
  readonly model: string
  /** The rule of a person. */
  readonly rule?: PriceRule
  readonly kind: MatchKind
  readonly hints: readonly MatchHint[]
}

/** What a model costs at one time, called so. */
export interface DatedSheet {
  readonly sheet: Sheet
  readonly match: PriceMatch
  readonly factors: readonly TermFactor[]
  /** Where the price holds from a day or in hours of the day only. */
  readonly constraint?: DatedPrices['constraint']
}

interface Found {
  readonly match: PriceMatch
  readonly prices: Prices | readonly DatedPrices[]
}

interface Resolved {
  /** Rules of persons, those that begin later first. */
  readonly rules: readonly Found[]
  readonly listed: Found | UnknownCost
}

/** Finds prices in a book. A name is looked up once; what it then costs at a time is a look at few dates. */
export class Pricer {
  readonly book: PriceBook
  private readonly testRegex: TestRegex
  private readonly resolved = new Map<string, Resolved>()
  private readonly sheets = new Map<Found, Map<Prices, Map<string, DatedSheet | UnknownCost>>>()
  private readonly bookDay: number

  constructor(book: PriceBook, testRegex: TestRegex) {
    this.book = book
    this.testRegex = testRegex
    this.bookDay = (startOf(book.date) ?? 0) + 12 * 3600e6
  }

  /** `time` in microseconds; NaN for a call without a date, which is priced as of the book's day. */
  at(
    provider: string | undefined,
    model: string | undefined,
    time: number,
    terms: CallTerms,
  ): DatedSheet | UnknownCost {
    if (model === undefined || model === '') return 'no-model'
    const { rules, listed } = this.resolve(provider, model)
    const when = Number.isNaN(time) ? this.bookDay : time
    let isLater = false
    for (const found of rules) {
      const start = found.match.rule?.valid_from
      if (start === undefined || when >= (startOf(start) ?? Infinity)) return this.sheetOf(found, when, terms)
      isLater = true
    }
    if (typeof listed === 'string') return isLater ? 'not-yet' : listed
    return this.sheetOf(listed, when, terms)
  }

  /** Whether what a model costs is not the same at all times. */
  dependsOnTime(provider: string | undefined, model: string): boolean {
    if (model === '') return false
    const { rules, listed } = this.resolve(provider, model)
    return (
      rules.some(({ match }) => match.rule?.valid_from !== undefined) ||
      (typeof listed !== 'string' && isDated(listed.prices))
    )
  }

  private sheetOf(found: Found, when: number, terms: CallTerms): DatedSheet | UnknownCost {
    const { match, prices } = found
    const currency = match.rule?.currency ?? 'USD'
    if (currency.toUpperCase() !== 'USD') return 'other-currency'
    const dated = isDated(prices) ? pickDated(prices, when) : { prices }
    let known = this.sheets.get(found)
    if (!known) this.sheets.set(found, (known = new Map()))
    let called = known.get(dated.prices)
    if (!called) known.set(dated.prices, (called = new Map()))
    const { tier, speed, geo } = terms
    const key = tier === undefined && speed === undefined && geo === undefined ? '' : JSON.stringify([tier, speed, geo])
    let made = called.get(key)
    if (made === undefined) called.set(key, (made = makeSheet(match, dated, terms)))
    return made
  }

  private resolve(provider: string | undefined, model: string): Resolved {
    const key = `${provider ?? ''}\n${model}`
    let known = this.resolved.get(key)
    if (known === undefined) {
      known = { rules: this.rulesFor(provider, model), listed: this.find(provider, model) }
      this.resolved.set(key, known)
    }
    return known
  }

  private rulesFor(provider: string | undefined, model: string): readonly Found[] {
    const found = this.book.rules.flatMap(rule => {
      if (rule.provider !== undefined && !isSameProvider(rule.provider, provider)) return []
      const matched = matchName(rule.match, model, this.testRegex)
      if (!matched) return []
      return { match: { model: rule.id, rule, kind: matched.kind, hints: [] }, prices: rule.local ? {} : rule.prices }
    })
    const start = ({ match }: Found) => match.rule?.valid_from ?? ''
    return found.sort((a, b) => (start(a) < start(b) ? 1 : start(a) > start(b) ? -1 : 0))
  }

  private find(provider: string | undefined, asked: string): Found | UnknownCost {
    const model = asked.toLowerCase().trim()
    const list = provider === undefined ? this.listByModel(model) : this.listNamed(provider)
    const found = list && this.inList(list, model)
    if (found) return found
    // Gateways write `openai/gpt-4o`; some write the name of the kind of resource before it.
    const slash = model.indexOf('/')
    const named = slash > 0 ? this.listNamed(model.slice(0, slash)) : undefined
    if (named && (!list || list === named || provider === undefined)) {
      const rest = this.inList(named, model.slice(slash + 1), ['provider-from-model'])
      if (rest) return rest
    }
    if (list && model.startsWith('models/')) {
      const rest = this.inList(list, model.slice('models/'.length))
      if (rest) return rest
    }
    return list || named || provider === undefined ? 'no-price' : 'no-provider'
  }

  private listNamed(provider: string): PricedProvider | undefined {
    const { providers } = this.book
    const name = provider.toLowerCase().trim()
    const id = providerIds.get(name) ?? name
    return (
      providers.find(one => one.id === id) ??
      providers.find(one => one.provider_match && matchName(one.provider_match, id, this.testRegex))
    )
  }

  private listByModel(model: string): PricedProvider | undefined {
    return this.book.providers.find(one => one.model_match && matchName(one.model_match, model, this.testRegex))
  }

  private inList(list: PricedProvider, model: string, hints: readonly MatchHint[] = []): Found | undefined {
    for (const name of new Set([model, withDashedDate(model)])) {
      const own = this.inModels(list, name)
      if (own) return foundIn(list, own, name, hints)
      for (const id of list.fallback_model_providers ?? []) {
        const other = this.book.providers.find(one => one.id === id)
        const theirs = other && this.inModels(other, name)
        if (other && theirs) return foundIn(other, theirs, name, [...hints, 'other-list'])
      }
    }
    return undefined
  }

  private inModels(list: PricedProvider, name: string): { model: PricedModel; matched: Matched } | undefined {
    for (const model of list.models) {
      const matched = matchName(model.match, name, this.testRegex)
      if (matched) return { model, matched }
    }
    return undefined
  }
}

function foundIn(
  list: PricedProvider,
  { model, matched }: { model: PricedModel; matched: Matched },
  name: string,
  given: readonly MatchHint[],
): Found {
  const hints = [...given]
  if (isMovingAlias(name)) hints.push('moving-alias')
  if (isLoose(matched, name)) hints.push('longer-name')
  return { match: { provider: list.id, model: model.id, kind: matched.kind, hints }, prices: model.prices }
}

function isSameProvider(rule: string, provider: string | undefined): boolean {
  const id = (name: string) => providerIds.get(name.toLowerCase().trim()) ?? name.toLowerCase().trim()
  return provider !== undefined && id(rule) === id(provider)
}

function makeSheet(match: PriceMatch, dated: DatedPrices, terms: CallTerms): DatedSheet | UnknownCost {
  // What a person says a model costs is what it costs, however it was called.
  const factors = match.rule ? [] : factorsOf(terms, match.provider ?? '', match.model)
  if (!factors) return 'no-tier'
  const sheet = compileSheet(dated.prices, product(factors))
  if (!sheet) return 'bad-price'
  return { sheet, match, factors, ...(dated.constraint ? { constraint: dated.constraint } : {}) }
}

function product(factors: readonly TermFactor[]): DecimalText | undefined {
  const [first, ...others] = factors.map(one => one.factor)
  return others.reduce<DecimalText | undefined>((all, one) => all && timesFactor(all, one), first)
}

function isDated(prices: Prices | readonly DatedPrices[]): prices is readonly DatedPrices[] {
  return Array.isArray(prices)
}

/** The last whose constraint holds; where none does, the first. */
function pickDated(all: readonly DatedPrices[], when: number): DatedPrices {
  const found = all.findLast(({ constraint }) => {
    if (!constraint) return true
    if (constraint.type === 'start_date') return when >= (startOf(constraint.start_date) ?? Infinity)
    return inDailyWindow(when, constraint.start_time, constraint.end_time)
  })
  return found ?? all[0] ?? { prices: {} }
}

/** `claude-sonnet-4-20250514` as `claude-sonnet-4-2025-05-14`, where that is a day. */
function withDashedDate(model: string): string {
  return model.replace(/-(20\d{2})(\d{2})(\d{2})(?=-|:|$)/g, (all: string, y: string, m: string, d: string) => {
    const text = `${y}-${m}-${d}`
    return startOf(text) === undefined ? all : `-${text}`
  })
}
