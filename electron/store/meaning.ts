import { marksToBits } from '../../shared/domain/marks.ts'
import { treeMarks } from '../../shared/tree/order.ts'
import { cutName, labelFields, type Labels, type Names, type Traits } from './interned.ts'
import type { Store } from './open.ts'
import { scoreCells, scoreColumns } from './pending.ts'
import type { SpanReading } from './reread.ts'
import { hashResponseId } from './response-id.ts'
import { RowWriter, whole, type Cell } from './row-writer.ts'
import { scoresOf } from './spans.ts'

type Value = string | number | null
type LabelField = (typeof labelFields)[number]

/** All that the store's columns say of a span by itself: what a reading gave, and nothing that its trace derives. */
export interface Meaning {
  readonly span: { readonly [field in SpanField]: Value }
  readonly call?: { readonly [field in CallField]: Value } | undefined
  /** Cells of the `score` table, after span and trace. */
  readonly scores: readonly (readonly Value[])[]
}

const spanFields = [
  'parentTag',
  'name',
  'kind',
  'status',
  'start',
  'startNs',
  'duration',
  'durationNs',
  'marks',
  'conventions',
  ...labelFields,
  'traits',
] as const
type SpanField = (typeof spanFields)[number]

const callFields = [
  'model',
  'provider',
  'response',
  'promptName',
  'promptVersion',
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'cost',
  'costRest',
  'more',
  'firstToken',
  'messages',
] as const
type CallField = (typeof callFields)[number]

/** Marks that a trace's order gives, not a reading. */
export const derivedMarks = treeMarks | marksToBits(['restated'])

/** What the columns will say of a reading. */
export function meaningOf(reading: SpanReading): Meaning {
  const { call } = reading
  const value = (of: string | number | undefined): Value =>
    typeof of === 'number' ? (whole(of) ?? null) : of ? cutName(of) : null
  return {
    span: {
      ...pick(spanFields, field => value(reading[field])),
      traits: reading.traits ?? null,
      marks: reading.marks & ~derivedMarks,
    },
    call: call && {
      ...pick(callFields, field => (field === 'response' ? 0 : value(call[field]))),
      // Nothing more is as good as not asked.
      costRest: call.costRest === 0 ? null : call.costRest,
      response: hashResponseId(call.responseId),
    },
    scores: reading.scores.map(scoreCells),
  }
}

export interface StoredMeaning extends Meaning {
  readonly id: number
  readonly trace: number
  readonly traceId: string
  /** Its traits were never asked. */
  readonly isUntold: boolean
}

type Row = { readonly [field in SpanField | CallField]: Value } & {
  readonly id: number
  readonly trace: number
  readonly traceId: string
  readonly isCall: number
  readonly isUntold: number
}

/** What the columns say of the next spans after one. */
export function readMeanings(store: Store, after: number, limit: number): StoredMeaning[] {
  const rows = store.query<[number, number], Row>('span-meanings').all(after, limit)
  return rows.map(row => ({
    id: row.id,
    trace: row.trace,
    traceId: row.traceId,
    isUntold: row.isUntold === 1,
    span: { ...pick(spanFields, field => row[field]), marks: Number(row.marks) & ~derivedMarks },
    call: row.isCall === 1 ? pick(callFields, field => row[field]) : undefined,
    scores: scoresOf(store, row.id).map(({ name, value, label, explanation, source }) => [
      name,
      value,
      label,
      explanation,
      source,
    ]),
  }))
}

/** Replaces what the columns say of a span. What its trace derives is due then. */
export function writeMeaning(
  store: Store,
  id: number,
  trace: number,
  { span, call, scores }: Meaning,
  { names, labels, traits }: { readonly names: Names; readonly labels: Labels; readonly traits: Traits },
): void {
  const name = (text: Value): number => names.id(typeof text === 'string' ? text : undefined)
  const label = labels.id(pick(labelFields, (field: LabelField) => name(span[field])))
  // What was written down before there were traits says nothing of them.
  const trait = span.traits === undefined ? null : traits.id(typeof span.traits === 'string' ? span.traits : undefined)
  const times = [span.start, span.startNs ?? 0, span.duration, span.durationNs ?? 0]
  const said: Cell[] = [name(span.name), span.kind, span.status, ...times, span.marks, span.conventions, label, trait]
  store.query<Cell[], unknown>('span-reading').run(span.parentTag, ...said, id)

  if (call) {
    const who = [name(call.model), name(call.provider), call.response, name(call.promptName), name(call.promptVersion)]
    const tokens = [call.input, call.output, call.cacheRead, call.cacheWrite, call.reasoning, call.cost]
    const more = typeof call.more === 'string' ? names.id(call.more) : null
    const add = store.query<Cell[], unknown>('call-put')
    add.run(
      id,
      trace,
      ...who,
      ...tokens,
      call.firstToken,
      0,
      call.messages,
      call.cacheWrite1h ?? null,
      more,
      call.costRest ?? null,
    )
  } else store.query('call-delete').run(id)
  store.query('score-delete').run(id)
  if (scores.length === 0) return
  const judgements = new RowWriter(store, 'score', scoreColumns)
  for (const score of scores) judgements.add(id, trace, ...score)
  judgements.flush()
}

/** The fields in which two meanings differ. */
export function differences(a: Meaning, b: Meaning): readonly { field: string; before: Value; after: Value }[] {
  const found: { field: string; before: Value; after: Value }[] = []
  for (const field of spanFields) compare(field, a.span[field], b.span[field])
  for (const field of callFields) compare(field, a.call?.[field] ?? null, b.call?.[field] ?? null)
  const [before, after] = [a, b].map(({ scores }) => (scores.length === 0 ? null : JSON.stringify(scores)))
  compare('scores', before!, after!)
  if (!a.call !== !b.call) found.push({ field: 'call', before: a.call ? 'yes' : null, after: b.call ? 'yes' : null })
  return found

  function compare(field: string, before: Value, after: Value): void {
    // 0 is "none" for what is a hash or a number of a name.
    if (before !== after && !(field === 'response' && !before && !after)) found.push({ field, before, after })
  }
}

function pick<F extends string, T>(fields: readonly F[], of: (field: F) => T): { readonly [field in F]: T } {
  const picked = {} as { [field in F]: T }
  for (const field of fields) picked[field] = of(field)
  return picked
}
