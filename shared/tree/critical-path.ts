/** Spans of one trace in reading order. Microseconds; NaN is unknown. */
export interface TimedSpans {
  /** Index of the last descendant; the span's own index on a leaf. */
  readonly last: ArrayLike<number>
  /** After the earliest start of the trace. */
  readonly offset: ArrayLike<number>
  /** A span without one runs as long as what surrounds it. */
  readonly duration: ArrayLike<number>
}

/** Stretches of time, each with the span that was waited for; by span, then by time. */
export interface CriticalPath {
  readonly row: Uint32Array<ArrayBuffer>
  /** Microseconds after the earliest start of the trace. */
  readonly from: Float64Array<ArrayBuffer>
  readonly to: Float64Array<ArrayBuffer>
}

/**
 * What the end of a trace waited for. Walked back from the end: at every moment the path goes through the running child
 * that ended last, and through the span itself while none of its children ran. What sticks out of its parent is cut
 * there. The pieces never overlap, and leave out only time in which nothing of the trace ran at all.
 *
 * No file says what waited for what, so this is the longest chain that the times allow. One look at every child, no
 * recursion: a chain as deep, or a span as wide, as the trace is long costs the same.
 */
export function criticalPath(spans: TimedSpans): CriticalPath {
  return new Walk(spans).path()
}

class Walk {
  private readonly spans: TimedSpans
  private readonly count: number
  /** Children of the span in hand that take time, by start; beside each, which of those up to it ends last. */
  private readonly kids: Uint32Array
  private readonly latest: Uint32Array
  /** Where the pieces of each span begin among all, and how many there are. */
  private readonly first: Uint32Array
  private readonly pieces: Uint32Array
  private readonly times: number[] = []
  /** Spans still to be walked: row, from, until. */
  private readonly waiting: number[] = []

  constructor(spans: TimedSpans) {
    this.spans = spans
    this.count = spans.last.length
    this.kids = new Uint32Array(this.count)
    this.latest = new Uint32Array(this.count)
    this.first = new Uint32Array(this.count)
    this.pieces = new Uint32Array(this.count)
  }

  path(): CriticalPath {
    const { waiting } = this
    let end = 0
    for (let row = 0; row < this.count; row++) {
      const known = this.spans.offset[row]! + Math.max(0, this.spans.duration[row]!)
      end = Math.max(end, Number.isNaN(known) ? this.spans.offset[row]! || 0 : known)
    }
    this.walk(-1, 0, end)
    while (waiting.length > 0) {
      const until = waiting.pop()!
      const from = waiting.pop()!
      this.walk(waiting.pop()!, from, until)
    }
    return this.sorted()
  }

  /** Of a span's time from … until: what its children take of it, and what it keeps. -1 is what holds the roots. */
  private walk(row: number, from: number, until: number): void {
    const { spans, kids, latest, waiting, times } = this
    if (row >= 0) this.first[row] = times.length
    let at = this.gather(row) - 1
    let cursor = until
    while (cursor > from) {
      while (at >= 0 && spans.offset[kids[at]!]! >= cursor) at--
      const child = at < 0 ? -1 : latest[at]!
      const end = child < 0 ? from : Math.min(this.endOf(child), cursor)
      if (end <= from) break
      if (end < cursor) this.keep(row, end, cursor)
      const start = Math.max(spans.offset[child]!, from)
      waiting.push(child, start, end)
      cursor = start
    }
    if (cursor > from) this.keep(row, from, cursor)
  }

  private gather(row: number): number {
    const { spans, kids, latest, count } = this
    const last = row < 0 ? count - 1 : spans.last[row]!
    let n = 0
    let sorted = true
    for (let child = row + 1; child <= last; child = spans.last[child]! + 1) {
      if (!(this.endOf(child) > spans.offset[child]!)) continue
      if (n > 0 && spans.offset[child]! < spans.offset[kids[n - 1]!]!) sorted = false
      kids[n++] = child
    }
    // Siblings stand by start, except those to which a place was given.
    if (!sorted) kids.subarray(0, n).sort((a, b) => spans.offset[a]! - spans.offset[b]! || a - b)
    let best = -1
    for (let i = 0; i < n; i++) {
      if (best < 0 || this.endOf(kids[i]!) > this.endOf(best)) best = kids[i]!
      latest[i] = best
    }
    return n
  }

  /** NaN of a span that stands nowhere. */
  private endOf(row: number): number {
    const { offset, duration } = this.spans
    return Number.isNaN(duration[row]!) && !Number.isNaN(offset[row]!) ? Infinity : offset[row]! + duration[row]!
  }

  private keep(row: number, from: number, to: number): void {
    if (row < 0) return
    this.pieces[row]!++
    this.times.push(from, to)
  }

  /** Each span was walked once, backwards. */
  private sorted(): CriticalPath {
    const { times, pieces, first } = this
    const total = times.length / 2
    const path = { row: new Uint32Array(total), from: new Float64Array(total), to: new Float64Array(total) }
    let at = 0
    for (let row = 0; row < this.count; row++) {
      for (let piece = pieces[row]! - 1; piece >= 0; piece--) {
        path.row[at] = row
        path.from[at] = times[first[row]! + 2 * piece]!
        path.to[at++] = times[first[row]! + 2 * piece + 1]!
      }
    }
    return path
  }
}
