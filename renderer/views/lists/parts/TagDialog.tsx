import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { useAsk, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { setNote } from '../../../state/notes.ts'
import { selectedCount, targetOf } from '../model/actions.ts'
import type { ListMemory } from '../model/memory.ts'
import { idOf } from '../model/page.ts'
import { rowAt } from '../model/row-list.ts'
import { titles } from '../model/titles.ts'
import form from './list-dialog.module.css'
import popup from '../../../components/popup/popup.module.css'
import tones from './tones.module.css'

interface Props {
  readonly memory: ListMemory
  /** The row that is tagged where none is selected. */
  readonly index: number
  readonly close: () => void
}

const longest = 200

/** A tag for what is selected: one in use, or a new one. */
export function TagDialog({ memory, index, close }: Props) {
  const client = useClient()
  const known = useAsk('notes.tags', {}).data?.tags ?? []
  const [word, setWord] = useState('')
  const target = targetOf(memory, index)
  const count = selectedCount(memory) || 1
  const row = rowAt(memory.list.get().pages, index)
  const own = row && memory.notes.get().get(idOf(row))?.tags
  const typed = word.trim()
  const put = (tag: string, on: boolean) => {
    if (target && tag !== '') void setNote(client, target, tag, on)
    close()
  }
  const offered = known.filter(({ tag }) => tag.toLowerCase().includes(typed.toLowerCase())).slice(0, 12)
  return (
    <Dialog.Root open onOpenChange={isOpen => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={`${dialog.dialog} ${form.small}`}>
          <Dialog.Title className={dialog.title}>Tag {titles[memory.kind].count(count)}</Dialog.Title>
          <form
            className={form.form}
            onSubmit={event => {
              event.preventDefault()
              put(typed, true)
            }}
          >
            <input
              autoComplete="off"
              className={form.search}
              aria-label="Tag"
              placeholder="A tag in use, or a new one"
              maxLength={longest}
              value={word}
              onChange={event => setWord(event.target.value)}
            />
            {offered.length > 0 && (
              <ul className={form.tags} aria-label="Tags in use">
                {offered.map(({ tag, traces, spans }) => (
                  <li key={tag}>
                    <button type="button" className={popup.item} onClick={() => put(tag, true)}>
                      <span>{visibleLine(tag, 60)}</span>
                      <span className={tones.faint}>{traces + spans}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {count === 1 && own && own.length > 0 && (
              <p className={form.tagged}>
                It has{' '}
                {own.map(tag => (
                  <Button key={tag} look="quiet" aria-label={`Take off ${tag}`} onClick={() => put(tag, false)}>
                    {visibleLine(tag, 40)} ×
                  </Button>
                ))}
              </p>
            )}
            <p className={tones.muted}>tag:… in the query asks for it. It stays when the file is imported again.</p>
            <div className={dialog.actions}>
              <Dialog.Close render={<Button>Cancel</Button>} />
              <Button disabled={typed === '' || count === 1} onClick={() => put(typed, false)}>
                Take off
              </Button>
              <Button type="submit" look="primary" disabled={typed === '' || !target}>
                Tag
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
