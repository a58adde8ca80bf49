import { visibleLine } from '../../../../shared/format/visible-text.ts'
import type { TraceModel } from '../model.ts'

export interface AttemptWords {
  /** "attempt 1 of 3", "retry 2 of 3", "fallback 2 of 2" */
  readonly spoken: string
  /** "1/3", "retry 2/3", "fallback 2/2" */
  readonly short: string
  readonly long: string
  readonly isLast: boolean
}

/** What a span is among several attempts at one thing; undefined where there was only one. */
export function attemptWords({ tree, attempts }: TraceModel, row: number): AttemptWords | undefined {
  const number = attempts.number[row]!
  if (number === 0) return undefined
  const of = attempts.of[row]!
  const isFallback = attempts.fallback[row] === 1
  const word = number === 1 ? 'attempt' : isFallback ? 'fallback' : 'retry'
  const model = visibleLine(tree.strings[tree.model[row]!] ?? '', 80)
  const long =
    number === 1
      ? `The first of ${of} attempts: the next one begins after it failed.`
      : isFallback
        ? `Another model (${model}) after the one before failed: ${number} of ${of} attempts.`
        : `Tried again after the one before failed: ${number} of ${of} attempts.`
  const short = number === 1 ? `1/${of}` : `${word} ${number}/${of}`
  return { spoken: `${word} ${number} of ${of}`, short, long, isLast: number === of }
}
