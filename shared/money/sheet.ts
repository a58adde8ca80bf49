import { decimalText } from '../domain/numbers.ts'
import type { DecimalText, NanoDollars } from '../domain/units.ts'
import type { CostLine, Price, Prices } from './book.ts'
import { grainsOf, grainsToDecimal, grainsToNano, timesFactor, type Grains } from './exact.ts'
import type { UnknownCost } from './unknown-cost.ts'
import { allUnits, commonPart, cross, isPartOf, unitNamed, unitOfPrice, type Unit } from './units.ts'

interface Step {
  /** The price holds for calls with more input than this; -1 for the lowest. */
  readonly over: number
  readonly price: DecimalText
  readonly grains: Grains
  /** Grains of all prices of the sheet by their common measure: sums stay exact in doubles. */
  fast: number
}

interface PricedUnit {
  readonly unit: Unit
  /** Ascending by `over`. */
  readonly steps: readonly Step[]
  /** Priced units that are parts of this one, by their place in the sheet: all before it. */
  readonly parts: readonly number[]
}

/** Units that may be told, by their index: what cannot be need not be looked for. */
export type Shares = readonly {
  readonly parts: readonly number[]
  readonly pairs: readonly (readonly [number, number])[]
}[]

/** Counts by the index of their unit; NaN is not told. */
export type Counts = Float64Array

/**
 * The prices of one model at one time, ready to be multiplied. What has a price of its own is taken out of what it is a part
 * of; what has none costs what the whole costs.
 */
export class Sheet {
  private readonly priced: readonly PricedUnit[]
  private readonly isTiered: boolean
  readonly factor: DecimalText | undefined
  private readonly left: Float64Array
  /** How many of the common measure make a nano-dollar. */
  private readonly perNano: number
  /** Whether input and output cost anything: then a call that does not tell them has no known cost. */
  readonly pricesInput: boolean
  readonly pricesOutput: boolean

  constructor(priced: readonly PricedUnit[], factor: DecimalText | undefined) {
    this.priced = priced
    this.factor = factor
    this.left = new Float64Array(priced.length)
    this.isTiered = priced.some(({ steps }) => steps.length > 1)
    const steps = priced.flatMap(one => one.steps)
    const nano = grainsOf('0.000000001', 1)!
    const measure = steps.reduce((all, step) => commonDivisor(all, step.grains), nano)
    for (const step of steps) step.fast = Number(step.grains / measure)
    this.perNano = Number(nano / measure)
    const costs = (direction: string) =>
      priced.some(
        ({ unit, steps }) => unit.dimensions['direction'] === direction && steps.some(step => step.grains > 0n),
      )
    this.pricesInput = costs('input')
    this.pricesOutput = costs('output')
  }

  /** Whether the unit (by its index) has a price of its own. */
  has(index: number): boolean {
    return this.priced.some(({ unit }) => unit.index === index)
  }

  /** Integer nano-dollars, rounded once. */
  sum(counts: Counts, shares = allShares): NanoDollars | UnknownCost {
    const input = this.divide(counts, shares)
    if (typeof input === 'string') return input
    const { priced, left } = this
    let sum = 0
    for (let i = 0; i < priced.length; i++) if (left[i]! > 0) sum += left[i]! * stepAt(priced[i]!, input).fast
    // Past this a double may have rounded already.
    if (!(sum <= Number.MAX_SAFE_INTEGER)) return this.exactly(input)
    const nano = Math.floor(sum / this.perNano)
    const rest = (sum - nano * this.perNano) * 2
    return rest > this.perNano || (rest === this.perNano && nano % 2 === 1) ? nano + 1 : nano
  }

  /** The same sum with its parts. */
  lines(counts: Counts): readonly CostLine[] | UnknownCost {
    const input = this.divide(counts, allShares)
    if (typeof input === 'string') return input
    return this.priced.flatMap((one, i) => {
      const count = this.left[i]!
      if (count === 0) return []
      const { over, price, grains } = stepAt(one, input)
      return {
        unit: one.unit.name,
        count,
        price,
        per: one.unit.per,
        ...(over < 0 ? {} : { over }),
        ...(this.factor === undefined || !isToken(one.unit) ? {} : { factor: this.factor }),
        amount: grainsToDecimal(BigInt(count) * grains),
      }
    })
  }

  private exactly(input: number): NanoDollars | UnknownCost {
    let sum = 0n
    for (const [i, one] of this.priced.entries()) sum += BigInt(this.left[i]!) * stepAt(one, input).grains
    return grainsToNano(sum) ?? 'too-large'
  }

