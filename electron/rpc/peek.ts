import type { Input, Output } from '../../shared/contract/index.ts'
import { statuses } from '../../shared/domain/kind.ts'
import type { Message } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'
import type { NanoDollars } from '../../shared/domain/units.ts'
import { computedNano, recordedNano } from '../../shared/money/span-cost.ts'
import { looseJson, textsOf } from '../../shared/query/texts.ts'
import type { Store } from '../store/open.ts'
import { pricerOf } from '../store/price-book.ts'
import { readTraceRow } from '../store/trace-list.ts'

type Peek = Output<'traces.peek'>

/** Characters of a text: a card, no document. */
const longest = 600

/** What a card says of a trace, or of one of its spans. Undefined where it is gone. */
export function readPeek(
  store: Store,
  readSpan: (id: number) => Span | undefined,
  { trace, span }: Input<'traces.peek'>,
): Peek | undefined {
  const row = readTraceRow(store, trace)
  if (span !== undefined) {
    const read = readSpan(span)
    return read && row && ofSpan(read, computedNano(pricerOf(store), read))
  }
  if (!row) return undefined
  const one = (name: 'trace-first-span' | 'trace-last-calls') =>
    store
      .query<[number], { id: number }>(name)
      .all(trace)
      .flatMap(({ id }) => readSpan(id) ?? [])
  const [root] = one('trace-first-span')
  const calls = one('trace-last-calls')
  const wrong = firstError(store, trace)
  const failed = wrong === undefined ? undefined : readSpan(wrong)
  const { name, start, duration, spans, errors, input, output, cost, computed, uncosted } = row
  return {
    name,
    ...given({
      start,
      duration,
      inputTokens: input,
      outputTokens: output,
      cost,
      computed,
      asked: firstOf([root, ...calls.toReversed()], askedOf),
    }),
    ...given({ answer: firstOf([root, ...calls], answerOf), error: failed && errorOf(failed) }),
    spans,
    calls: row.calls,
    errors,
    uncosted,
  }
}

function ofSpan(span: Span, computed: NanoDollars | undefined): Peek {
  const { name, kind, startTime, durationNs, model, usage } = span
  return {
    name,
    kind,
    ...given({
      start: startTime === undefined ? undefined : Number(BigInt(startTime) / 1000n),
      duration: durationNs === undefined ? undefined : Number(durationNs) / 1000,
      model,
      inputTokens: usage?.input,
      outputTokens: usage?.output,
      cost: recordedNano(span) ?? computed,
      computed,
      asked: askedOf(span),
      answer: answerOf(span),
      error: span.status === 'error' ? errorOf(span) : undefined,
    }),
  }
}

/** The first one that failed by itself: those around it mostly fail because of it. */
function firstError(store: Store, trace: number): number | undefined {
  const query = store.query<[number, number], { id: number; pre: number; last: number }>('trace-errors')
  let found: { id: number; last: number } | undefined
  for (const one of query.all(trace, statuses.indexOf('error'))) {
    if (found && one.pre > found.last) break
    found = one
  }
  return found?.id
}

function firstOf(spans: readonly (Span | undefined)[], read: (span: Span) => string | undefined): string | undefined {
  for (const span of spans) {
    const found = span && read(span)
    if (found !== undefined) return found
  }
  return undefined
}

/** What its user said last, else what went in. */
function askedOf(span: Span): string | undefined {
  for (const message of (span.inputMessages ?? []).toReversed()) {
    const said = message.role === 'user' || message.role === 'human' ? textOf(message) : ''
    if (said !== '') return cut(said)
  }
  const { input, tool, query } = span
  return ofValue(query ?? tool?.arguments ?? input) ?? ofValue(textsOf(span).find(isIn)?.text)
}

const isIn = ({ fields }: { readonly fields: readonly string[] }): boolean => fields.includes('input')

function answerOf(span: Span): string | undefined {
  const said = (span.outputMessages ?? []).map(textOf).filter(text => text !== '')
  if (said.length > 0) return cut(said.join('\n'))
  const { output, tool, outputMessages = [] } = span
  const called = outputMessages.flatMap(({ parts }) =>
    parts.flatMap(part => (part.type === 'tool_call' ? [part.name ?? 'a tool'] : [])),
  )
  return called.length > 0 ? cut(`calls ${called.join(', ')}`) : ofValue(tool?.result ?? output)
}

function errorOf(span: Span): { name: string; message: string } {
  const said = textsOf(span).filter(({ fields }) => fields.includes('error'))
  const message = said.map(({ text }) => text).find(text => text.trim() !== '')
  return { name: cut(span.name), message: cut(span.statusMessage ?? message ?? span.errorType ?? '') }
}

function textOf({ parts }: Message): string {
  return parts
    .flatMap(part => (part.type === 'text' ? [part.text] : []))
    .join('\n')
    .trim()
}

function ofValue(value: Parameters<typeof looseJson>[0] | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  return cut(typeof value === 'string' ? value : looseJson(value))
}

function cut(text: string): string {
  const start = text.slice(0, longest * 2).trim()
  return start.length <= longest
    ? start
    : `${start
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}

/** Without what is unknown. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof given<T>
  >
}
