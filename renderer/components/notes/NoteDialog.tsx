import { Dialog } from '@base-ui/react/dialog'
import { useRef, useState } from 'react'
import { useCommands } from '../../app/view.ts'
import { Button } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import { DialogFrame } from '../dialog/DialogFrame.tsx'
import { KeyHint } from '../key-hint/KeyHint.tsx'
import styles from './notes.module.css'

interface Props {
  /** `trace`, `span`. */
  readonly what: string
  readonly note: string
  readonly write: (text: string) => void
  readonly close: () => void
}

const longest = 20_000

/** A text of one's own, on a trace or a span. */
export function NoteDialog({ what, note, write, close }: Props) {
  const [text, setText] = useState(note)
  const popup = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const save = () => {
    if (text.trim() !== note) write(text)
    close()
  }
  useCommands(
    [{ id: 'note.save', title: 'Keep the note', keys: ['Mod+Enter'], group: 'List', inFields: true, run: save }],
    { within: popup },
  )
  return (
    <DialogFrame title={`Note on this ${what}`} ref={popup} initialFocus={box} close={close}>
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          save()
        }}
      >
        <textarea
          ref={box}
          aria-label={`Note on this ${what}`}
          placeholder="What you found out, what to ask, whom…"
          maxLength={longest}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <p className={styles.aside}>
          note:… in the query finds it, has:note any. It is kept in the store, and stays when the file is imported
          again.
        </p>
        <div className={dialog.actions}>
          <Dialog.Close render={<Button>Cancel</Button>} />
          {note !== '' && (
            <Button
              onClick={() => {
                write('')
                close()
              }}
            >
              Remove
            </Button>
          )}
          <Button type="submit" look="primary" disabled={text.trim() === note}>
            Keep <KeyHint keys="Mod+Enter" />
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
