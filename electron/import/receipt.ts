import { forEachBit } from '../../shared/conventions/bits.ts'
import { spanKinds } from '../../shared/domain/kind.ts'
import type { FileReceipt, ImportReceipt, SkippedRecords, UnreadableRecord } from '../../shared/domain/receipt.ts'
import { marks as allMarks } from '../../shared/domain/marks.ts'
import type { Conflicts } from '../store/conflicts.ts'
import type { Tally } from '../store/tally.ts'
import type { Finished } from '../store/writer.ts'
import type { Batch } from '../store/batch.ts'
import { seenInFile, type SpansSeen } from '../store/batch-reader.ts'
import { formatOf } from './formats/index.ts'
import { mapped } from './formats/mapped.ts'
import { mostPlaces } from './batch-builder.ts'
import { NumberSet } from './number-set.ts'
import type { ParsedFile } from './parse.ts'
import type { UnreadFields } from './unread-fields.ts'
import { mappingsOfFields } from './unknown-record.ts'
import { TimeRange } from './time-range.ts'

const mostListed = 1000

/** What the batches of one file add up to; what is new to the store the writer knows. */
export class FileTally {
  private readonly path: string
  private readonly bytes: number
  private readonly conventionIds: readonly string[]
  private readonly unreadable: UnreadableRecord[] = []
  private unreadableCount = 0
  private readonly skipped = new Map<string, { count: number; places?: string[] }>()
  private readonly kinds = new Uint32Array(spanKinds.length)
  private readonly conventions: Uint32Array
  /** Spans the store had before, so that one told of three times counts once. */
  private readonly seen = new NumberSet()
  private format: string | undefined
  private formats: { readonly [id: string]: number } = {}
  private parsed: ParsedFile | undefined
  private sentBytes = 0
  private readonly times = new TimeRange()
  private failure: FileReceipt['failure']
  /** Of the same file, when it was read. */
  private earlier: FileReceipt | undefined
  private unreadSoFar = 0

  constructor(path: string, bytes: number, conventionIds: readonly string[]) {
    this.path = path
    this.bytes = bytes
    this.conventionIds = conventionIds
    this.conventions = new Uint32Array(conventionIds.length)
  }

  add(batch: Batch, spans: SpansSeen): void {
    for (const record of batch.unreadable) if (this.unreadable.length < mostListed) this.unreadable.push(record)
    this.unreadableCount += batch.unreadableCount
    for (const records of batch.skipped) this.addSkipped(records)
    const { kind, conventions } = batch.columns
    this.times.add(batch)
    const sets = new Map<number, number>()
    for (let i = 0; i < batch.records; i++) {
      const span = spans[i]!
      if (span === seenInFile || (span > 0 && !this.seen.add(span))) continue
      this.kinds[kind[i]!]!++
      const set = conventions[i]!
      sets.set(set, (sets.get(set) ?? 0) + 1)
    }
    for (const [set, count] of sets) forEachBit(set, place => (this.conventions[place]! += count))
  }

  private addSkipped({ what, count, places = [] }: SkippedRecords): void {
    let sort = this.skipped.get(what)
    if (!sort) this.skipped.set(what, (sort = { count: 0 }))
    sort.count += count
    if (places.length > 0) sort.places = [...(sort.places ?? []), ...places].slice(0, mostPlaces)
  }

  done(file: ParsedFile, sentBytes: number): void {
    this.sentBytes = sentBytes
    const [format] = Object.entries(file.formats).sort(([, a], [, b]) => b - a)
    this.format = format?.[0]
    this.formats = file.formats
    this.parsed = file
    this.seen.clear()
    if (format !== undefined || this.failure || file.stopped) return
    if (file.unknown) {
      const [code, message] = file.unknown
      this.failure = { code: code === 'import/unknown-record' ? 'import/unrecognised' : code, message }
    } else if (file.unreadable > 0) {
      this.failure = {
        code: 'import/unrecognised',
        message: this.unreadable[0]?.message ?? 'Nothing in it is a trace.',
      }
    } else this.failure = { code: 'import/empty', message: 'There are no records in it.' }
  }

  /** It came before: what is in it need not be read. */
  repeat(earlier: FileReceipt, unreadFieldsSoFar: number): void {
    this.earlier = earlier
    this.unreadSoFar = unreadFieldsSoFar
    this.unreadableCount = earlier.unreadableCount
  }

  failed(code: string, message: string): void {
    this.failure = { code, message }
    this.seen.clear()
  }

  private get packed(): Pick<FileReceipt, 'packed' | 'unpackedBytes'> {
    const { packed = [], unpackedBytes } = this.parsed ?? {}
    return packed.length === 0 ? {} : { packed, ...(unpackedBytes === undefined ? {} : { unpackedBytes }) }
  }

