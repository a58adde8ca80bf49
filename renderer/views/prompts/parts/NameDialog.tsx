import { Dialog } from '@base-ui/react/dialog'
import { useRef, useState } from 'react'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { DialogFrame } from '../../../components/dialog/DialogFrame.tsx'
import styles from '../prompts.module.css'

interface Props {
  readonly title: string
  readonly label: string
  readonly name: string
  readonly help: string
  /** An empty name takes it away. */
  readonly mayBeEmpty?: boolean
  readonly save: (name: string) => Promise<void>
  readonly close: () => void
}

const longest = 200

/** Asks for a name. */
export function NameDialog({ title, label, name, help, mayBeEmpty = false, save, close }: Props) {
  const [text, setText] = useState(name)
  const box = useRef<HTMLInputElement>(null)
  const said = text.trim()
  const canSave = said !== name && (mayBeEmpty || said !== '')
  return (
    <DialogFrame title={title} initialFocus={box} close={close}>
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          if (canSave) void save(said)
          close()
        }}
      >
        <input
          ref={box}
          type="text"
          aria-label={label}
          maxLength={longest}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <p className={styles.faint}>{help}</p>
        <div className={dialog.actions}>
          <Dialog.Close render={<Button>Cancel</Button>} />
          <Button type="submit" look="primary" disabled={!canSave}>
            Keep
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
