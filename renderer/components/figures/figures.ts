import { decimalToNano } from '../../../shared/domain/numbers.ts'
import type { SpanCost } from '../../../shared/contract/prices.ts'
import type { Span } from '../../../shared/domain/span.ts'
import { formatChange, formatCount, formatMoney, unknown } from '../../../shared/format/numbers.ts'
import { formatDateTime, formatDuration } from '../../../shared/format/times.ts'
import { visibleLine } from '../../../shared/format/visible-text.ts'

/** A span, and what its usage costs as far as that is known. */
export interface FiguredSpan {
  readonly span: Span
  readonly cost: SpanCost | undefined
}

/** One thing that is known of both, or of one of them. */
export interface Figure {
  readonly name: string
  readonly a: string
  readonly b: string
  readonly differs: boolean
  /** How b stands to a: +12%. */
  readonly change?: string
  /** Only where everybody agrees which way is good, of calls that both came to an end. */
  readonly judged?: 'better' | 'worse'
}

interface Measure {
  readonly name: string
  readonly of: (call: FiguredSpan) => number | undefined
  readonly format: (value: number | undefined) => string
  /** Less is better. */
  readonly isCost?: true
}

const measures: readonly Measure[] = [
  { name: 'Duration', of: ({ span }) => us(span.durationNs), format: formatDuration, isCost: true },
  { name: 'Time to first token', of: ({ span }) => us(span.timeToFirstTokenNs), format: formatDuration, isCost: true },
  { name: 'Tokens in', of: ({ span }) => span.usage?.input, format: formatCount },
  { name: 'Read from cache', of: ({ span }) => span.usage?.cacheRead, format: formatCount },
  { name: 'Tokens out', of: ({ span }) => span.usage?.output, format: formatCount },
  { name: 'Reasoning', of: ({ span }) => span.usage?.reasoning, format: formatCount },
  { name: 'Cost', of: costOf, format: formatMoney, isCost: true },
]

/** What is known of either: words first, then numbers with their change, then scores. Unknown is a dash. */
export function figuresOf(a: FiguredSpan, b: FiguredSpan): readonly Figure[] {
  const words: readonly (readonly [string, (span: Span) => string | undefined])[] = [
    ['Started', ({ startTime }) => startTime && formatDateTime(startTime)],
    ['Status', ({ status, errorType }) => (errorType === undefined ? status : `${status}: ${errorType}`)],
    ['Model', ({ model }) => model],
    ['Finish', ({ finishReasons }) => finishReasons?.join(', ')],
    ['Prompt', ({ prompt }) => [prompt?.name, prompt?.version].filter(Boolean).join(' ') || undefined],
  ]
  // What failed was done sooner and for less: that is no merit, nor is it a fault to do better.
  const isFair = a.span.status !== 'error' && b.span.status !== 'error'
  return [
    ...words.flatMap(([name, of]) => {
      const [left, right] = [of(a.span), of(b.span)]
      if (left === undefined && right === undefined) return []
      return [{ name, a: shown(left), b: shown(right), differs: left !== right }]
    }),
    ...measures.flatMap(({ name, of, format, isCost }) => numberFigure(name, of(a), of(b), format, isCost && isFair)),
    ...scoreNames(a.span, b.span).map(name => {
      const [left, right] = [scoreOf(a.span, name), scoreOf(b.span, name)]
      return { name: `Score ${visibleLine(name, 60)}`, a: shown(left), b: shown(right), differs: left !== right }
    }),
  ]
}

function numberFigure(
  name: string,
  a: number | undefined,
  b: number | undefined,
  format: Measure['format'],
  isCost: boolean | undefined,
): Figure[] {
  if (a === undefined && b === undefined) return []
  const figure = { name, a: format(a), b: format(b), differs: a !== b }
  if (a === undefined || b === undefined || a === b) return [figure]
  const change = formatChange(b, a)
  const isFelt = /[1-9]/.test(change)
  return [
    {
      ...figure,
      ...(a > 0 && b > 0 ? { change } : {}),
      ...(isCost && isFelt ? { judged: b < a ? ('better' as const) : ('worse' as const) } : {}),
    },
  ]
}

/** What its file says it cost, else what is computed. */
function costOf({ span, cost }: FiguredSpan): number | undefined {
  const dollars = span.recordedCost ?? cost?.cost?.dollars
  return dollars === undefined ? undefined : decimalToNano(dollars)
}

function scoreNames(a: Span, b: Span): readonly string[] {
  return [...new Set([...(a.scores ?? []), ...(b.scores ?? [])].map(({ name }) => name))].slice(0, 50)
}

function scoreOf({ scores }: Span, name: string): string | undefined {
  const found = scores?.find(score => score.name === name)
  return found && [found.label, found.value].filter(one => one !== undefined).join(' ')
}

function us(ns: string | undefined): number | undefined {
  return ns === undefined ? undefined : Number(ns) / 1000
}

function shown(text: string | undefined): string {
  return text === undefined ? unknown : visibleLine(text, 200)
}
