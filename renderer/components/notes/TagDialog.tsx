import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { visibleLine } from '../../../shared/format/visible-text.ts'
import { useAsk } from '../../state/use-ask.ts'
import { Button } from '../button/Button.tsx'
import dialog from '../dialog/dialog.module.css'
import { DialogFrame } from '../dialog/DialogFrame.tsx'
import styles from './notes.module.css'

interface Props {
  /** "Tag 3 traces" */
  readonly title: string
  /** Tags that the one row has; undefined where there are several. */
  readonly own: readonly string[] | undefined
  readonly put: (tag: string, on: boolean) => void
  readonly close: () => void
}

const longest = 200

/** A tag: one in use, or a new one. */
export function TagDialog({ title, own, put, close }: Props) {
  const known = useAsk('notes.tags', {}).data?.tags ?? []
  const [word, setWord] = useState('')
  const typed = word.trim()
  const done = (tag: string, on: boolean) => {
    if (tag !== '') put(tag, on)
    close()
  }
  const offered = known.filter(({ tag }) => tag.toLowerCase().includes(typed.toLowerCase())).slice(0, 12)
  return (
    <DialogFrame title={title} close={close}>
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          done(typed, true)
        }}
      >
        <input
          autoComplete="off"
          aria-label="Tag"
          placeholder="A tag in use, or a new one"
          maxLength={longest}
          value={word}
          onChange={event => setWord(event.target.value)}
        />
        {offered.length > 0 && (
          <ul className={styles.known} aria-label="Tags in use">
            {offered.map(({ tag, traces, spans }) => (
              <li key={tag}>
                <button type="button" className={styles.item} onClick={() => done(tag, true)}>
                  <span>{visibleLine(tag, 60)}</span>
                  <span className={styles.aside}>{traces + spans}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {own && own.length > 0 && (
          <p>
            It has{' '}
            {own.map(tag => (
              <Button key={tag} look="quiet" aria-label={`Take off ${tag}`} onClick={() => done(tag, false)}>
                {visibleLine(tag, 40)} ×
              </Button>
            ))}
          </p>
        )}
        <p className={styles.aside}>tag:… in the query asks for it. It stays when the file is imported again.</p>
        <div className={dialog.actions}>
          <Dialog.Close render={<Button>Cancel</Button>} />
          {own === undefined && (
            <Button disabled={typed === ''} onClick={() => done(typed, false)}>
              Take off
            </Button>
          )}
          <Button type="submit" look="primary" disabled={typed === ''}>
            Tag
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
