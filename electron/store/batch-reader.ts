import type { Batch, RecordColumns } from './batch.ts'
import { BlockBuilder, bodyPacking, packingOfBodies, recordPacking } from './block-builder.ts'
import { encodeClaims } from './claims.ts'
import type { Claim } from './claims.ts'
import { Columns } from './columns.ts'
import { Contexts } from './interned.ts'
import { KnownSpans } from './known-spans.ts'
import type { MergeTools } from './merge.ts'
import type { Store } from './open.ts'
import { MergesDue } from './merges-due.ts'
import { Pending } from './pending.ts'
import type { Repeat } from './repeats.ts'
import { exact, RowWriter, whole } from './row-writer.ts'
import type { Cell } from './row-writer.ts'
import { encodeIds } from './runs.ts'
import { byTrace, settle } from './settle.ts'
import { SpanRuns } from './span-runs.ts'
import { derivedPerTransaction, deriveStored, totalCells } from './stored-trace.ts'
import type { Counter } from './tally.ts'
import { TracesOfImport } from './traces-of-import.ts'

/** What one file gave within one transaction: a row of `batch`. */
interface Section {
  readonly file: number
  readonly first: number
  readonly bodies: Uint32Array[]
  readonly claims: Claim[]
}

/**
 * For each record of a batch the number of its span, where the store had it before this file: 0 where the record brought
 * the span, `seenInFile` where the file told of it before.
 */
export type SpansSeen = Uint32Array
export const seenInFile = 0xffff_ffff

/**
 * Takes batches apart: what is new is held until the transaction ends, what is known is claimed, what contradicts joins
 * its span as a further record. Texts go into blocks at once.
 */
export class BatchReader {
  readonly pending: Pending
  /** The number the next record gets. */
  nextRecord: number
  /** Whether a file gave a record that one before it in this import gave too: of that its batches say nothing. */
  sharing = false
  private readonly store: Store
  /** Reads of this import's spans only what is due. */
  readonly tools: MergeTools
  private readonly firstRecord: number
  private readonly known: KnownSpans
  private readonly traces: TracesOfImport
  private readonly contexts: Contexts
  private readonly records: BlockBuilder
  private readonly bodies: BlockBuilder
  private readonly extras: RowWriter
  private readonly runs: SpanRuns
  /** Strings announced so far, and their rows once used as a name (0: not yet). */
  private readonly strings: string[] = ['']
  private readonly nameRows = new Columns({ row: Uint32Array, trait: Uint32Array })
  private readonly contextRows: number[] = [0]
  private section: Section | undefined
  /** Bytes of texts that a file brought first. */
  private newText = { file: 0, bytes: 0 }
  private readonly merges: MergesDue
  /** Traces (by number) with a written span that gained a further record in this transaction. */
  private readonly merged = new Set<number>()
  /** Traces of this import that came in parts and whose order is due; those with merged spans wait for the end. */
  private readonly due = new Set<number>()
  private transaction = 1

  constructor(store: Store, tools: MergeTools, firstRecord: number) {
    this.store = store
    this.firstRecord = firstRecord
    this.nextRecord = firstRecord
    this.pending = new Pending(store)
    this.merges = new MergesDue(tools, this.pending)
    this.tools = { ...tools, late: this.merges.late }
    this.known = new KnownSpans(store)
    this.traces = new TracesOfImport(store, row => this.known.load(row))
    this.contexts = new Contexts(store)
    this.nameRows.add()
    const addRecords = store.query<Cell[], unknown>('record-block-add')
    this.records = new BlockBuilder(recordPacking, ({ first, n, ends, data }) => addRecords.run(first, n, ends, data))
    const addBodies = store.query<Cell[], unknown>('body-block-add')
    this.bodies = new BlockBuilder(bodyPacking, ({ first, n, hashes, ends, data }) =>
      addBodies.run(first, n, hashes, ends, data),
    )
    this.extras = new RowWriter(store, 'extra', 'id span trace context place hash')
    this.runs = new SpanRuns(store)
  }