  /** Fills `left` with what of each unit is in no part of its own; gives the tokens of input, by which tiers go. */
  private divide(counts: Counts, shares: Shares): number | UnknownCost {
    const { priced, left } = this
    const input = this.isTiered ? countOf(counts, inputTokens, shares) : 0
    if (typeof input === 'string') return input
    for (let i = 0; i < priced.length; i++) {
      const { unit, parts } = priced[i]!
      let rest = unit === requests ? 1 : countOf(counts, unit, shares)
      if (typeof rest === 'string') return rest
      for (const part of parts) rest -= left[part]!
      if (!(rest >= 0)) return 'inconsistent'
      left[i] = rest
    }
    return input
  }
}

const inputTokens = unitNamed('input_tokens')!
const requests = unitNamed('requests')!

function isToken({ dimensions }: Unit): boolean {
  return dimensions['family'] === 'tokens'
}

function stepAt({ steps }: PricedUnit, input: number): Step {
  let at = steps.length - 1
  while (at > 0 && input <= steps[at]!.over) at--
  return steps[at]!
}

/** Parts of each unit, and pairs of units that overlap in it alone. */
const allShares: Shares = makeShares()

function makeShares(): Shares {
  const shares = allUnits.map(unit => ({
    parts: allUnits.flatMap(part => (isPartOf(part, unit) ? part.index : [])),
    pairs: [] as (readonly [number, number])[],
  }))
  for (const [i, a] of allUnits.entries()) {
    for (const b of allUnits.slice(i + 1)) {
      const common = cross(a, b) ? commonPart(a, b) : undefined
      if (common) shares[common.index]!.pairs.push([a.index, b.index])
    }
  }
  return shares
}

/** The same where only these units are ever told. */
export function sharesAmong(told: readonly number[]): Shares {
  const isTold = (index: number) => told.includes(index)
  return allShares.map(({ parts, pairs }) => ({
    parts: parts.filter(isTold),
    pairs: pairs.filter(([a, b]) => isTold(a) && isTold(b)),
  }))
}

/** Nothing told is none, unless something told says that there must be some. */
function countOf(counts: Counts, unit: Unit, shares: Shares): number | UnknownCost {
  const told = counts[unit.index]!
  if (!Number.isNaN(told)) return Number.isSafeInteger(told) && told >= 0 ? told : 'inconsistent'
  const { parts, pairs } = shares[unit.index]!
  for (const part of parts) if (counts[part]! > 0) return 'inconsistent'
  for (const [a, b] of pairs) if (counts[a]! > 0 && counts[b]! > 0) return 'overlapping'
  return 0
}

/** Undefined where the prices cannot be used: a name we do not know, a part without its whole, a price finer than we sum. */
export function compileSheet(prices: Prices, factor?: DecimalText): Sheet | undefined {
  const found: { unit: Unit; steps: Step[] }[] = []
  for (const [name, price] of Object.entries(prices)) {
    const unit = unitOfPrice(name)
    const steps = unit && stepsOf(unit, price, isToken(unit) ? factor : undefined)
    if (!unit || !steps) return undefined
    found.push({ unit, steps })
  }
  if (lackOf(found.map(({ unit }) => unit))) return undefined
  const size = ({ dimensions }: Unit) => Object.keys(dimensions).length
  found.sort((a, b) => size(b.unit) - size(a.unit))
  const priced = found.map(({ unit, steps }) => ({
    unit,
    steps,
    parts: found.flatMap((part, i) => (isPartOf(part.unit, unit) ? i : [])),
  }))
  return new Sheet(priced, factor)
}

/** What has no price though it must have one beside these: the whole of a part, or what two of them have in common. */
export function lackOf(priced: readonly Unit[]): { readonly of: Unit; readonly lacks: Unit | undefined } | undefined {
  for (const unit of priced) {
    const whole = allUnits.find(one => isPartOf(unit, one) && !priced.includes(one))
    if (whole) return { of: unit, lacks: whole }
    for (const other of priced) {
      if (!cross(unit, other)) continue
      const common = commonPart(unit, other)
      if (!common || !priced.includes(common)) return { of: unit, lacks: common }
    }
  }
  return undefined
}

function stepsOf(unit: Unit, price: Price, factor: DecimalText | undefined): Step[] | undefined {
  const isPlain = typeof price === 'number'
  const all = [
    { over: -1, price: isPlain ? price : price.base },
    ...(isPlain ? [] : price.tiers.map(tier => ({ over: tier.start, price: tier.price }))),
  ]
  const steps: Step[] = []
  for (const { over, price } of all.toSorted((a, b) => a.over - b.over)) {
    const text = price < 0 ? undefined : decimalText(price)
    const charged = text === undefined || factor === undefined ? text : timesFactor(text, factor)
    const grains = charged === undefined ? undefined : grainsOf(charged, unit.per)
    if (text === undefined || grains === undefined) return undefined
    steps.push({ over, price: text, grains, fast: 0 })
  }
  return steps
}

function commonDivisor(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b]
  return a
}
