import { createContext, useContext, useMemo, useState, type ReactNode, type RefObject } from 'react'
import { useClient, useCommands } from '../../app/view.ts'
import { NoteBar } from '../../components/notes/NoteBar.tsx'
import { AskedDialog, noteActions, type AskedNote } from '../../components/notes/AskedDialog.tsx'
import { noNote } from '../../state/notes.ts'
import { useTraceNotes, type TraceNotes } from '../../state/trace-notes.ts'
import { noteCommandInfos } from './commands.ts'

interface Noting {
  readonly notes: TraceNotes
  /** What stands on the trace, and on the span; with the ways to put more. */
  readonly ofTrace: ReactNode
  readonly ofSpan: ReactNode
  readonly dialog: ReactNode
}

/** What stands on the selected span: in the details, which are not rendered for every row that an arrow key passes. */
export const SpanNotesContext = createContext<ReactNode>(null)

export function SpanNotes() {
  return useContext(SpanNotesContext)
}

/** Stars, tags and notes of a trace and of its selected span, by button and by key. */
export function useNoting(trace: number, span: number | undefined, within: RefObject<HTMLElement | null>): Noting {
  const client = useClient()
  const notes = useTraceNotes(trace)
  const [asked, setAsked] = useState<AskedNote>()
  const ofSpan = (span === undefined ? undefined : notes.spans.get(span)) ?? noNote
  const whole = useMemo(
    () => noteActions(client, { of: 'traces', id: trace }, notes.trace, setAsked),
    [client, trace, notes.trace],
  )
  const one = useMemo(
    () => (span === undefined ? undefined : noteActions(client, { of: 'spans', id: span }, ofSpan, setAsked)),
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
