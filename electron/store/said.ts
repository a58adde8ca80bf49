import type { Noted } from '../../shared/contract/notes.ts'
import type { Score } from '../../shared/domain/message.ts'
import type { Span } from '../../shared/domain/span.ts'
import { readNotes } from './notes.ts'
import type { Store } from './open.ts'
import { readRemarks } from './remarks.ts'
import type { StoredScore } from './spans.ts'

/** A span with what persons put on it, and with the tags and scores that came to it from them and other systems, after those of its file. */
export function withSaid(store: Store, id: number, span: Span): Span {
  const put = putOn(store, 'spans', id)
  const tags = (put.tags ?? []).filter(tag => !span.tags?.includes(tag))
  const scores = store.query<[object], StoredScore>('given-scores-of-span').all({ id }).map(toScore)
  return {
    ...span,
    ...put,
    ...(span.tags ? { tags: span.tags } : {}),
    ...(tags.length > 0 ? { tags: [...(span.tags ?? []), ...tags] } : {}),
    ...(scores.length > 0 ? { scores: [...(span.scores ?? []), ...scores] } : {}),
  }
}

/** What persons put on a row; what they did not is absent. */
export interface PutOn {
  readonly starred?: true
  readonly tags?: readonly string[]
  readonly note?: string
}

export function putOn(store: Store, of: Noted, id: number): PutOn {
  const { starred, tags } = readNotes(store, of, [id])
  const [note] = readRemarks(store, of, [id])
  return {
    ...(starred[0] ? { starred: true } : {}),
    ...(tags[0]!.length > 0 ? { tags: tags[0]! } : {}),
    ...(note == null ? {} : { note }),
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
