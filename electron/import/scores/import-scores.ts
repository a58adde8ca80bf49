import { InspectorError } from '../../../shared/domain/errors.ts'
import type { ScorePlace, ScoreReceipt } from '../../../shared/domain/score-receipt.ts'
import type { ScoreRow } from '../../../shared/domain/score-row.ts'
import { removeScoreFile, ScoreWriter } from '../../store/given-scores.ts'
import type { Store } from '../../store/open.ts'
import type { ImportFile } from '../inputs.ts'
import { openFile, SentBytes, type ByteSource } from '../sources/bytes.ts'
import { openParts } from '../sources/open.ts'
import { readRows, type ReadRow } from './rows.ts'

export interface ScoreProgress {
  readonly rows: number
  readonly bytes: number
  readonly totalBytes?: number
}

export interface ScoreImportOptions {
  /** For rows that name no score. */
  readonly name?: string | undefined
  readonly isStopped?: () => boolean
  readonly progress?: (progress: ScoreProgress) => void
}

/** Rows looked up and written together: one look through the spans serves them all. */
const atOnce = 20_000
const mostPlaces = 100
const mostNames = 100
/** Rows of distinct names that are counted by themselves. */
const mostCounted = 10_000

/** Imports a file of scores. Throws only where nothing could be read; what happens on the way is in the receipt. */
export async function importScores(
  store: Store,
  file: ImportFile,
  options: ScoreImportOptions = {},
): Promise<{ id: number; receipt: ScoreReceipt }> {
  store.mustBeWritable()
  const source: ByteSource = file.next ? new SentBytes(file.next, file.bytes) : openFile(file.path)
  try {
    return await read(store, file, source, options)
  } finally {
    source.close()
  }
}

async function read(store: Store, file: ImportFile, source: ByteSource, options: ScoreImportOptions) {
  const tally = new Tally(file.path.split(/[\\/]/).at(-1) ?? file.path)
  let writer: ScoreWriter | undefined
  let waiting: { readonly line: number; readonly row: ScoreRow }[] = []
  const write = (): void => {
    writer ??= new ScoreWriter(store, tally.file)
    const rows = waiting
    waiting = []
    const outcomes = writer.write(rows.map(({ row }) => row))
    for (const [i, { line, row }] of rows.entries()) tally.written(line, row, outcomes[i]!)
    writer.note(tally.receipt('partial'))
    options.progress?.({
      rows: tally.rows,
      bytes: source.consumed,
      ...(source.size === undefined ? {} : { totalBytes: source.size }),
    })
  }
  const take = ({ line, row }: ReadRow): void => {
    if (typeof row === 'string') tally.unreadable(line, row)
    else waiting.push({ line, row })
    if (waiting.length >= atOnce) write()
  }
  let failure: ScoreReceipt['failure']
  try {
    reading: for await (const part of openParts(source, file.path, {
      packed: [],
      report: issue => tally.damaged(issue),
    })) {
      if (!('text' in part.content)) throw new InspectorError('scores/not-scores', 'This is no file of scores.')
      for await (const rows of readRows(part.content.text, options.name)) {
        rows.forEach(take)
        if (options.isStopped?.()) break reading
      }
    }
  } catch (error) {
    if (!(error instanceof InspectorError) || tally.rows + waiting.length === 0) throw error
    failure = { code: error.code, message: error.message }
  }
  failure ??= options.isStopped?.() ? { code: 'scores/stopped', message: 'It was stopped.' } : tally.damage
  write()
  const receipt = { ...tally.receipt(failure ? 'partial' : 'complete'), ...(failure ? { failure } : {}) }
  if (receipt.added + receipt.known > 0) {
    writer!.note(receipt)
    writer!.supersede()
  }
  // What gave nothing is nothing that could be removed.
  else removeScoreFile(store, writer!.file)
  return { id: writer!.file, receipt }
}

/** What the receipt counts. */
class Tally {
  readonly file: string
  rows = 0
  damage: ScoreReceipt['failure']
  private added = 0
  private known = 0
  private cut = 0
  private readonly notFound = new Places()
  private readonly broken = new Places()
  private readonly names = new Map<string, number>()

  constructor(file: string) {
    this.file = file
  }

  unreadable(line: number, message: string): void {
    this.rows++
    this.broken.add({ line, message })
  }

  damaged({ code, message }: { readonly code: string; readonly message: string }): void {
    this.damage ??= { code, message }
  }

  written(line: number, { name, cut }: ScoreRow, outcome: 'added' | 'known' | { readonly notFound: string }): void {
    this.rows++
    this.cut += cut
    if (typeof outcome === 'object') return this.notFound.add({ line, message: outcome.notFound })
    if (outcome === 'added') this.added++
    else this.known++
    if (this.names.size < mostCounted || this.names.has(name)) this.names.set(name, (this.names.get(name) ?? 0) + 1)
  }

  receipt(outcome: ScoreReceipt['outcome']): ScoreReceipt {
    const { file, rows, added, known, cut } = this
    const scores = [...this.names]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      .slice(0, mostNames)
    return {
      file,
      outcome,
      rows,
      added,
      known,
      notFound: this.notFound.told(),
      unreadable: this.broken.told(),
      cut,
      scores,
    }
  }
}

class Places {
  private count = 0
  private readonly places: ScorePlace[] = []

  add(place: ScorePlace): void {
    this.count++
    if (this.places.length < mostPlaces) this.places.push(place)
  }

  told(): { count: number; places: ScorePlace[] } {
    return { count: this.count, places: [...this.places] }
  }
}
