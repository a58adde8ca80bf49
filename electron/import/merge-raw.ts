import type { RawEvent, RawLink, RawSpan } from '../../shared/domain/raw-span.ts'
import type { Mark } from '../../shared/domain/marks.ts'
import { isOfAnotherUnit } from './formats/values.ts'
import { disagreements, mergeTwo, print, type Disagreement } from './merge-fields.ts'
import { Union } from './merge-lists.ts'

export type { Disagreement } from './merge-fields.ts'

/** Records of one span in order of arrival. One may be read anew each time it is asked for. */
export interface RawRecords {
  readonly count: number
  /** Undefined for one that says nothing. */
  read(number: number): RawSpan | undefined
}

/** What records of one span say together. */
export interface Merged {
  readonly span: RawSpan
  /** Where they disagree; of very many only the first. */
  readonly disagreements: readonly Disagreement[]
  readonly disagreementCount: number
}

/** So many are told. */
const mostTold = 10_000

/**
 * Several records of one span as one. Field by field the record that ends later wins (of equal ends the one that came
 * later); a value never loses to null, nor to an empty list or object, and objects are merged key by key. Records that disagree are marked; an end, a length or a status that a later record
 * brings is news, not disagreement. Fragments give way to the span's own record and disagree with nothing.
 *
 * Records are taken one after another and not held. Undefined where none says anything.
 */
export function mergeRecords(records: RawRecords): Merged | undefined {
  const asTheyCame = new Merging()
  for (let i = 0; i < records.count; i++) {
    const record = records.read(i)
    if (record && !asTheyCame.add(record)) return mergeInOrder(records, orderOf(records))
  }
  return asTheyCame.merged()
}

export function mergeRaw(records: readonly RawSpan[], tell?: (disagreement: Disagreement) => void): RawSpan {
  const found = mergeRecords({ count: records.length, read: number => records[number] })!
  if (tell) for (const disagreement of found.disagreements) tell(disagreement)
  return found.span
}

function mergeInOrder(records: RawRecords, order: readonly number[]): Merged | undefined {
  const merging = new Merging()
  for (const number of order) merging.add(records.read(number)!)
  return merging.merged()
}

interface Weight {
  readonly number: number
  readonly fragment: boolean | undefined
  readonly end: bigint | undefined
}

/** The numbers of the records, the weightiest last. */
function orderOf(records: RawRecords): number[] {
  const weights: Weight[] = []
  for (let number = 0; number < records.count; number++) {
    const record = records.read(number)
    if (record) weights.push({ number, fragment: record.fragment, end: record.end })
  }
  return weights.sort(byWeight).map(({ number }) => number)
}

class Merging {
  private whole: RawSpan | undefined
  private last: RawSpan | undefined
  private count = 0
  /** Records that are the span, not only about it. */
  private own = 0
  private fragments = 0
  private readonly told: Disagreement[] = []
  private toldCount = 0
  private readonly marks = new Set<Mark>()
  private readonly events = new Union<RawEvent>(
    event => `${event.time} ${event.name}`,
    ({ name, time, attributes }) => print([name, time, attributes]),
  )
  private readonly links = new Union<RawLink>(
    link => `${link.traceId} ${link.spanId}`,
    ({ traceId, spanId, attributes }) => print([traceId, spanId, attributes]),
  )

  /** False for a record that weighs less than one before it: then all must come in another order. */
  add(record: RawSpan): boolean {
    const { last, whole } = this
    if (last && byWeight(last, record) > 0) return false
    this.last = record
    this.count++
    if (record.fragment) this.fragments++
    else this.own++
    this.events.add(record.events)
    this.links.add(record.links)
    for (const mark of record.marks) this.marks.add(mark)
    if (whole) this.listen(whole, record)
    this.whole = whole ? mergeTwo(whole, record) : record
    return true
  }

  private listen(older: RawSpan, newer: RawSpan): void {
    for (const disagreement of disagreements(older, newer)) {
      this.toldCount++
      if (this.told.length < mostTold) this.told.push(disagreement)
    }
  }

  merged(): Merged | undefined {
    const { whole, told, toldCount } = this
    if (!whole) return undefined
    const span = this.count === 1 ? markFragment(whole) : this.together(whole)
    return { span, disagreements: told, disagreementCount: toldCount }
  }

  private together(last: RawSpan): RawSpan {
    const events = this.events.whole()
    const whole = markFragment({
      ...last,
      // In the order of their times where log records brought some: those of one call may come in several requests.
      events: this.fragments > 0 ? events.toSorted(byTime) : events,
      links: this.links.whole(),
    })
    return {
      ...whole,
      marks: [
        ...marksOf({ ...whole, marks: [...this.marks, ...whole.marks] }),
        // A call of a hundred log records is one span that was told in parts.
        ...(this.own > 1 ? (['merged'] as const) : []),
        ...(this.toldCount > 0 ? (['conflict'] as const) : []),
      ],
    }
  }
}

function byTime(a: RawEvent, b: RawEvent): number {
  const [from, to] = [a.time ?? 0n, b.time ?? 0n]
  return from < to ? -1 : from > to ? 1 : 0
}

/** A span of fragments alone says so. */
export function markFragment(raw: RawSpan): RawSpan {
  return raw.fragment ? { ...raw, marks: [...raw.marks, 'fragment'] } : raw
}

type Weighing = Pick<RawSpan, 'fragment' | 'end'>

function byWeight(a: Weighing | Weight, b: Weighing | Weight): number {
  if (a.fragment !== b.fragment) return a.fragment ? -1 : 1
  if (a.end === b.end) return 0
  if (a.end === undefined) return -1
  return b.end === undefined || a.end > b.end ? 1 : -1
}

/** What the merged span still deserves: another record may have brought the time that one missed. */
function marksOf(span: RawSpan): Mark[] {
  const length = span.start !== undefined && span.end !== undefined ? span.end - span.start : span.duration
  const outdated = new Set<Mark>()
  if (span.start !== undefined) outdated.add('no-start').add('undated')
  if (span.end !== undefined || span.duration !== undefined) outdated.add('unfinished')
  if (length === undefined || length >= 0n) outdated.add('negative-duration')
  if (span.parentId !== undefined) outdated.add('self-parent')
  const time = span.start ?? span.end
  if (time !== undefined && !isOfAnotherUnit(time)) outdated.add('doubtful-time')
  return [...new Set(span.marks)].filter(mark => !outdated.has(mark))
}
