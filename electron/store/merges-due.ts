import { labelFields, type Label } from './interned.ts'
import { derivedMarks } from './meaning.ts'
import { readAgain, type MergeTools } from './merge.ts'
import type { Pending } from './pending.ts'
import type { SpanReading } from './reread.ts'
import { hashResponseId } from './response-id.ts'
import { exact } from './row-writer.ts'

/** A record by its number, and the row of what it stood in. */
interface Place {
  readonly id: number
  readonly context: number
}

/**
 * Spans of this import that gained a further record. While a span waits for its transaction to end, all its records are
 * read together before it is written: a session's spans are told of by several lines, most of them close by. For one that
 * was written before, that is due when its trace is derived.
 */
export class MergesDue {
  /** Written spans, by their trace. */
  readonly late = new Map<number, Set<number>>()
  private readonly tools: MergeTools
  private readonly pending: Pending
  /** Further records, by the row of their span among the pending ones. */
  private readonly waiting = new Map<number, Place[]>()

  constructor(tools: MergeTools, pending: Pending) {
    this.tools = tools
    this.pending = pending
  }

  /** False where the span has been written. */
  add(trace: number, span: number, further: Place): boolean {
    const row = this.pending.rowOf(span)
    if (row >= 0) {
      const list = this.waiting.get(row)
      if (list) list.push(further)
      else this.waiting.set(row, [further])
      return true
    }
    const late = this.late.get(trace)
    if (late) late.add(span)
    else this.late.set(trace, new Set([span]))
    return false
  }

  /** Reads the pending spans. Their texts must be in their blocks. */
  settle(): void {
    if (this.waiting.size === 0) return
    const { tools, pending } = this
    const { spans } = pending
    pending.dropScores(this.waiting)
    for (const [row, further] of this.waiting) {
      const records = [{ id: spans.at.id[row]!, context: spans.at.context[row]! }, ...further]
      const kept = tools.kept.textsOf(records)
      const reading = readAgain(tools.reread, kept)
      if (!reading) continue
      tools.merged?.(kept, reading)
      this.replace(row, reading)
    }
    this.waiting.clear()
  }

  /** What a span's first record said gives way to what all say. */
  private replace(row: number, reading: SpanReading): void {
    const { pending } = this
    const { names, labels } = this.tools
    const s = pending.spans.at
    s.parentTag[row] = reading.parentTag
    s.name[row] = names.id(reading.name)
    s.kind[row] = reading.kind
    s.status[row] = reading.status
    s.start[row] = exact(reading.start)
    s.startNs[row] = reading.startNs
    s.duration[row] = exact(reading.duration)
    s.durationNs[row] = reading.durationNs
    s.marks[row] = reading.marks & ~derivedMarks
    s.conventions[row] = reading.conventions
    const label: Record<string, number> = {}
    for (const field of labelFields) label[field] = names.id(reading[field])
    s.label[row] = labels.id(label as unknown as Label)
    s.trait[row] = this.tools.traits.id(reading.traits)
    for (const score of reading.scores) pending.scores.push({ span: row, score })
    this.replaceCall(row, reading)
  }

  private replaceCall(row: number, { call }: SpanReading): void {
    const { spans, calls } = this.pending
    const { names } = this.tools
    const known = spans.at.call[row]!
    if (!call) {
      if (known >= 0) this.pending.dropCall(row)
      return
    }
    const at = (spans.at.call[row] = known >= 0 ? known : calls.add())
    const c = calls.at
    c.span[at] = row
    c.model[at] = names.id(call.model)
    c.provider[at] = names.id(call.provider)
    c.response[at] = hashResponseId(call.responseId)
    c.prompt[at] = names.id(call.promptName)
    c.promptVersion[at] = names.id(call.promptVersion)
    c.input[at] = exact(call.input)
    c.output[at] = exact(call.output)
    c.cacheRead[at] = exact(call.cacheRead)
    c.cacheWrite[at] = exact(call.cacheWrite)
    c.reasoning[at] = exact(call.reasoning)
    c.cost[at] = exact(call.cost)
    c.cacheWrite1h[at] = exact(call.cacheWrite1h)
    c.costRest[at] = call.costRest
    c.more[at] = names.id(call.more)
    c.firstToken[at] = exact(call.firstToken)
    c.counted[at] = 0
    c.messages[at] = exact(call.messages)
  }
}
