import type { ScoreReading } from './reread.ts'
import { Columns } from './columns.ts'
import { RowWriter, whole } from './row-writer.ts'
import type { Store } from './open.ts'

const spanShape = {
  id: Uint32Array,
  /** Number of the trace among those of this import. */
  traceNumber: Uint32Array,
  trace: Uint32Array,
  tag: Float64Array,
  parentTag: Float64Array,
  pre: Uint32Array,
  last: Uint32Array,
  depth: Uint32Array,
  name: Uint32Array,
  kind: Uint8Array,
  status: Uint8Array,
  start: Float64Array,
  startNs: Uint16Array,
  duration: Float64Array,
  durationNs: Uint16Array,
  context: Uint32Array,
  place: Float64Array,
  hash: Float64Array,
  marks: Uint32Array,
  conventions: Float64Array,
  label: Uint32Array,
  trait: Uint32Array,
  /** Row among the pending calls, -1 for none. */
  call: Int32Array,
} as const

const callShape = {
  /** Row among the pending spans. */
  span: Uint32Array,
  model: Uint32Array,
  provider: Uint32Array,
  response: Float64Array,
  prompt: Uint32Array,
  promptVersion: Uint32Array,
  input: Float64Array,
  output: Float64Array,
  cacheRead: Float64Array,
  cacheWrite: Float64Array,
  cacheWrite1h: Float64Array,
  reasoning: Float64Array,
  cost: Float64Array,
  costRest: Float64Array,
  more: Uint32Array,
  firstToken: Float64Array,
  counted: Uint8Array,
  messages: Float64Array,
} as const

/** In the order in which `flush` gives their cells. */
export const spanColumns =
  'id trace tag ptag pre last depth name kind status start start_ns dur dur_ns context place hash marks conventions label trait'
export const callColumns =
  'id trace model provider response prompt prompt_version input output cache_read cache_write reasoning cost first_token counted messages cache_write_1h more cost_rest'
export const scoreColumns = 'span trace name value label explanation source'

/** In `span` of a call that was dropped. */
const nobody = 0xffff_ffff

/** Spans that wait for their transaction to end: only then is a trace's order known. */
export class Pending {
  readonly spans = new Columns(spanShape, 4096)
  readonly calls = new Columns(callShape, 1024)
  scores: { readonly span: number; readonly score: ScoreReading }[] = []
  private readonly spanRows: RowWriter
  private readonly callRows: RowWriter
  private readonly scoreRows: RowWriter

  constructor(store: Store) {
    this.spanRows = new RowWriter(store, 'span', spanColumns)
    this.callRows = new RowWriter(store, 'call', callColumns)
    this.scoreRows = new RowWriter(store, 'score', scoreColumns)
  }

  /** The row of a pending span by its id, else -1. They come in order of ids. */
  rowOf(id: number): number {
    const { count, at } = this.spans
    let [from, to] = [0, count]
    while (from < to) {
      const middle = (from + to) >>> 1
      if (at.id[middle]! < id) from = middle + 1
      else to = middle
    }
    return from < count && at.id[from] === id ? from : -1
  }

  /** Forgets the scores of spans, by their rows. */
  dropScores(rows: ReadonlyMap<number, unknown>): void {
    if (this.scores.length > 0) this.scores = this.scores.filter(({ span }) => !rows.has(span))
  }

  /** Forgets the call of a span, by its row. */
  dropCall(row: number): void {
    const { spans, calls } = this
    calls.at.span[spans.at.call[row]!] = nobody
    spans.at.call[row] = -1
  }

  /** Writes everything, in order of ids: appending costs half of inserting in between. */
  flush(): void {
    const s = this.spans.at
    for (let i = 0; i < this.spans.count; i++) {
      this.spanRows.add(
        s.id[i]!,
        s.trace[i]!,
        s.tag[i]!,
        s.parentTag[i]!,
        s.pre[i]!,
        s.last[i]!,
        s.depth[i]!,
        s.name[i]!,
        s.kind[i]!,
        s.status[i]!,
        whole(s.start[i]!),
        s.startNs[i]!,
        whole(s.duration[i]!),
        s.durationNs[i]!,
        s.context[i]!,
        whole(s.place[i]!) ?? 0,
        s.hash[i]!,
        s.marks[i]!,
        s.conventions[i]!,
        s.label[i]!,
        s.trait[i]!,
      )
    }
    this.spanRows.flush()
    const c = this.calls.at
    for (let k = 0; k < this.calls.count; k++) {
      const i = c.span[k]!
      if (i === nobody) continue
      this.callRows.add(
        s.id[i]!,
        s.trace[i]!,
        c.model[k]!,
        c.provider[k]!,
        c.response[k]!,
        c.prompt[k]!,
        c.promptVersion[k]!,
        whole(c.input[k]!),
        whole(c.output[k]!),
        whole(c.cacheRead[k]!),
        whole(c.cacheWrite[k]!),
        whole(c.reasoning[k]!),
        whole(c.cost[k]!),
        whole(c.firstToken[k]!),
        c.counted[k]!,
        whole(c.messages[k]!),
        whole(c.cacheWrite1h[k]!),
        c.more[k] === 0 ? null : c.more[k]!,
        c.costRest[k] === 0 ? null : c.costRest[k]!,
      )
    }
    this.callRows.flush()
    for (const { span, score } of this.scores) this.scoreRows.add(s.id[span]!, s.trace[span]!, ...scoreCells(score))
    this.scoreRows.flush()
    this.clear()
  }

  clear(): void {
    this.spans.count = 0
    this.calls.count = 0
    this.scores.length = 0
    for (const rows of [this.spanRows, this.callRows, this.scoreRows]) rows.clear()
  }
}

export function scoreCells(score: ScoreReading): (string | number | null)[] {
  const value = score.value === undefined || Number.isNaN(score.value) ? null : score.value
  return [score.name, value, score.label ?? null, score.explanation ?? null, score.source ?? null]
}
