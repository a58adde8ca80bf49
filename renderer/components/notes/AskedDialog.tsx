import { useClient } from '../../app/view.ts'
import type { PageClient } from '../../state/client.ts'
import { setNote, writeNote, type NotedRow, type RowNote } from '../../state/notes.ts'
import { NoteDialog } from './NoteDialog.tsx'
import { TagDialog } from './TagDialog.tsx'

/** A row that somebody wants to write or tag. */
export interface AskedNote extends NotedRow {
  readonly about: 'tag' | 'note'
}

/** What a bar of notes does, for one row. */
export function noteActions(client: PageClient, row: NotedRow, note: RowNote, ask: (asked: AskedNote) => void) {
  return {
    note,
    star: () => void setNote(client, { of: row.of, ids: [row.id] }, '', !note.starred),
    tag: () => ask({ ...row, about: 'tag' }),
    write: () => ask({ ...row, about: 'note' }),
  }
}

interface Props {
  readonly asked: AskedNote
  readonly note: RowNote
  readonly close: () => void
}

export function AskedDialog({ asked: { of, id, about }, note, close }: Props) {
  const client = useClient()
  const what = of === 'traces' ? 'trace' : 'span'
  if (about === 'note') {
    const write = (text: string) => void writeNote(client, { of, id }, text)
    return <NoteDialog what={what} note={note.note ?? ''} write={write} close={close} />
  }
  const put = (tag: string, on: boolean) => void setNote(client, { of, ids: [id] }, tag, on)
  return <TagDialog title={`Tag this ${what}`} own={note.tags} put={put} close={close} />
}
