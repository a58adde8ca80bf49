import type { StreamRecord } from '../../shared/replay/record.ts'

/** Events of which so many are kept from the beginning, and so many up to the end. */
const [first, last] = [1500, 500]
/** Characters of all that are kept. */
const mostText = 1 << 20

interface RawEvent {
  readonly ms: number
  readonly data: string
}

/** What came of a stream, as it came and when: most of it, of a long one its beginning and its end. */
export class RawEvents {
  private readonly began: number
  private readonly head: RawEvent[] = []
  private tail: RawEvent[] = []
  private characters = 0
  private count = 0
  private at: number | undefined
  private readonly gaps: number[] = []

  /** `began`: when the request was sent, by `performance.now`. */
  constructor(began: number) {
    this.began = began
  }

  add(data: string): void {
    const ms = rounded(performance.now() - this.began)
    this.count++
    if (this.at !== undefined) this.gaps.push(ms - this.at)
    this.at = ms
    this.characters += data.length
    const isBeginning = this.tail.length === 0 && this.head.length < first
    // A quarter of the room is the end's.
    if (isBeginning && this.characters <= mostText * 0.75) this.head.push({ ms, data })
    else {
      this.tail.push({ ms, data })
      if (this.tail.length > 2 * last) this.tail = this.tail.slice(-last)
    }
  }

  record(): StreamRecord | undefined {
    if (this.count === 0) return undefined
    let room = mostText - this.head.reduce((sum, { data }) => sum + data.length, 0)
    const fitting = this.tail.slice(-last).toReversed()
    const cut = fitting.findIndex(({ data }) => (room -= data.length) < 0)
    const end = (cut < 0 ? fitting : fitting.slice(0, cut)).toReversed()
    const events = [...this.head, ...end]
    const gaps = this.gaps.toSorted((a, b) => a - b)
    return {
      chunks: {
        count: this.count,
        ...(gaps.length === 0
          ? {}
          : { median_gap_ms: rounded(gaps[gaps.length >> 1]!), longest_gap_ms: rounded(gaps.at(-1)!) }),
      },
      events,
      left_out: this.count - events.length,
    }
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
