import { BlockReader } from './block-reader.ts'
import { bodyText } from './body-text.ts'
import { corrupt } from './errors.ts'
import type { Store } from './open.ts'
import { restoreText } from './restore.ts'

/** What a file said about a span: one of its records, every long text back in its place. */
export interface KeptRecord {
  readonly id: number
  /** Id of the format that wrote it. */
  readonly format: string
  /** Path of the file, as the import was given it. */
  readonly file: string
  /** Line in the file, or byte of a binary one. */
  readonly place: number
  /** JSON texts, digits as the file wrote them. */
  readonly record: string
  readonly context: string
}

interface RecordRow {
  readonly id: number
  readonly place: number
  readonly file: string | null
  readonly format: string
  readonly context: string
}

/** Reads kept records. Holds decompressed blocks, so keep one for as long as the store is open. */
export class KeptReader {
  private readonly store: Store
  private readonly records: BlockReader
  private readonly bodies: BlockReader
  private readonly behind: KeptReader | undefined

  constructor(store: Store) {
    this.store = store
    this.records = new BlockReader(store, 'record')
    this.bodies = new BlockReader(store, 'body')
    this.behind = store.behind && new KeptReader(store.behind.store)
  }

  /** The records of a span in order of arrival; empty when there is no such span. */
  read(span: number): KeptRecord[] {
    return this.store.snapshot(() => {
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

  /** One record by its number, every long text in its place. */
  text(id: number): string {
    return this.store.snapshot(() => this.restore(this.record(id)))
  }

  /** What records stood in. */
  context(id: number): { readonly format: string; readonly text: string } {
    return this.store.snapshot(() => {
      const row = this.store.query<[number], { format: string; text: string }>('context-read').get(id)
      return row ? { format: row.format, text: this.restore(row.text) } : this.missing('context', id)
    })
  }

  /** A stored text by its id. */
  body(id: number): string {
    const bytes = this.bodies.read(id)
    return bytes ? bodyText(bytes) : (this.behind?.body(id) ?? this.missing('text', id))
  }

  private record(id: number): string {
    return this.records.read(id)?.toString('utf8') ?? this.behind?.record(id) ?? this.missing('record', id)
  }

  private restore(kept: string): string {
    return restoreText(kept, id => this.body(id))
  }

  private missing(what: string, id: number): never {
    throw corrupt(this.store.path, `${what} ${id} is missing.`)
  }
}
