import { decimalToNano } from '../../../../shared/domain/numbers.ts'
import type { NanoDollars } from '../../../../shared/domain/units.ts'
import type { ReadAnswer } from './use-spans.ts'
import { answerKey, toolKey } from './answer-key.ts'

/** The least, the middle and the most of what is known. */
export interface Range {
  readonly min: number
  readonly median: number
  readonly max: number
  /** Answers of which it is known. */
  readonly known: number
}

/** Answers to one request, sent several times: how far they agree. */
export interface Spread {
  /** That came, of all that were sent. */
  readonly answered: number
  readonly sent: number
  /** Each answer that was given, the most frequent first, and which of them gave it first. */
  readonly distinct: readonly { readonly count: number; readonly text: string; readonly first: number }[]
  readonly tokens: Range | undefined
  readonly cost: Range | undefined
  /** Microseconds. */
  readonly latency: Range | undefined
  /** What tools were called, in so many words, and how often. */
  readonly tools: readonly { readonly words: string; readonly count: number }[]
}

/** `answers` in the order they were sent in; undefined where none came, or none yet. */
export function spreadOf(answers: readonly (ReadAnswer | undefined)[]): Spread {
  const came = answers.flatMap((answer, at) => (answer ? [{ ...answer, at }] : []))
  const texts = counted(came.map(({ span, at }) => ({ words: answerKey(span), at })))
  const tools = counted(came.map(({ span, at }) => ({ words: toolKey(span), at })))
  return {
    answered: came.length,
    sent: answers.length,
    distinct: texts.map(({ words, count, first }) => ({ text: words, count, first })),
    tokens: rangeOf(came.map(({ span }) => span.usage?.output)),
    cost: rangeOf(came.map(costOf)),
    latency: rangeOf(
      came.map(({ span }) => (span.durationNs === undefined ? undefined : Number(span.durationNs) / 1000)),
    ),
    tools: tools.length === 1 && tools[0]!.words === '' ? [] : tools,
  }
}

/** What its file says it cost, else what is computed. */
export function costOf({ span, cost }: ReadAnswer): NanoDollars | undefined {
  const dollars = span.recordedCost ?? cost?.cost?.dollars
  return dollars === undefined ? undefined : decimalToNano(dollars)
}

export function rangeOf(values: readonly (number | undefined)[]): Range | undefined {
  const known = values.filter(value => value !== undefined).toSorted((a, b) => a - b)
  const [min] = known
  if (min === undefined) return undefined
  const half = known.length >> 1
  const median = known.length % 2 === 1 ? known[half]! : (known[half - 1]! + known[half]!) / 2
  return { min, median, max: known.at(-1)!, known: known.length }
}

/** Equal ones together, the most frequent first. */
function counted(all: readonly { readonly words: string; readonly at: number }[]) {
  return [...Map.groupBy(all, ({ words }) => words)]
    .map(([words, members]) => ({ words, count: members.length, first: members[0]!.at }))
    .toSorted((a, b) => b.count - a.count || a.first - b.first)
}
