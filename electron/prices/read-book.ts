import { z } from 'zod'
import type { PriceBook } from '../../shared/money/book.ts'
import { secondsOfDay, startOf } from '../../shared/money/dated.ts'
import type { MatchLogic } from '../../shared/money/match.ts'
import { faultOf } from '../../shared/money/prices-fault.ts'
import { compileRegex } from '../../shared/query/regex/compile.ts'

// What a price list may be, whoever wrote it. Data of genai-prices are read as they are published.

const text = z.string().max(2000)
const name = z.string().min(1).max(500)
const amount = z.number().min(0).max(1e9)
const day = z.string().refine(one => startOf(one) !== undefined, 'is no day such as 2026-11-01')
const clock = z.string().refine(one => secondsOfDay(one) !== undefined, 'is no time such as 16:30:00Z')

const match: z.ZodType<MatchLogic> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ equals: text }),
      z.strictObject({ starts_with: text }),
      z.strictObject({ ends_with: text }),
      z.strictObject({ contains: text }),
      z.strictObject({ regex: z.string().min(1).max(1000) }),
      z.strictObject({ or: z.array(match).max(1000) }),
      z.strictObject({ and: z.array(match).max(1000) }),
    ],
    'wants one of equals, starts_with, ends_with, contains, regex, or, and: {"equals": "my-model"}',
  ),
)

const price = z.union(
  [
    amount,
    z.object({
      base: amount,
      tiers: z.array(z.object({ start: z.number().int().min(0), price: amount })).max(50),
    }),
  ],
  'is no price: a number of dollars such as 1.5, without quotes',
)
const prices = z.record(z.string().max(100), price)

const startDate = z
  .object({ type: z.literal('start_date').optional(), start_date: day })
  .transform(({ start_date }) => ({ type: 'start_date' as const, start_date }))
const dailyTime = z
  .object({ type: z.literal('time_of_date').optional(), start_time: clock, end_time: clock })
  .transform(({ start_time, end_time }) => ({ type: 'time_of_date' as const, start_time, end_time }))
const dated = z.object({ constraint: z.union([startDate, dailyTime]).optional(), prices })

const model = z.object({
  id: name,
  match,
  prices: z.union([z.array(dated).min(1).max(100), prices]),
})

const provider = z.object({
  id: name,
  name,
  pricing_urls: z.array(text).max(100).optional(),
  provider_match: match.optional(),
  model_match: match.optional(),
  fallback_model_providers: z.array(name).max(100).optional(),
  models: z.array(model).max(20_000),
})

export const priceRule = z.strictObject({
  id: name,
  provider: name.optional(),
  match,
  /** None where the model is local, which costs nothing. */
  prices: prices.default({}),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, 'is no currency such as USD')
    .optional(),
  valid_from: day.optional(),
  local: z.boolean().optional(),
  note: text.optional(),
})

const book = z.object({
  source: text,
  version: text,
  date: day,
  providers: z.array(provider).max(1000),
  rules: z.array(priceRule).max(10_000).default([]),
})

/** Characters of a whole list. */
const longest = 32 << 20

export type ReadBook = { readonly book: PriceBook } | { readonly wrong: string }

export function readBook(written: string): ReadBook {
  const read = parse(written)
  if ('wrong' in read) return read
  const found = book.safeParse(read.value)
  return found.success ? { book: found.data as PriceBook } : { wrong: sentence(found.error) }
}

/** The rules of a person: `{"rules": […]}`. Prices that could not be summed are refused before anybody relies on them. */
export function readRules(written: string): { readonly rules: PriceBook['rules'] } | { readonly wrong: string } {
  const read = parse(written)
  if ('wrong' in read) return read
  const found = z.strictObject({ rules: z.array(priceRule).max(10_000) }).safeParse(read.value)
  if (!found.success) return { wrong: sentence(found.error) }
  const rules = found.data.rules as PriceBook['rules']
  for (const { id, match } of rules) {
    const fault = regexFault(match)
    if (fault !== undefined) return { wrong: `The regex of ${JSON.stringify(id)} matches nothing: ${fault}` }
  }
  const ids = new Set<string>()
  for (const { id } of rules) {
    if (ids.has(id)) {
      return {
        wrong: `Two rules have the id ${JSON.stringify(id)}, by which a cost names its rule: give each its own.`,
      }
    }
    ids.add(id)
  }
  const broken = rules.find(rule => !rule.local && faultOf(rule.prices) !== undefined)
  if (!broken) return { rules }
  return { wrong: `The prices of ${JSON.stringify(broken.id)} cannot be summed: ${faultOf(broken.prices)}.` }
}

/** Why an expression in it is none that is run here; undefined where all are. */
function regexFault(logic: MatchLogic): string | undefined {
  if ('regex' in logic) {
    const found = compileRegex(logic.regex, false)
    return found.ok ? undefined : found.message
  }
  const parts = 'or' in logic ? logic.or : 'and' in logic ? logic.and : []
  for (const one of parts) {
    const fault = regexFault(one)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** What a published file of genai-prices holds, which is its list of providers, or one of our own. */
export function readPriceFile(written: string, of: { source: string; date: string }): ReadBook {
  const read = parse(written)
  if ('wrong' in read) return read
  const value = Array.isArray(read.value) ? { ...of, version: of.date, providers: read.value } : read.value
  const found = book.safeParse(value)
  if (!found.success) return { wrong: sentence(found.error) }
  // Used, it would take every price away.
  if (found.data.providers.every(({ models }) => models.length === 0)) return { wrong: 'It has no model.' }
  return { book: found.data as PriceBook }
}

function parse(written: string): { readonly value: unknown } | { readonly wrong: string } {
  if (written.length > longest) return { wrong: 'It is larger than a price list may be (32 MB).' }
  try {
    return { value: JSON.parse(written) }
  } catch (error) {
    return { wrong: `It is no JSON: ${error instanceof Error ? error.message : 'broken'}.` }
  }
}

function sentence(error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return 'It is no price list.'
  const what =
    issue.message === 'Invalid input' ? 'nothing that is understood' : issue.message.replace(/^Invalid input: /, '')
  const where = issue.path.map(String).join('.')
  return where === '' ? `As a whole: ${what}.` : `At ${where}: ${what}.`
}
