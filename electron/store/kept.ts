import { BlockReader } from './block-reader.ts'
import { bodyText } from './body-text.ts'
import { corrupt } from './errors.ts'
import { Context, LateText, type KeptText, type TextSource } from './kept-text.ts'
import type { Store } from './open.ts'
import { restoreText, type Replace } from './restore.ts'

export type { KeptText } from './kept-text.ts'

export interface KeptRecord extends KeptText {
  /** Path of the file, as the import was given it. */
  readonly file: string
  /** Line in the file, or byte of a binary one. */
  readonly place: number
}

interface RecordRow {
  readonly id: number
  readonly place: number
  readonly file: string | null
  readonly format: string
  readonly context: string
}

interface SpanRecordRow {
  readonly id: number
  readonly span: number
  readonly context: number
}

export interface SpanRecords {
  readonly span: number
  readonly records: KeptText[]
}

/** How records are read otherwise than as they were written. */
export interface Rewriting {
  /** What stands in place of a body; it is given a way to read the body. */
  readonly written?: (id: number, read: () => string) => string
  readonly replace?: Replace
  /** Of decompressed texts that are held of records, and of bodies; where spans are read in order, few are asked for again. */
  readonly heldBytes?: number
}

/** Spans whose records are looked up at once. */
const spansAtOnce = 500
const mostContexts = 10_000
/** Characters of contexts that are held, and of records that are read ahead. */
const mostContextText = 8 << 20
const mostReadAhead = 16 << 20

/** Reads kept records. Holds decompressed blocks, so keep one for as long as the store is open. */
export class KeptReader {
  private readonly store: Store
  private readonly records: BlockReader
  private readonly bodies: BlockReader
  private readonly behind: KeptReader | undefined
  /** By row: records that follow one another share a few, or each has its own. */
  private readonly contexts = new Map<number, Context>()
  private contextText = 0
  private version = -1
  private readonly bodyOf: (id: number) => string
  private readonly replace: Replace | undefined
  /** Absent where something else is put in the place of texts. */
  private readonly source: TextSource | undefined

  /** `beside` reads the same store: both hold the same blocks. */
  constructor(store: Store, { written, replace, heldBytes }: Rewriting = {}, beside?: KeptReader) {
    this.store = store
    this.replace = replace
    this.bodyOf = written ? id => written(id, () => this.bodyText(id)) : id => this.bodyText(id)
    this.records = beside?.records ?? new BlockReader(store, 'record', heldBytes)
    this.bodies = beside?.bodies ?? new BlockReader(store, 'body', heldBytes)
    this.behind = beside?.behind ?? (store.behind && new KeptReader(store.behind.store))
    this.source =
      written || replace
        ? undefined
        : { kept: id => this.record(id), contextOf: id => this.contextOf(id), bodyOf: this.bodyOf }
  }

  /** The records of a span in order of arrival; empty when there is no such span. */
  read(span: number): KeptRecord[] {
    return this.store.snapshot(() => {
      this.forgetWhenChanged()
      const rows = this.store.query<[number, number], RecordRow>('kept-records').all(span, span)
      return rows.map(row => ({
        id: row.id,
        format: row.format,
        file: row.file ?? '',
        place: row.place,
        record: this.restore(this.record(row.id)),
        context: this.restore(row.context),
      }))
    })
  }

  /**
   * What a reading needs of many spans: their records in order of arrival, span by span, ascending. For use within a
   * transaction. A fortieth of the time of `read` for each where the spans lie side by side; where their records lie apart,
   * the more `atOnce`, the fewer blocks are opened twice.
   */
  *texts(spans: readonly number[], atOnce = spansAtOnce): Generator<SpanRecords> {
    for (const { span, rows } of this.rowsOf(spans, atOnce)) {
      yield { span, records: rows.map(({ id, context, kept }) => this.keptText(id, context, kept)) }
    }
  }

  /** The same with references in place of long texts, which `whole` puts back. */
  *outlines(spans: readonly number[]): Generator<SpanRecords> {
    for (const { span, rows } of this.rowsOf(spans, spansAtOnce)) {
      const records = rows.map(({ id, context, kept = this.record(id) }) => {
        const { format, text } = this.contextOf(context)
        return { id, format, record: kept, context: text }
      })
      yield { span, records }
    }
  }

