import { hash } from 'node:crypto'
import type { Searched } from '../../../shared/contract/search.ts'
import type { FieldRef } from '../../../shared/query/fields.ts'
import type { Condition, Leaf } from '../../../shared/query/plan.ts'
import { valuesOf } from '../../../shared/query/readings.ts'
import type { SaidField } from '../../../shared/query/said.ts'
import type { Store } from '../open.ts'
import { relevanceOf } from '../search/relevance.ts'
import { leafAnswers, type SpanSource } from '../search/search.ts'
import { namesSaid, readColumn } from '../search/said-column.ts'
import { packBits } from '../text-index/sent-bits.ts'
import { readValues, type ReadValues } from '../search/read-values.ts'
import { shortened } from '../search/shortened.ts'
import { SpanBits } from '../text-index/span-bits.ts'
import type { Value } from './coded.ts'

/** What the columns do not tell: texts, attributes, what persons put on spans. It may take any time. */
export type Need =
  /** Ids of the spans that all of these clauses of a query are true of; it holds within that query. */
  | {
      readonly type: 'spans'
      readonly condition: Condition
      readonly leaves: readonly Leaf[]
      /** Texts that the index lacks are read, however many. */
      readonly scan?: boolean
      /** Milliseconds after which what is known so far may be the answer. */
      readonly patience?: number
    }
  /** How much spans have to say about the texts of a query. */
  | { readonly type: 'scores'; readonly condition: Condition; readonly patience?: number }
  /** Of each group of spans, by their ids, the values of the first that has some. */
  | { readonly type: 'values'; readonly groups: readonly (readonly number[])[]; readonly field: FieldRef }
  /** What each of these spans (ids, ascending) says under a field that only records hold. */
  | {
      readonly type: 'read'
      readonly field: FieldRef
      readonly spans: Uint32Array
      /** Milliseconds after which what was read so far may be the answer. */
      readonly patience?: number
    }
  /** What all spans say under a field that the index beside the store knows. */
  | { readonly type: 'column'; readonly field: SaidField }
  /** The most frequent names of attributes, or of variables of prompts, that begin like this. */
  | {
      readonly type: 'names'
      readonly of: 'attributes' | 'variables'
      readonly prefix: string
      readonly most: number
    }

export interface Found {
  /**
   * Sets of ids (`text-index/sent-bits.ts`). `isWhole`: no text waits for the index, nothing for being read; else `unsettled` are spans of whom it
   * is not known, and `searched` says how far the reading is.
   */
  readonly spans: {
    readonly spans: Uint8Array
    readonly unsettled?: Uint8Array
    readonly isWhole: boolean
    readonly searched?: Searched
  }
  /** Ids of the spans that say anything, and how much. */
  readonly scores: { readonly spans: Uint32Array; readonly scores: Float32Array }
  readonly values: readonly (readonly Value[])[]
  readonly read: ReadValues
  readonly column: SaidColumn
  readonly names: readonly { readonly value: string; readonly count: number }[]
}

/** By span: which of some lists of values it has. `isWhole`: no span waits for the index. */
export interface SaidColumn {
  readonly codes: Uint32Array
  readonly values: readonly (readonly Value[])[]
  readonly isWhole: boolean
}

/** Asks for what is needed. */
export type Elsewhere = <N extends Need>(need: N) => Found[N['type']]

/** Who has the store answers at once, however long that takes. */
export function readElsewhere(store: Store, readSpan: SpanSource): Elsewhere {
  const answers: { readonly [type in Need['type']]: (need: never) => Found[type] } = {
    spans: ({ condition, leaves, patience }: Extract<Need, { type: 'spans' }>) =>
      store.snapshot(() => {
        const until = untilOf(patience)
        const answers = leafAnswers(store, condition, readSpan, until)
        const found = leaves
          .map(leaf => answers.spansOf(leaf))
          .map(one => (one instanceof SpanBits ? one : bitsOf(one)))
        const spans = found.length === 1 ? found[0]! : inAll(found)
        const { unsettled, ...wholeness } = answers.wholeness
        return { spans: packBits(spans), ...(unsettled ? { unsettled: packBits(unsettled) } : {}), ...wholeness }
      }),
    scores: ({ condition, patience }: Extract<Need, { type: 'scores' }>) =>
      saying(relevanceOf(store, condition, readSpan, untilOf(patience))),
    values: ({ groups, field }: Extract<Need, { type: 'values' }>) =>
      groups.map(ids => firstValues(ids, field, readSpan)),
    read: ({ field, spans, patience }: Extract<Need, { type: 'read' }>) =>
      store.snapshot(() => readValues(store, field, spans, readSpan, untilOf(patience))),
    column: ({ field }: Extract<Need, { type: 'column' }>) => readColumn(store, field, readSpan),
    names: ({ of, prefix, most }: Extract<Need, { type: 'names' }>) => namesSaid(store, of, prefix, most, readSpan),
  }
  return <N extends Need>(need: N) => answers[need.type as N['type']](need as never)
}

/** When so many milliseconds are over, as a time of `performance.now`. */
export function untilOf(patience: number | undefined): number {
  return patience === undefined ? Number.POSITIVE_INFINITY : performance.now() + patience
}

/** Those that are not zero. */
function saying(scores: Float32Array): Found['scores'] {
  let count = 0
  for (let span = 0; span < scores.length; span++) if (scores[span]! > 0) count++
  const found = { spans: new Uint32Array(count), scores: new Float32Array(count) }
  for (let span = 0, n = 0; n < count; span++) {
    const score = scores[span]!
    if (score === 0) continue
    found.spans[n] = span
    found.scores[n++] = score
  }
  return found
}

function inAll([first, ...others]: readonly SpanBits[]): SpanBits {
  const all = new SpanBits(0)
  all.words = first?.words.slice() ?? all.words
  for (const other of others) all.keep(other)
  return all
}

function bitsOf(ids: readonly number[]): SpanBits {
  const bits = new SpanBits(ids.reduce((most, id) => Math.max(most, id), 0))
  for (const id of ids) bits.add(id)
  return bits
}

function firstValues(ids: readonly number[], field: FieldRef, readSpan: SpanSource): readonly Value[] {
  for (const id of ids) {
    const read = readSpan(id)
    const values = read ? valuesOf(read, field) : []
    if (values.length > 0) return values.map(shortened)
  }
  return []
}

/** An answer that somebody else gave before. */
export interface Given {
  readonly need: Need
  readonly found: Found[Need['type']]
}

/** What another process must be asked before this one can answer. */
export class NeedsElsewhere extends Error {
  readonly need: Need

  constructor(need: Need) {
    super('Another process knows.')
    this.need = need
  }
}

/** Uses what was given; throws what is not among it. */
export function givenElsewhere(given: readonly Given[], scan: boolean, patience?: number): Elsewhere {
  const known = new Map(given.map(({ need, found }) => [keyOf(need), found]))
  return <N extends Need>(need: N) => {
    const patient = patience === undefined ? {} : { patience }
    const asked =
      need.type === 'spans'
        ? { ...need, scan, ...patient }
        : need.type === 'scores' || need.type === 'read'
          ? { ...need, ...patient }
          : need
    const found = known.get(keyOf(asked))
    if (found === undefined) throw new NeedsElsewhere(asked)
    return found as Found[N['type']]
  }
}

function keyOf(need: Need): string {
  return JSON.stringify(need, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value instanceof Uint32Array ? hash('sha1', value) : value,
  )
}
