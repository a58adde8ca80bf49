import { Popover } from '@base-ui/react/popover'
import { ArrowDown, ArrowUp, ChevronDown, Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { useCommands, type CommandInfo } from '../../app/view.ts'
import { Button, IconButton } from '../button/Button.tsx'
import popup from '../popup/popup.module.css'
import { movedBy, withColumn, withPin, type ColumnChoice } from './column-choice.ts'
import styles from './columns-menu.module.css'

export interface MenuColumn {
  readonly id: string
  readonly label: string
  /** Read out where the shown name leans on its neighbour. */
  readonly spoken?: string
  /** Said beside the name. */
  readonly aside?: string
  readonly pinned?: boolean
  /** Chosen, and not on the screen: the window is too narrow. */
  readonly noRoom?: boolean
}

interface Props {
  /** From left to right. */
  readonly shown: readonly MenuColumn[]
  /** What else can be chosen by its name. */
  readonly offered: readonly MenuColumn[]
  /** A column that is in no list, under the name that was typed. */
  readonly find?: (name: string) => MenuColumn | undefined
  readonly placeholder: string
  /** Nobody chose them. */
  readonly usual: boolean
  /** Undefined: back to the usual ones. */
  readonly choose: (change: ((choice: ColumnChoice) => ColumnChoice) | undefined) => void
  /** What opens it beside its button. */
  readonly command: CommandInfo
}

/** Which columns, in which order, which of them stay on the left. */
export function ColumnsMenu({ shown, offered, find, placeholder, usual, choose, command }: Props) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  useCommands([{ ...command, run: () => setOpen(true) }])
  const needle = wanted.trim().toLowerCase()
  const isShown = (id: string) => shown.some(column => column.id === id)
  const matching = offered.filter(
    ({ id, label }) => !isShown(id) && (id.toLowerCase().includes(needle) || label.toLowerCase().includes(needle)),
  )
  const typed = needle === '' ? undefined : find?.(wanted.trim())
  const named = typed && !isShown(typed.id) && !matching.some(({ id }) => id === typed.id) ? typed : undefined
  const add = (id: string) => {
    choose(now => withColumn(now, id, true))
    setWanted('')
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={popup.tool} data-set={!usual || undefined}>
        Columns
        <ChevronDown aria-hidden="true" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Popover.Popup className={styles.columnsPopup} aria-label="Columns">
            <ul className={styles.chosen} aria-label="Shown, from left to right">
              {shown.map(({ id, label, spoken = label, pinned = false, noRoom = false }, i) => (
                <li key={id} className={styles.chosenItem}>
                  <label>
                    <input type="checkbox" checked onChange={() => choose(now => withColumn(now, id, false))} />
                    <span>{spoken}</span>
                    {noRoom && <span className={styles.aside}>no room</span>}
                  </label>
                  <IconButton
                    label={`Move ${spoken} left`}
                    disabled={i === 0}
                    onClick={() => choose(now => movedBy(now, id, -1))}
                  >
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    label={`Move ${spoken} right`}
                    disabled={i === shown.length - 1}
                    onClick={() => choose(now => movedBy(now, id, 1))}
                  >
                    <ArrowDown />
                  </IconButton>
                  <IconButton
                    label={pinned ? `Let ${spoken} go` : `Keep ${spoken} on the left`}
                    aria-pressed={pinned}
                    onClick={() => choose(now => withPin(now, id, !pinned))}
                  >
                    {pinned ? <PinOff /> : <Pin />}
                  </IconButton>
                </li>
              ))}
            </ul>
            <input
              className={styles.search}
              type="search"
              placeholder={placeholder}
              aria-label="Find a column"
              value={wanted}
              onChange={event => setWanted(event.target.value)}
              onKeyDown={event => {
                const first = named ?? matching[0]
                if (event.key === 'Enter' && first && needle !== '') add(first.id)
              }}
            />
            <ul className={styles.offered} aria-label="More columns">
              {[...(named ? [named] : []), ...matching].map(({ id, label, spoken, aside }) => (
                <li key={id}>
                  <button type="button" className={popup.item} onClick={() => add(id)}>
                    <span>{spoken ?? label}</span>
                    <span className={styles.aside}>{aside}</span>
                  </button>
                </li>
              ))}
              {!named && matching.length === 0 && <li className={styles.aside}>No other column has this name.</li>}
            </ul>
            <div className={styles.popupEnd}>
              <Button disabled={usual} onClick={() => choose(undefined)}>
                The usual columns
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
