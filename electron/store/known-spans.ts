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
  /** Further records of a span that has several. */
  private readonly further = new Map<number, { id: number; hash: number }[]>()
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
    if (this.index.hashOf(row) === hash) return { span, id: span }
    return { span, id: this.further.get(span)?.find(record => record.hash === hash)?.id }
  }

  add(trace: number, tag: number, hash: number, id: number): void {
    this.index.add(trace, tag, hash, id)
  }

  addFurther(span: number, id: number, hash: number): void {
    const list = this.further.get(span)
    if (list) list.push({ id, hash })
    else this.further.set(span, [{ id, hash }])
  }
}
