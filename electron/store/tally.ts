import { Columns } from './columns.ts'
import type { Store } from './open.ts'

/** What one file, or a whole import, gave. */
export interface Tally {
  /** Distinct traces and spans that were read. */
  readonly traces: number
  readonly spans: number
  /** Of those spans: calls counted once, and the tokens that totals add up. */
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Spans that were new to the store, and spans it had already: together `spans`. */
  readonly added: number
  readonly known: number
  /** Messages of those calls, where they can be counted. */
  readonly messages: number
  /** Spans by their marks (a bit set); only those that have any. */
  readonly marks: ReadonlyMap<number, number>
}

/** Counts what one file (or a whole import) reads. Records from `first` on are its own. */
export class Counter {
  traces = 0
  /** Spans that stood in the store before, with repeats. */
  private readonly touched = new Columns({ span: Uint32Array })
  private kept = { traces: 0, touched: 0 }
  readonly first: number
  private end = Infinity

  constructor(first: number) {
    this.first = first
  }

  saw(span: number): void {
    if (span >= this.first) return
    const row = this.touched.add()
    this.touched.at.span[row] = span
  }

  /** Records from here on are another's. */
  close(next: number): void {
    this.end = next
  }

  /** The transaction was committed: so far it stands. */
  commit(): void {
    this.kept = { traces: this.traces, touched: this.touched.count }
  }

  /** The transaction was lost. */
  rollback(): void {
    this.traces = this.kept.traces
    this.touched.count = this.kept.touched
  }

  /** Spans so far, those of earlier imports with repeats: for progress. */
  get roughSpans(): number {
    return this.touched.count
  }

  /** Asks the store, once every trace is derived. */
  tally(store: Store): Tally {
    const query = store.query<[number, number], Sum>('usage-between')
    const own = query.get(this.first, Math.min(this.end, Number.MAX_SAFE_INTEGER))!
    const sum = { ...own }
    const marks = new Map<number, number>()
    const end = Math.min(this.end, Number.MAX_SAFE_INTEGER)
    countMarks(store, this.first, end, marks)
    let known = 0
    const sorted = this.touched.at.span.slice(0, this.touched.count).sort()
    for (let i = 0; i < sorted.length;) {
      const from = sorted[i]!
      let to = from
      while (i < sorted.length && sorted[i]! <= to + 1) to = sorted[i++]!
      const part = query.get(from, to + 1)!
      known += to + 1 - from
      sum.calls += part.calls
      sum.input += part.input
      sum.output += part.output
      sum.messages += part.messages
      countMarks(store, from, to + 1, marks)
    }
    const added = store.query<[number, number], { n: number }>('spans-between').get(this.first, end)!.n
    return {
      traces: this.traces,
      spans: added + known,
      calls: sum.calls,
      inputTokens: sum.input,
      outputTokens: sum.output,
      added,
      known,
      messages: sum.messages,
      marks,
    }
  }
}

interface Sum {
  calls: number
  input: number
  output: number
  messages: number
}

function countMarks(store: Store, from: number, to: number, into: Map<number, number>): void {
  const rows = store.query<[number, number], { marks: number; n: number }>('marks-between').iterate(from, to)
  for (const { marks, n } of rows) into.set(marks, (into.get(marks) ?? 0) + n)
}
