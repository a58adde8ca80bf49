import type { CostLine, PriceRule } from '../money/book.ts'
import type { TermFactor } from '../money/factors.ts'
import type { MatchKind } from '../money/match.ts'
import type { UsagePart } from '../money/price-call.ts'
import type { MatchHint } from '../money/pricer.ts'
import type { UnknownCost } from '../money/unknown-cost.ts'
import { nothing, rowId, z } from './schemas.ts'

const object = <T>() => z.custom<T>(value => typeof value === 'object' && value !== null)

/** Read again by who keeps them: what cannot be summed is refused with a sentence. */
const rules = z.array(object<PriceRule>()).max(10_000)

/** A price list by name. */
const list = z.object({ source: z.string(), version: z.string(), date: z.string(), rules: z.int() })

/** What a call's computed cost is made of, or why there is none. */
export interface SpanCost {
  readonly unknown?: UnknownCost
  readonly cost?: {
    /** Rounded once to nano-dollars. */
    readonly dollars: string
    readonly lines: readonly CostLine[]
    readonly provider?: string
    readonly model: string
    /** The rule of a person, in place of the list. */
    readonly rule?: PriceRule
    readonly kind: MatchKind
    readonly hints: readonly MatchHint[]
    readonly factors: readonly TermFactor[]
    readonly from?: string
    readonly asWhole: readonly UsagePart[]
  }
  readonly list: z.output<typeof list>
}

const sums = z.object({
  calls: z.int(),
  /** Calls whose computed cost is another, those that gain or lose one included. */
  changed: z.int(),
  unpricedBefore: z.int(),
  unpricedAfter: z.int(),
  /** Dollars, every digit. */
  before: z.string(),
  after: z.string(),
})

export const repricing = sums.extend({
  models: z.array(sums.extend({ provider: z.string(), model: z.string() })),
})
export type Repricing = z.output<typeof repricing>

export const prices = {
  /** Undefined cost and reason: the span is no call. */
  'spans.cost': { in: z.strictObject({ id: rowId }), out: z.object({ cost: object<SpanCost>().optional() }) },
  /**
   * What a call like this one would cost now, with so many tokens. Asked of another model, only the model decides whose price
   * it is.
   */
  'prices.estimate': {
    in: z.strictObject({
      id: rowId,
      model: z.string().max(500).optional(),
      input: z.int().nonnegative(),
      output: z.int().nonnegative(),
    }),
    out: z.object({ cost: object<SpanCost>().optional() }),
  },
  /** The prices that costs are computed by, and those that would be used now. */
  'prices.status': {
    in: nothing,
    out: z.object({
      used: list,
      current: list,
      /** They are not the same. */
      differs: z.boolean(),
      canUndo: z.boolean(),
      /** Where a person's rules are, and a list imported by hand; absent where the host has no place for them. */
      rulesFile: z.string().optional(),
      listFile: z.string().optional(),
      /** What of those files cannot be used, as sentences. */
      wrong: z.array(z.string()),
    }),
  },
  /** What the current prices would change, by model, the most changed first. Changes nothing. */
  'prices.preview': {
    in: z.strictObject({
      /** In place of the person's own. */
      rules: rules.optional(),
    }),
    out: repricing,
  },
  /** The rules of the person as their file has them. `revision` changes with the file; it is empty while there is none. */
  'prices.rules': {
    in: nothing,
    out: z.object({
      rules,
      revision: z.string(),
      /** Why there are none, though there is a file. */
      wrong: z.string().optional(),
      /** Absent where the host has no place for them. */
      file: z.string().optional(),
    }),
  },
  /** Replaces the file, unless another program did since `revision`. No cost changes by it. */
  'prices.putRules': {
    in: z.strictObject({ rules, revision: z.string().max(100) }),
    out: z.object({ revision: z.string() }),
  },
  /** A newer list by hand: data.json of genai-prices, or one as Spanwise keeps it. No cost changes by it. */
  'prices.importList': {
    in: z.strictObject({ text: z.string().max(8 << 20) }),
    out: z.object({ models: z.int(), date: z.string() }),
  },
  /** Which models calls name, and what their prices are. */
  'prices.models': {
    in: nothing,
    out: z.object({
      models: z.array(
        z.object({
          provider: z.string(),
          model: z.string(),
          calls: z.int(),
          /** Of these, usage that is no call of a cost table: embeddings, agents. */
          aside: z.int(),
          unpriced: z.int(),
          /** Why most of them have no price. */
          why: z.string().optional(),
          /** Absent where no call could be priced. */
          computed: z.string().optional(),
          /** `anthropic/claude-sonnet-4-5`, or `rule NAME`. */
          price: z.string().optional(),
          kind: z.string().optional(),
          hints: z.array(z.string()),
        }),
      ),
    }),
  },
  /** Costs are computed by the current prices from now on. */
  'prices.apply': { in: nothing, out: z.object({}) },
  /** Back to the prices before. */
  'prices.undo': { in: nothing, out: z.object({}) },
} as const
