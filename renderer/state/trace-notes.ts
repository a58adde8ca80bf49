import { useEffect, useMemo } from 'react'
import { useClient } from './client.ts'
import { noNote, rowNotesOf, type RowNote } from './notes.ts'
import { useAsk } from './use-ask.ts'

export interface TraceNotes {
  /** What stands on the trace itself. */
  readonly trace: RowNote
  /** By row id, for spans that have anything. */
  readonly spans: ReadonlyMap<number, RowNote>
}

/** What persons put on a trace and its spans, read again whenever somebody puts more. */
export function useTraceNotes(trace: number): TraceNotes {
  const client = useClient()
  const own = useAsk('notes.read', { of: 'traces', ids: [trace] })
  const spans = useAsk('notes.ofTrace', { trace })
  const [again, againSpans] = [own.again, spans.again]
  useEffect(
    () =>
      client.on('notes.changed', () => {
        again()
        againSpans()
      }),
    [client, again, againSpans],
  )
  return useMemo(
    () => ({
      trace: own.data ? (rowNotesOf([trace], own.data)[0]?.[1] ?? noNote) : noNote,
      spans: new Map(spans.data ? rowNotesOf(spans.data.ids, spans.data) : []),
    }),
    [trace, own.data, spans.data],
  )
}