  read(batch: Batch, file: number, counters: readonly Counter[]): SpansSeen {
    this.section ??= { file, first: this.nextRecord, bodies: [], claims: [] }
    this.announce(batch)
    if (this.newText.file !== file) this.newText = { file, bytes: 0 }
    this.addBodies(batch)
    const seen = new Uint32Array(batch.records)
    const rows = this.addRecords(batch, file, counters, seen)
    this.addCalls(batch, rows)
    for (const score of batch.scores) {
      const span = rows[score.record] ?? -1
      if (span >= 0) this.pending.scores.push({ span, score })
    }
    return seen
  }

  /** Claims what an earlier import has of the same file, as reading it would. */
  repeat({ records, bodies }: Repeat, file: number, counters: readonly Counter[]): void {
    this.section ??= { file, first: this.nextRecord, bodies: [], claims: [] }
    const { record, span, trace, place } = records.at
    const traces = this.traces.repeat(new Set(trace.subarray(0, records.count)), file)
    counters[0]!.traces += traces.ofFile
    counters[1]!.traces += traces.ofAll
    for (let i = 0; i < records.count; i++) {
      for (const counter of counters) counter.saw(span[i]!)
      this.section.claims.push({ id: this.nextRecord++, record: record[i]!, place: place[i]! })
    }
    if (bodies.length > 0) this.section.bodies.push(bodies)
  }

  /** Closes the part of the transaction that came from one file. */
  endSection(importId: number): void {
    if (!this.section) return
    const { file, first, bodies, claims } = this.section
    this.section = undefined
    const used = new Uint32Array(bodies.reduce((sum, ids) => sum + ids.length, 0))
    let at = 0
    for (const ids of bodies) {
      used.set(ids, at)
      at += ids.length
    }
    const add = this.store.query<Cell[], unknown>('batch-add')
    add.run(importId, file, first, this.nextRecord - first, encodeIds(used), encodeClaims(claims))
  }

  /**
   * Writes all that waits. A trace that was born in this transaction is put in order now; one that came in parts once a
   * transaction goes by without it, or when the import ends.
   */
  flush(): void {
    this.records.flush()
    this.bodies.flush()
    this.extras.flush()
    this.merges.settle()
    const { at } = this.traces
    const add = this.store.query<Cell[], unknown>('trace-add')
    const { id } = this.pending.spans.at
    for (const { number, rows } of byTrace(this.pending)) {
      this.runs.add(at.row[number]!, rows.length, k => id[rows[k]!]!)
      if (at.born[number] === this.transaction) {
        const { totals } = settle(this.pending, rows, id => this.tools.labels.get(id))
        at.dirty[number] = this.merged.has(number) ? 1 : 0
        add.run(at.row[number]!, this.traces.keyOf(number), ...totalCells(totals), at.dirty[number])
      } else this.growTrace(number, rows)
    }
    for (const number of this.merged) if (at.dirty[number] === 0) this.growTrace(number, new Uint32Array(0))
    this.runs.flush()
    this.pending.flush()
    this.deriveRested()
    this.merged.clear()
    this.transaction++
  }

  /**
   * Here the writer waits for the parser, at the end the person waits for both. Once for each trace: it may grow again. What is
   * dirty then is settled when the import ends; after a crash, when the next one begins.
   */
  private deriveRested(): void {
    const { at } = this.traces
    let spans = 0
    for (const number of this.due) {
      if (at.grown[number] === this.transaction) continue
      if (spans >= derivedPerTransaction) break
      this.leaveToTheEnd(number)
      spans += deriveStored(this.store, at.row[number]!, this.tools)
      at.dirty[number] = 0
    }
  }

  private leaveToTheEnd(number: number): void {
    this.due.delete(number)
    this.traces.at.grown[number] = never
  }

