import { spanTag } from '../../shared/domain/span-tag.ts'
import type { Store } from './open.ts'

/** What a person put on a trace, or on a span of it, in another store: it came with a bundle. */
export interface GivenNote {
  readonly trace: string
  readonly span?: string
  readonly starred?: true
  readonly tags?: readonly string[]
  readonly note?: string
}

/** Beside what stands there: nothing that was put on a row here is replaced. */
export function keepNotes(store: Store, given: readonly GivenNote[]): void {
  for (const { trace, span, starred, tags, note } of given) {
    const place = { trace, span: span === undefined ? 0 : spanTag(span) }
    for (const word of [...(starred ? [''] : []), ...(tags ?? [])]) {
      store.query<[object], unknown>('note-keep').run({ ...place, word })
    }
    if (note !== undefined) store.query<[object], unknown>('remark-keep').run({ ...place, text: note })
  }
}
