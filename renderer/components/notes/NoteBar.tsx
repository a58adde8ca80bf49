import { NotebookPen, Star, Tag } from 'lucide-react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import type { RowNote } from '../../state/notes.ts'
import styles from './notes.module.css'

interface Props {
  /** What it stands on: `trace`, `span`. */
  readonly what: string
  readonly note: RowNote
  readonly star: () => void
  readonly tag: () => void
  readonly write: () => void
}

/** What persons put on a trace or a span, and the ways to put more. */
export function NoteBar({ what, note: { starred, tags, note }, star, tag, write }: Props) {
  return (
    <span className={styles.bar} role="group" aria-label={`Your notes on this ${what}`}>
      <button
        type="button"
        className={styles.action}
        aria-pressed={starred}
        aria-label={`Star this ${what}`}
        title={starred ? `Take the star off this ${what}` : `Star this ${what}`}
        onClick={star}
      >
        <Star aria-hidden size={13} fill={starred ? 'currentColor' : 'none'} />
      </button>
      {tags.map(one => (
        <button
          key={one}
          type="button"
          className={styles.tag}
          aria-label={`Tag ${visibleLine(one, 60)}: change`}
          onClick={tag}
        >
          {visibleLine(one, 40)}
        </button>
      ))}
      <button
        type="button"
        className={styles.action}
        aria-label={`Tag this ${what}`}
        title={`Tag this ${what}…`}
        onClick={tag}
      >
        <Tag aria-hidden size={13} />
      </button>
      <button
        type="button"
        className={note === undefined ? styles.action : styles.text}
        aria-label={note === undefined ? `Write a note on this ${what}` : `Note: ${visibleLine(note, 200)}. Change it`}
        title={note === undefined ? `Write a note on this ${what}…` : visibleLine(note, 600)}
        onClick={write}
      >
        <NotebookPen aria-hidden size={13} /> {note !== undefined && <span>{visibleLine(note, 120)}</span>}
      </button>
    </span>
  )
}

/** Among the words of a row: what is on it. */
export function NoteMarks({ note }: { readonly note: RowNote }) {
  return (
    <span className={styles.marks} aria-hidden title={wordsOfNote(note)}>
      {note.starred && <Star size={11} fill="currentColor" />}
      {note.tags.length > 0 && <Tag size={11} />}
      {note.note !== undefined && <NotebookPen size={11} />}
    </span>
  )
}

/** "starred, tag bug, note: ask Ada" */
export function wordsOfNote({ starred, tags, note }: RowNote): string {
  return [
    ...(starred ? ['starred'] : []),
    ...tags.map(tag => `tag ${visibleLine(tag, 60)}`),
    ...(note === undefined ? [] : [`note: ${visibleLine(note, 200)}`]),
  ].join(', ')
}
