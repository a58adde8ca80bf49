import { restated } from './batch.ts'
import { SpanIndex } from './span-index.ts'
import type { Store } from './open.ts'

interface StoredRecord {
  readonly id: number
  readonly span: number
  readonly tag: number
  readonly hash: number
}

/** A record the store holds: `span` is its span's id, `id` its own. */
export interface FoundRecord {
  readonly span: number
  /** Undefined when the span is known but says something else now. */
  readonly id: number | undefined
}

/** Which spans and records the store holds, of the traces that this import has touched. */
export class KnownSpans {
  private readonly index = new SpanIndex()
  /** Further records by their span and hash: one message may be told in a hundred thousand lines. */
  private readonly further = new SpanIndex()
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  /** Reads a trace that was there before this import. */
  load(trace: number): void {
    for (const { id, span, tag, hash } of this.store
      .query<[number, number], StoredRecord>('trace-records')
      .all(trace, trace)) {
      if (id === span) this.index.add(trace, tag, hash, id)
      else this.addFurther(span, id, hash)
    }
  }

  /** Undefined when the span is new. */
  find(trace: number, tag: number, hash: number): FoundRecord | undefined {
    const row = this.index.find(trace, tag)
    if (row < 0) return undefined
    const span = this.index.idOf(row)
    if (hash === restated || this.index.hashOf(row) === hash) return { span, id: span }
    const further = this.further.find(span, hash)
    return { span, id: further < 0 ? undefined : this.further.idOf(further) }
  }

  add(trace: number, tag: number, hash: number, id: number): void {
    this.index.add(trace, tag, hash, id)
  }

  addFurther(span: number, id: number, hash: number): void {
    this.further.add(span, hash, hash, id)
  }
}