  private growTrace(number: number, rows: Uint32Array): void {
    const { at } = this.traces
    if (at.born[number]! > 0 && at.grown[number] !== never) {
      this.due.add(number)
      at.grown[number] = this.transaction
    }
    const { spans } = this.pending
    // Any numbers; as wide as the ones to come, so that a page has room for them.
    for (const i of rows) {
      spans.at.pre[i] = spans.at.last[i] = spans.at.id[i]!
      spans.at.depth[i] = 2
    }
    this.store.query<number[], unknown>('trace-grow').run(rows.length, at.row[number]!)
    at.dirty[number] = 1
  }

  private announce(batch: Batch): void {
    for (const text of batch.newStrings) {
      this.strings.push(text)
      const number = this.nameRows.add()
      this.nameRows.at.row[number] = this.nameRows.at.trait[number] = 0
    }
    for (const { format, text } of batch.newContexts) {
      const row = this.contexts.id(format, text)
      this.contextRows.push(row)
      this.tools.kept.learnContext(row, format, text)
    }
    this.traces.announce(batch.newTraces)
  }

  /** Row of an announced string in `name`. */
  private name(number: number): number {
    const row = this.nameRows.at.row[number]
    if (row === undefined || row > 0 || number === 0) return row ?? 0
    return (this.nameRows.at.row[number] = this.tools.names.id(this.strings[number]))
  }

  /** Row of an announced text in `trait`. */
  private trait(number: number): number {
    const { trait } = this.nameRows.at
    return number === 0 ? 0 : (trait[number] ||= this.tools.traits.id(this.strings[number]))
  }

  private addBodies({ firstBody, bodies, bodyEnds, bodyHashes, bodiesUsed, position }: Batch): void {
    this.newText.bytes += bodies.length
    this.bodies.packing = packingOfBodies(this.newText.bytes, position)
    for (let k = 0; k < bodyEnds.length; k++) {
      const start = k === 0 ? 0 : bodyEnds[k - 1]!
      this.bodies.add(firstBody + k, bodies, start, bodyEnds[k]!, bodyHashes.subarray(16 * k, 16 * k + 16))
    }
    if (bodiesUsed.length > 0) this.section!.bodies.push(bodiesUsed)
  }

  /** For each record of the batch the row of its new span among the pending ones, -1 where there is none. */
  private addRecords(batch: Batch, file: number, counters: readonly Counter[], seen: SpansSeen): Int32Array {
    const { columns: c, texts, textEnds } = batch
    const { traces, known, pending } = this
    const rows = new Int32Array(batch.records).fill(-1)
    /** First of the records whose texts are still to be added, and its number: they have consecutive ones. */
    let [from, firstId] = [0, this.nextRecord]
    let [label, labelled] = [0, -1]
    for (let i = 0; i < batch.records; i++) {
      const number = traces.resolve(c.trace[i]!, this.transaction)
      const trace = traces.at.row[number]!
      if (traces.at.file[number] !== file) {
        if (traces.seenIn(file, number)) counters[1]!.traces++
        counters[0]!.traces++
      }
      const tag = c.tag[i]!
      const hash = c.hash[i]! % hashes
      const found = known.find(trace, tag, hash)
      if (found) {
        for (const counter of counters) counter.saw(found.span)
        seen[i] = found.span < counters[0]!.first ? found.span : seenInFile
      }
      if (found?.id !== undefined) {
        this.records.addRun(firstId, texts, textEnds, from, i)
        // Only what another import brought needs a claim: this one is removed as a whole.
        if (found.id < this.firstRecord)
          this.section!.claims.push({ id: this.nextRecord++, record: found.id, place: c.place[i]! })
        else if (found.id < counters[0]!.first) this.sharing = true
        ;[from, firstId] = [i + 1, this.nextRecord]
        continue
      }
      const id = this.nextRecord++
      const context = this.contextRows[c.context[i]!] ?? 0
      if (found) {
        known.addFurther(found.span, id, hash)
        this.extras.add(id, found.span, trace, context, whole(c.place[i]!) ?? 0, hash)
        if (!this.merges.add(trace, found.span, { id, context })) {
          this.merged.add(number)
          this.leaveToTheEnd(number)
        }
        continue
      }
      known.add(trace, tag, hash, id)
      const row = (rows[i] = pending.spans.add())
      const s = pending.spans.at
      s.id[row] = id
      s.traceNumber[row] = number
      s.trace[row] = trace
      s.tag[row] = tag
      s.parentTag[row] = c.parentTag[i]!
      s.name[row] = this.name(c.name[i]!)
      s.kind[row] = c.kind[i]!
      s.status[row] = c.status[i]!
      s.start[row] = exact(c.start[i]!)
      s.startNs[row] = c.startNs[i]!
      s.duration[row] = exact(c.duration[i]!)
      s.durationNs[row] = c.durationNs[i]!
      s.context[row] = context
      s.place[row] = c.place[i]!
      s.hash[row] = hash
      s.marks[row] = c.marks[i]!
      s.conventions[row] = c.conventions[i]!
      if (labelled < 0 || !isSameLabel(c, i, labelled)) label = this.label(c, i)
      labelled = i
      s.label[row] = label
      s.trait[row] = this.trait(c.traits[i]!)
      s.call[row] = -1
    }
    this.records.addRun(firstId, texts, textEnds, from, batch.records)
    return rows
  }

