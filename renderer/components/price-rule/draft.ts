import { decimalText } from '../../../shared/domain/numbers.ts'
import type { Price, PriceRule } from '../../../shared/money/book.ts'
import { startOf } from '../../../shared/money/dated.ts'
import { printMatchText, readMatchText } from '../../../shared/money/match-text.ts'
import { faultOf } from '../../../shared/money/prices-fault.ts'

/** What a form asks prices for, dollars a million tokens each, in its order; those after `mostly` are asked for on demand. */
export const priceFields = [
  ['input_mtok', 'Input'],
  ['cache_read_mtok', 'Cached input, read'],
  ['cache_write_mtok', 'Cached input, written'],
  ['output_mtok', 'Output'],
  ['cache_write_1h_mtok', 'Written to cache for an hour'],
  ['output_reasoning_mtok', 'Reasoning'],
  ['input_audio_mtok', 'Audio in'],
  ['cache_audio_read_mtok', 'Cached audio, read'],
  ['cache_audio_write_mtok', 'Cached audio, written'],
  ['output_audio_mtok', 'Audio out'],
] as const
export const mostly = 4
export type PriceField = (typeof priceFields)[number][0]

type Texts = { readonly [field in PriceField]?: string }

/** A rule as it is being written. */
export interface RuleDraft {
  readonly provider: string
  readonly model: string
  readonly local: boolean
  readonly prices: Texts
  /** Prices past so many tokens of input; empty is that of fewer. */
  readonly tiers: readonly { readonly start: string; readonly prices: Texts }[]
  readonly currency: string
  readonly from: string
  readonly note: string
  /** What the file says beside this. */
  readonly was?: PriceRule
}

export function newDraft(model = '', provider = ''): RuleDraft {
  return { provider, model, local: false, prices: {}, tiers: [], currency: 'USD', from: '', note: '' }
}

export function draftOf(rule: PriceRule): RuleDraft {
  const starts = new Set<number>()
  for (const price of Object.values(rule.prices)) {
    if (typeof price !== 'number') for (const { start } of price.tiers) starts.add(start)
  }
  const textsAt = (read: (price: Price) => number | undefined): Texts =>
    Object.fromEntries(
      priceFields.flatMap(([field]) => {
        const price = Object.hasOwn(rule.prices, field) ? rule.prices[field] : undefined
        const number = price === undefined ? undefined : read(price)
        return number === undefined ? [] : [[field, decimalText(number) ?? String(number)]]
      }),
    )
  return {
    provider: rule.provider ?? '',
    model: printMatchText(rule.match) ?? JSON.stringify(rule.match),
    local: rule.local === true,
    prices: textsAt(price => (typeof price === 'number' ? price : price.base)),
    tiers: [...starts]
      .toSorted((a, b) => a - b)
      .map(start => ({
        start: String(start),
        prices: textsAt(price =>
          typeof price === 'number' ? undefined : price.tiers.find(one => one.start === start)?.price,
        ),
      })),
    currency: rule.currency ?? 'USD',
    from: rule.valid_from ?? '',
    note: rule.note ?? '',
    was: rule,
  }
}

export type ReadDraft = { readonly rule: PriceRule } | { readonly wrong: string }

/** The rule that is meant, or what is wrong with it. `taken`: names that other rules have. */
export function readDraft(draft: RuleDraft, taken: readonly string[]): ReadDraft {
  const { was } = draft
  const isOdd = was !== undefined && printMatchText(was.match) === undefined
  const match = isOdd ? was.match : readMatchText(draft.model)
  if (!match) return { wrong: 'Say which model it is for. A * stands for anything: gpt-4o*' }
  const from = draft.from.trim()
  if (from !== '' && startOf(from) === undefined) return { wrong: 'The day it holds from is written like 2026-11-01.' }
  const currency = draft.currency.trim().toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency)) return { wrong: 'A currency has three letters, such as USD.' }
  const prices = draft.local ? { prices: {} } : pricesOf(draft)
  if ('wrong' in prices) return prices
  const fault = draft.local ? undefined : faultOf(prices.prices)
  if (fault !== undefined)
    return { wrong: fault === 'there is none' ? 'Give a price; 0 is one.' : `${capital(fault)}.` }
  const provider = draft.provider.trim()
  const note = draft.note.trim()
  return {
    rule: {
      id: was?.id ?? freeName(draft.model.trim(), taken),
      ...(provider === '' ? {} : { provider }),
      match,
      prices: prices.prices,
      ...(currency === 'USD' ? {} : { currency }),
      ...(from === '' ? {} : { valid_from: from }),
      ...(draft.local ? { local: true } : {}),
      ...(note === '' ? {} : { note }),
    },
  }
}

function pricesOf({ prices, tiers, was }: RuleDraft): { prices: Record<string, Price> } | { readonly wrong: string } {
  const asked = new Set<string>(priceFields.map(([field]) => field))
  // What the form does not ask for stays as the file has it.
  const made: Record<string, Price> = Object.fromEntries(
    Object.entries(was?.prices ?? {}).filter(([name]) => !asked.has(name)),
  )
  const starts: number[] = []
  for (const { start } of tiers) {
    const tokens = Number(start.trim().replaceAll(/[\s,_]/g, ''))
    if (start.trim() === '' || !Number.isSafeInteger(tokens) || tokens < 0) {
      return { wrong: 'A longer context begins past a whole number of tokens, such as 200000.' }
    }
    if (starts.includes(tokens)) return { wrong: `Two columns begin past ${tokens} tokens of input.` }
    starts.push(tokens)
  }
  for (const [field, label] of priceFields) {
    const base = readPrice(prices[field], label)
    if (typeof base === 'object') return base
    const above = []
    for (const [t, tier] of tiers.entries()) {
      const price = readPrice(tier.prices[field], label)
      if (typeof price === 'object') return price
      if (price !== undefined) above.push({ start: starts[t]!, price })
    }
    if (base === undefined && above.length > 0)
      return { wrong: `${label}: a longer context has a price, a short one none.` }
    if (base === undefined) continue
    made[field] = above.length === 0 ? base : { base, tiers: above.toSorted((a, b) => a.start - b.start) }
  }
  return { prices: made }
}

/** A decimal to the digit: one that JSON could not keep so is refused. */
function readPrice(text: string | undefined, label: string): number | undefined | { readonly wrong: string } {
  const written = (text ?? '').trim().replace(/^\$/, '')
  if (written === '') return undefined
  if (!/^\d*\.?\d+$/.test(written)) return { wrong: `${label}: ${JSON.stringify(written)} is no price such as 2.50.` }
  const number = Number(written)
  const plain = written.replace(/^0+(?=\d)/, '').replace(/^\./, '0.')
  const shortest = plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
  if (decimalText(number) !== shortest)
    return { wrong: `${label}: ${written} has more digits than can be kept exactly.` }
  if (number > 1e9) return { wrong: `${label}: ${written} is more than a price may be.` }
  return number
}

function freeName(model: string, taken: readonly string[]): string {
  const name = model.slice(0, 200)
  for (let n = 1; ; n++) {
    const tried = n === 1 ? name : `${name} ${n}`
    if (!taken.includes(tried)) return tried
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
