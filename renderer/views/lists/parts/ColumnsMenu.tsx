import { Popover } from '@base-ui/react/popover'
import { ArrowDown, ArrowUp, ChevronDown, Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import { useCommands } from '../../../app/view.ts'
import { Button, IconButton } from '../../../components/button/Button.tsx'
import { viewCommands } from '../commands.ts'
import { columnsOf, movedBy, withColumn, withPin } from '../model/column-choice.ts'
import { columnOf, offeredColumns } from '../model/columns.ts'
import type { ListColumns } from '../use-columns.ts'
import form from './list-dialog.module.css'
import popup from '../../../components/popup/popup.module.css'
import styles from './columns-menu.module.css'
import tones from './tones.module.css'

interface Props {
  readonly kind: ListKind
  readonly columns: ListColumns
}

/** Which columns, in which order, which of them stay on the left. */
export function ColumnsMenu({ kind, columns: { choice, choose } }: Props) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  useCommands([{ ...viewCommands.columns, run: () => setOpen(true) }])
  const shown = columnsOf(kind, choice)
  const needle = wanted.trim().toLowerCase()
  const isShown = (id: string) => shown.some(column => column.id === id)
  const offered = offeredColumns(kind).filter(
    ({ id, label }) => !isShown(id) && (id.includes(needle) || label.toLowerCase().includes(needle)),
  )
  // A score or an attribute under the name its file gave it.
  const typed = needle === '' ? undefined : columnOf(wanted.trim(), kind)
  const named = typed && !isShown(typed.id) && !offered.some(({ id }) => id === typed.id) ? typed : undefined
  const add = (id: string) => {
    choose(now => withColumn(now, id, true))
    setWanted('')
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={popup.tool} data-set={choice !== undefined || undefined}>
        Columns
        <ChevronDown aria-hidden="true" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className={popup.positioner}>
          <Popover.Popup className={styles.columnsPopup} aria-label="Columns">
            <ul className={styles.chosen} aria-label="Shown, from left to right">
              {shown.map(({ id, label, spoken, pinned }, i) => (
                <li key={id} className={styles.chosenItem}>
                  <label>
                    <input type="checkbox" checked onChange={() => choose(now => withColumn(now, id, false))} />
                    <span>{spoken ?? label}</span>
                  </label>
                  <IconButton
                    label={`Move ${spoken ?? label} left`}
                    disabled={i === 0}
                    onClick={() => choose(now => movedBy(now, id, -1))}
                  >
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    label={`Move ${spoken ?? label} right`}
                    disabled={i === shown.length - 1}
                    onClick={() => choose(now => movedBy(now, id, 1))}
                  >
                    <ArrowDown />
                  </IconButton>
                  <IconButton
                    label={pinned ? `Let ${spoken ?? label} go` : `Keep ${spoken ?? label} on the left`}
                    aria-pressed={pinned}
                    onClick={() => choose(now => withPin(now, id, !pinned))}
                  >
                    {pinned ? <PinOff /> : <Pin />}
                  </IconButton>
                </li>
              ))}
            </ul>
            <input
              className={form.search}
              type="search"
              placeholder="Add a column: a field, score.<name>, @attribute"
              aria-label="Find a column"
              value={wanted}
              onChange={event => setWanted(event.target.value)}
              onKeyDown={event => {
                const first = named ?? offered[0]
                if (event.key === 'Enter' && first && needle !== '') add(first.id)
              }}
            />
            <ul className={styles.offered} aria-label="More columns">
              {[...(named ? [named] : []), ...offered].map(({ id, label, spoken, sortable }) => (
                <li key={id}>
                  <button type="button" className={popup.item} onClick={() => add(id)}>
                    <span>{spoken ?? label}</span>
                    <span className={tones.faint}>
                      {id}
                      {!sortable && id !== 'text' ? ', read from the records' : ''}
                    </span>
                  </button>
                </li>
              ))}
              {!named && offered.length === 0 && <li className={tones.faint}>No other column has this name.</li>}
            </ul>
            <div className={styles.popupEnd}>
              <Button disabled={choice === undefined} onClick={() => choose(undefined)}>
                The usual columns
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