  /** A record of `outlines` with its long texts in place. */
  whole(outline: KeptText): KeptText {
    return { ...outline, record: restoreText(outline.record, this.bodyOf, this.replace) }
  }

  private *rowsOf(spans: readonly number[], atOnce: number) {
    const find = this.store.query<[{ spans: string }], SpanRecordRow>('records-of-spans')
    for (let from = 0; from < spans.length; from += atOnce) {
      const found = find.all({ spans: JSON.stringify(spans.slice(from, from + atOnce)) })
      this.forgetWhenChanged()
      const ahead = this.readAhead(found)
      for (let i = 0; i < found.length;) {
        const { span } = found[i]!
        const rows: { readonly id: number; readonly context: number; readonly kept: string | undefined }[] = []
        for (; found[i]?.span === span; i++) {
          const { id, context } = found[i]!
          rows.push({ id, context, kept: ahead?.get(id) })
        }
        yield { span, rows }
      }
    }
  }

  /** Records by their numbers and the rows of their contexts. For use within a transaction that wrote them. */
  textsOf(records: readonly { readonly id: number; readonly context: number }[]): KeptText[] {
    return records.map(({ id, context }) => this.keptText(id, context))
  }

  /** A context that was just written need not be looked up. */
  learnContext(id: number, format: string, kept: string): void {
    this.rememberContext(id, new Context(format, kept, this.bodyOf))
  }

  /** One record by its number, every long text in its place. */
  text(id: number): string {
    return this.store.snapshot(() => {
      this.forgetWhenChanged()
      return this.restore(this.record(id))
    })
  }

  /** What records stood in. */
  context(id: number): { readonly format: string; readonly text: string } {
    return this.store.snapshot(() => {
      this.forgetWhenChanged()
      return this.contextOf(id)
    })
  }

  private keptText(id: number, context: number, read?: string): KeptText {
    if (this.source) return new LateText(id, context, this.source, read)
    const { format, text } = this.contextOf(context)
    return { id, format, record: restoreText(read ?? this.record(id), this.bodyOf, this.replace), context: text }
  }

  /** The kept texts of spans whose records lie apart, in the order in which these stand in their blocks. */
  private readAhead(rows: readonly SpanRecordRow[]): Map<number, string> | undefined {
    if (rows.every(({ id, span }) => id === span)) return undefined
    const texts = new Map<number, string>()
    let length = 0
    for (const { id } of rows.toSorted((a, b) => a.id - b.id)) {
      if (length > mostReadAhead) break
      const text = this.record(id)
      texts.set(id, text)
      length += text.length
    }
    return texts
  }

  private contextOf(id: number): Context {
    const found = this.contexts.get(id)
    if (found) return found
    const row =
      this.store.query<[number], { format: string; text: string }>('context-read').get(id) ??
      this.missing('context', id)
    return this.rememberContext(id, new Context(row.format, row.text, this.bodyOf))
  }

  private rememberContext(id: number, context: Context): Context {
    if (this.contexts.size >= mostContexts || this.contextText >= mostContextText) this.forgetContexts()
    this.contexts.set(id, context)
    this.contextText += context.kept.length
    return context
  }

  private forgetContexts(): void {
    this.contexts.clear()
    this.contextText = 0
  }

  /** A body as it is. For use within a transaction. */
  body(id: number): string {
    return this.bodyText(id)
  }

  private bodyText(id: number): string {
    const bytes = this.bodies.read(id)
    return bytes ? bodyText(bytes) : (this.behind?.bodyText(id) ?? this.missing('text', id))
  }

  /** Another process may have rewritten blocks, or given a number that was removed to something else. */
  private forgetWhenChanged(): void {
    // Prepared once: `pragma()` prepares a statement each time, whose memory waits for a collection that never comes.
    const { data_version: version } = this.store.statement<[], { data_version: number }>('PRAGMA data_version').get()!
    this.behind?.forgetWhenChanged()
    if (version === this.version) return
    this.version = version
    this.records.forget()
    this.bodies.forget()
    this.forgetContexts()
  }

  private record(id: number): string {
    return this.records.read(id)?.toString('utf8') ?? this.behind?.record(id) ?? this.missing('record', id)
  }

  private restore(kept: string): string {
    return restoreText(kept, this.bodyOf)
  }

  private missing(what: string, id: number): never {
    throw corrupt(this.store.path, `${what} ${id} is missing.`)
  }
}
