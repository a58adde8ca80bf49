import { createContext, useContext, useMemo, useState, type ReactNode, type RefObject } from 'react'
import { useClient, useCommands } from '../../app/view.ts'
import { NoteBar } from '../../components/notes/NoteBar.tsx'
import { NoteDialog } from '../../components/notes/NoteDialog.tsx'
import { TagDialog } from '../../components/notes/TagDialog.tsx'
import type { PageClient } from '../../state/client.ts'
import { noNote, setNote, writeNote, type NotedRow, type RowNote } from '../../state/notes.ts'
import { useTraceNotes, type TraceNotes } from '../../state/trace-notes.ts'
import { noteCommandInfos } from './commands.ts'

interface Noting {
  readonly notes: TraceNotes
  /** What stands on the trace, and on the span; with the ways to put more. */
  readonly ofTrace: ReactNode
  readonly ofSpan: ReactNode
  readonly dialog: ReactNode
}

interface Asked extends NotedRow {
  readonly about: 'tag' | 'note'
}

/** What stands on the selected span: in the details, which are not rendered for every row that an arrow key passes. */
export const SpanNotesContext = createContext<ReactNode>(null)

export function SpanNotes() {
  return useContext(SpanNotesContext)
}

type Ask = (asked: Asked) => void

function actionsOn(client: PageClient, row: NotedRow, note: RowNote, ask: Ask) {
  return {
    note,
    star: () => void setNote(client, { of: row.of, ids: [row.id] }, '', !note.starred),
    tag: () => ask({ ...row, about: 'tag' }),
    write: () => ask({ ...row, about: 'note' }),
  }
}

/** Stars, tags and notes of a trace and of its selected span, by button and by key. */
export function useNoting(trace: number, span: number | undefined, within: RefObject<HTMLElement | null>): Noting {
  const client = useClient()
  const notes = useTraceNotes(trace)
  const [asked, setAsked] = useState<Asked>()
  const ofSpan = (span === undefined ? undefined : notes.spans.get(span)) ?? noNote
  const whole = useMemo(
    () => actionsOn(client, { of: 'traces', id: trace }, notes.trace, setAsked),
    [client, trace, notes.trace],
  )
  const one = useMemo(
    () => (span === undefined ? undefined : actionsOn(client, { of: 'spans', id: span }, ofSpan, setAsked)),
    [client, span, ofSpan],
  )
  const isThere = () => one !== undefined
  useCommands(
    [
      { ...noteCommandInfos.star, when: isThere, run: () => one?.star() },
      { ...noteCommandInfos.tag, when: isThere, run: () => one?.tag() },
      { ...noteCommandInfos.write, when: isThere, run: () => one?.write() },
    ],
    { within },
  )
  useCommands([
    { ...noteCommandInfos.starTrace, run: whole.star },
    { ...noteCommandInfos.tagTrace, run: whole.tag },
    { ...noteCommandInfos.writeTrace, run: whole.write },
  ])
  const close = () => setAsked(undefined)
  const about = asked && (asked.of === 'traces' ? notes.trace : (notes.spans.get(asked.id) ?? noNote))
  return {
    notes,
    ofTrace: useMemo(() => <NoteBar what="trace" {...whole} />, [whole]),
    ofSpan: useMemo(() => one && <NoteBar what="span" {...one} />, [one]),
    dialog: asked && about && <AskedDialog asked={asked} note={about} close={close} />,
  }
}

interface DialogProps {
  readonly asked: Asked
  readonly note: RowNote
  readonly close: () => void
}

function AskedDialog({ asked: { of, id, about }, note, close }: DialogProps) {
  const client = useClient()
  const what = of === 'traces' ? 'trace' : 'span'
  if (about === 'note') {
    const write = (text: string) => void writeNote(client, { of, id }, text)
    return <NoteDialog what={what} note={note.note ?? ''} write={write} close={close} />
  }
  const put = (tag: string, on: boolean) => void setNote(client, { of, ids: [id] }, tag, on)
  return <TagDialog title={`Tag this ${what}`} own={note.tags} put={put} close={close} />
}
