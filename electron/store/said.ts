import type { Score } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'
import { readNotes } from './notes.ts'
import type { Store } from './open.ts'
import type { StoredScore } from './spans.ts'

/** A span with the tags and scores that came to it from persons and other systems, after those of its file. */
export function withSaid(store: Store, id: number, span: Span): Span {
  const tags = readNotes(store, 'spans', [id]).tags[0]!.filter(tag => !span.tags?.includes(tag))
  const scores = store.query<[object], StoredScore>('given-scores-of-span').all({ id }).map(toScore)
  return {
    ...span,
    ...(tags.length > 0 ? { tags: [...(span.tags ?? []), ...tags] } : {}),
    ...(scores.length > 0 ? { scores: [...(span.scores ?? []), ...scores] } : {}),
  }
}

function toScore({ name, value, label, explanation, source }: StoredScore): Score {
  return {
    name,
    ...(value === null ? {} : { value }),
    ...(label === null ? {} : { label }),
    ...(explanation === null ? {} : { explanation }),
    ...(source === null ? {} : { source }),
  }
}
