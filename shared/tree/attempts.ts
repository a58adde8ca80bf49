import { spanKinds, statuses, type SpanKind } from '../domain/kind.ts'
import { marksToBits } from '../domain/marks.ts'

/** Spans of one trace in reading order; names and models as indices into `strings`, 0 for none. */
export interface TriedSpans {
  readonly last: ArrayLike<number>
  readonly depth: ArrayLike<number>
  readonly kind: ArrayLike<number>
  readonly status: ArrayLike<number>
  readonly marks: ArrayLike<number>
  readonly name: ArrayLike<number>
  readonly model: ArrayLike<number>
  readonly offset: ArrayLike<number>
  readonly duration: ArrayLike<number>
  readonly strings: readonly string[]
}

/** One entry a span. */
export interface Attempts {
  /** Which attempt this is, from 1; 0 where there was only one. */
  readonly number: Uint32Array
  /** How many there were. */
  readonly of: Uint32Array
  /** 1 where another model was tried than the time before. */
  readonly fallback: Uint8Array
  /** Attempts that another one followed. */
  readonly superseded: number
}

const tried: ReadonlySet<SpanKind> = new Set(['generation', 'embedding', 'reranker', 'retrieval', 'tool'])
const failed = statuses.indexOf('error')
const unanswered = marksToBits(['unanswered'])

/**
 * Spans that try the same again: siblings one after the other, of one kind and one name, of which each but the last failed.
 * With another model the next one is a fallback, whatever it is called. No file says so: two calls at the same time are
 * never attempts, and a success ends the row.
 */
export function findAttempts(spans: TriedSpans): Attempts {
  const count = spans.last.length
  const found = { number: new Uint32Array(count), of: new Uint32Array(count), fallback: new Uint8Array(count) }
  const names = new OperationNames(spans.strings)
  let superseded = 0
  for (let row = 0; row < count; row++) {
    if (found.number[row] !== 0 || !hasFailed(spans, row) || !tried.has(spanKinds[spans.kind[row]!]!)) continue
    const group = [row]
    for (let at = row; hasFailed(spans, at);) {
      const next = spans.last[at]! + 1
      const how = next < count ? follows(spans, at, next, names) : undefined
      if (how === undefined) break
      if (how === 'fallback') found.fallback[next] = 1
      group.push(next)
      at = next
    }
    if (group.length === 1) continue
    superseded += group.length - 1
    for (const [i, each] of group.entries()) {
      found.number[each] = i + 1
      found.of[each] = group.length
    }
  }
  return { ...found, superseded }
}

function hasFailed({ status, marks }: TriedSpans, row: number): boolean {
  return status[row] === failed || (marks[row]! & unanswered) !== 0
}

function follows(
  spans: TriedSpans,
  row: number,
  next: number,
  names: OperationNames,
): 'retry' | 'fallback' | undefined {
  const { kind, depth, model, offset, duration } = spans
  // Right behind all that is below it: a sibling, if it stands as deep.
  if (kind[next] !== kind[row] || depth[next] !== depth[row]) return undefined
  // It began when the one before had ended. What the clock cannot tell apart is one after the other.
  if (offset[next]! < offset[row]! + Math.max(0, duration[row]!)) return undefined
  if (spanKinds[kind[row]!] !== 'tool' && areOthers(spans.strings, model[row]!, model[next]!)) return 'fallback'
  return names.areSame(spans.name[row]!, spans.name[next]!) ? 'retry' : undefined
}

/** Two models, both known. What failed often says what was asked for only: `gpt-4o`, where an answer says `gpt-4o-2024-11-20`. */
function areOthers(strings: readonly string[], a: number, b: number): boolean {
  if (a === 0 || b === 0 || a === b) return false
  const [one, other] = [strings[a] ?? '', strings[b] ?? '']
  const [long, short] = one.length > other.length ? [one, other] : [other, one]
  return !long.startsWith(short) || !/^[-@:](?:\d|latest)/.test(long.slice(short.length))
}

/** "decide" and "decide (retry 2)" are one operation. */
class OperationNames {
  private readonly known = new Map<number, string>()
  private readonly strings: readonly string[]

  constructor(strings: readonly string[]) {
    this.strings = strings
  }

  areSame(a: number, b: number): boolean {
    return a === b || this.bare(a) === this.bare(b)
  }

  private bare(index: number): string {
    let bare = this.known.get(index)
    if (bare === undefined) {
      const name = (this.strings[index] ?? '').slice(0, 300)
      bare = name.replace(/[\s._-]*[([]?(?:retry|attempt|fallback)[\s._#-]*\d*[)\]]?\s*$/i, '') || name
      this.known.set(index, bare)
    }
    return bare
  }
}
