import { Popover } from '@base-ui/react/popover'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { parseQuery } from '../../../../shared/query/parse.ts'
import { Button } from '../../../components/button/Button.tsx'
import popup from '../../../components/popup/popup.module.css'
import styles from '../costs.module.css'

interface Props {
  readonly label: string
  readonly title: string
  readonly isSet: boolean
  readonly value: string
  readonly save: (text: string) => void
  /** Another thing to choose. */
  readonly other?: { readonly label: string; readonly isOff: boolean; readonly choose: () => void }
}

/** A query in a small panel: checked before it is taken. */
export function QueryMenu({ label, title, isSet, value, save, other }: Props) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState(value)
  const parsed = parseQuery(text)
  const done = (next: string) => {
    save(next)
    setOpen(false)
  }
  return (
    <Popover.Root
      open={open}
      onOpenChange={next => {
        setText(value)
        setOpen(next)
      }}
    >
      <Popover.Trigger className={popup.tool} data-set={isSet || undefined}>
        {label}
        <ChevronDown aria-hidden="true" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Popover.Popup className={styles.panel} aria-label={label}>
            <form
              onSubmit={event => {
                event.preventDefault()
                if (parsed.ok) done(text.trim())
              }}
            >
              <label>
                <span>{title}</span>
                <input
                  className={styles.input}
                  value={text}
                  spellCheck={false}
                  aria-invalid={!parsed.ok}
                  onChange={event => setText(event.target.value)}
                />
              </label>
              {!parsed.ok && <p role="alert">{parsed.error.message}</p>}
              <span className={styles.buttons}>
                <Button type="submit" look="primary" disabled={!parsed.ok}>
                  Use it
                </Button>
                <Button disabled={!isSet} onClick={() => done('')}>
                  None
                </Button>
              </span>
            </form>
            {other && (
              <Button
                disabled={other.isOff}
                onClick={() => {
                  other.choose()
                  setOpen(false)
                }}
              >
                {other.label}
              </Button>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