  /** How sure most of the records of the commonest format are. */
  private get sure(): Pick<FileReceipt, 'sure'> {
    if (this.format === undefined) return {}
    if (this.format === mapped.id) {
      const isGuess = this.parsed?.unknownRows.some(({ from }) => from === 'names and values')
      return { sure: isGuess ? 'guessed' : 'certain' }
    }
    const likely = this.parsed?.likely[this.format] ?? 0
    return { sure: likely * 2 > this.formats[this.format]! ? 'likely' : 'certain' }
  }

  get unreadableRecords(): number {
    return this.unreadableCount
  }

  get hasFailed(): boolean {
    return this.failure !== undefined
  }

  /** Different names in this file and those before it that nothing reads. */
  get unreadFieldsSoFar(): number {
    return this.parsed?.unreadFieldsSoFar ?? this.unreadSoFar
  }

  /** Names in it that nothing reads, where it was read. */
  get unread(): UnreadFields | undefined {
    return this.parsed
  }

  receipt(tally: (Tally & Conflicts) | undefined): FileReceipt {
    const { traces = 0, spans = 0, calls = 0, added = 0, known = 0, messages = 0 } = tally ?? {}
    const { inputTokens = 0, outputTokens = 0, conflicts: disagreements = [], conflictCount = 0 } = tally ?? {}
    const counted = { traces, spans, calls, added, known, messages, inputTokens, outputTokens, marks: marksOf(tally) }
    const conflicts = { conflicts: disagreements, conflictCount }
    if (this.earlier) return { ...this.earlier, path: this.path, bytes: this.bytes, ...counted, ...conflicts }
    const { unreadFields = [], unreadFieldCount = 0 } = this.parsed ?? {}
    const kinds = spanKinds.map((kind, i) => [kind, this.kinds[i]!] as const).filter(([, count]) => count > 0)
    const conventions = this.conventionIds.map((id, i) => [id, this.conventions[i]!] as const)
    // What the failure tells of is not told a second time.
    const isTold = (what: string) => what === mappingsOfFields && this.failure?.code === 'import/mapping'
    const skips = [...this.skipped].filter(([what]) => !isTold(what))
    const skipped: SkippedRecords[] = skips.map(([what, { count, places }]) => ({
      what,
      count,
      ...(places ? { places: places.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })) } : {}),
    }))
    return {
      path: this.path,
      ...(this.format !== undefined && formatOf(this.format) ? { format: this.format } : {}),
      conventions: Object.fromEntries(conventions.filter(([, count]) => count > 0)),
      // A stream has no size beforehand: what was read of it counts.
      bytes: this.bytes || this.sentBytes,
      traces,
      spans,
      calls,
      added,
      known,
      unreadable: this.unreadable,
      unreadableCount: this.unreadableCount,
      skipped,
      kinds: Object.fromEntries(kinds),
      formats: this.formats,
      ...(this.parsed?.protobuf ? { protobuf: this.parsed.protobuf } : {}),
      ...this.sure,
      ...this.packed,
      ...((this.parsed?.unknownRows.length ?? 0) > 0 ? { unknownRows: this.parsed!.unknownRows } : {}),
      messages,
      inputTokens,
      outputTokens,
      ...this.times.range,
      marks: marksOf(tally),
      unreadFields,
      unreadFieldCount,
      conflicts: disagreements,
      conflictCount,
      ...(this.failure ? { failure: this.failure } : {}),
    }
  }
}

function marksOf(tally: Tally | undefined): FileReceipt['marks'] {
  const counts = allMarks.map(
    (mark, i) => [mark, [...(tally?.marks ?? [])].reduce((sum, [bits, n]) => sum + ((bits >> i) & 1) * n, 0)] as const,
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

export function receiptOf(
  tallies: readonly FileTally[],
  finished: Finished,
  stopped: boolean,
  seconds: number,
): ImportReceipt {
  const { traces, spans, calls, inputTokens, outputTokens, added, known, messages } = finished.totals
  const unreadable = tallies.reduce((sum, tally) => sum + tally.unreadableRecords, 0)
  const nothing = spans === 0 && tallies.every(tally => tally.hasFailed)
  return {
    files: tallies.map((tally, i) => tally.receipt(finished.files[i])),
    totals: {
      traces,
      spans,
      calls,
      inputTokens,
      outputTokens,
      added,
      known,
      unreadable,
      messages,
      conflicts: finished.files.reduce((sum, file) => sum + file.conflictCount, 0),
      unreadFields: Math.max(0, ...tallies.map(tally => tally.unreadFieldsSoFar)),
    },
    outcome: stopped ? 'partial' : nothing ? 'failed' : 'complete',
    seconds,
  }
}
