import { useState } from 'react'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { DialogFrame } from '../../../components/dialog/DialogFrame.tsx'
import form from '../../../components/form/form.module.css'
import { kept } from '../../../state/kept.ts'
import type { GivenScore } from '../model/given-score.ts'

const nameKey = 'spanwise.replay.score'

interface Props {
  readonly give: (score: GivenScore) => void
  readonly close: () => void
}

/** What somebody says of an answer under a name: scores of one name are compared. */
export function ScoreDialog({ give, close }: Props) {
  const [name, setName] = useState(() => kept.getItem(nameKey) ?? 'quality')
  const [value, setValue] = useState('')
  const [comment, setComment] = useState('')
  const isSaid = name.trim() !== '' && value.trim() !== ''
  return (
    <DialogFrame title="Score this answer" close={close}>
      <form
        className={form.form}
        onSubmit={event => {
          event.preventDefault()
          if (!isSaid) return
          kept.setItem(nameKey, name.trim())
          give({ name, value, comment })
        }}
      >
        <label>
          <span>What is judged</span>
          <input
            autoComplete="off"
            maxLength={200}
            value={name}
            onFocus={event => event.target.select()}
            onChange={event => setName(event.target.value)}
          />
        </label>
        <label>
          <span>How it is: a number, or a word</span>
          <input
            autoComplete="off"
            maxLength={200}
            placeholder="1, 0.5, good, wrong tool …"
            value={value}
            onChange={event => setValue(event.target.value)}
          />
        </label>
        <label>
          <span>Why</span>
          <textarea rows={2} maxLength={20_000} value={comment} onChange={event => setComment(event.target.value)} />
        </label>
        <div className={dialog.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!isSaid}>
            Keep
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