  private label(c: RecordColumns, i: number): number {
    return this.tools.labels.id({
      traceName: this.name(c.traceName[i]!),
      session: this.name(c.session[i]!),
      user: this.name(c.user[i]!),
      environment: this.name(c.environment[i]!),
      release: this.name(c.release[i]!),
      application: this.name(c.application[i]!),
      feature: this.name(c.feature[i]!),
      tenant: this.name(c.tenant[i]!),
    })
  }

  /** Usage of a further record is read together with the rest of its span, not here. */
  private addCalls({ calls: c }: Batch, rows: Int32Array): void {
    const { spans, calls } = this.pending
    for (let k = 0; k < c.count; k++) {
      const span = rows[c.record[k]!] ?? -1
      if (span < 0 || spans.at.call[span]! >= 0) continue
      const row = calls.add()
      spans.at.call[span] = row
      calls.at.span[row] = span
      calls.at.model[row] = this.name(c.model[k]!)
      calls.at.provider[row] = this.name(c.provider[k]!)
      calls.at.response[row] = c.response[k]!
      calls.at.prompt[row] = this.name(c.promptName[k]!)
      calls.at.promptVersion[row] = this.name(c.promptVersion[k]!)
      calls.at.input[row] = exact(c.input[k]!)
      calls.at.output[row] = exact(c.output[k]!)
      calls.at.cacheRead[row] = exact(c.cacheRead[k]!)
      calls.at.cacheWrite[row] = exact(c.cacheWrite[k]!)
      calls.at.reasoning[row] = exact(c.reasoning[k]!)
      calls.at.cost[row] = exact(c.cost[k]!)
      calls.at.cacheWrite1h[row] = exact(c.cacheWrite1h[k]!)
      calls.at.costRest[row] = c.costRest[k]!
      calls.at.more[row] = this.name(c.more[k]!)
      calls.at.firstToken[row] = exact(c.firstToken[k]!)
      calls.at.counted[row] = 0
      calls.at.messages[row] = exact(c.messages[k]!)
    }
  }
}

/** Spans of one trace tend to say the same about it: comparing is cheaper than looking up. */
function isSameLabel(c: RecordColumns, i: number, k: number): boolean {
  return (
    c.traceName[i] === c.traceName[k] &&
    c.session[i] === c.session[k] &&
    c.user[i] === c.user[k] &&
    c.environment[i] === c.environment[k] &&
    c.release[i] === c.release[k] &&
    c.application[i] === c.application[k] &&
    c.feature[i] === c.feature[k] &&
    c.tenant[i] === c.tenant[k]
  )
}

/** What the store keeps of a record's hash, which is compared within its span only: six bytes. */
const hashes = 2 ** 47

/** In `grown` of a trace that is derived when the import ends, whatever happened to it before. */
const never = 0xffff_ffff
