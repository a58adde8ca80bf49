import { useEffect, useMemo } from 'react'
import { useClient } from './client.ts'
import { rowNotesOf, type RowNote } from './notes.ts'
import { useAsk } from './use-ask.ts'

/** Rows that one question asks about. */
const most = 1000

/** What persons put on these spans, read again whenever somebody puts more. */
export function useSpanNotes(ids: readonly number[]): ReadonlyMap<number, RowNote> {
  const client = useClient()
  const asked = ids.slice(0, most)
  const { data, again, fresh } = useAsk('notes.read', asked.length === 0 ? null : { of: 'spans', ids: asked })
  useEffect(() => client.on('notes.changed', again), [client, again])
  const key = asked.join(' ')
  return useMemo(() => new Map(data && fresh ? rowNotesOf(key.split(' ').map(Number), data) : []), [key, data, fresh])
}
