import { Dialog } from '@base-ui/react/dialog'
import { Menu } from '@base-ui/react/menu'
import { Bookmark, ChevronDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Output } from '../../../../shared/contract/index.ts'
import type { ListKind } from '../../../../shared/contract/lists.ts'
import type { SavedView } from '../../../../shared/contract/views.ts'
import { visibleLine } from '../../../../shared/format/visible-text.ts'
import { navigate, useAsk, useClient } from '../../../app/view.ts'
import { Button } from '../../../components/button/Button.tsx'
import dialog from '../../../components/dialog/dialog.module.css'
import { DialogFrame } from '../../../components/dialog/DialogFrame.tsx'
import { removeView, saveView } from '../../../state/saved-views.ts'
import type { ColumnChoice } from '../../../components/columns/column-choice.ts'
import { listMemory } from '../model/memory.ts'
import type { ListState } from '../model/row-list.ts'
import { printSort, type ListSort } from '../model/sort.ts'
import form from './list-dialog.module.css'
import own from './saved-views.module.css'
import popup from '../../../components/popup/popup.module.css'
import tones from './tones.module.css'

interface Props {
  readonly kind: ListKind
  readonly state: ListState
  readonly sort: ListSort
  readonly choice: ColumnChoice | undefined
  readonly show: (choice: ColumnChoice | undefined) => void
  readonly saving: boolean
  readonly save: (open: boolean) => void
}

type Saved = Output<'views.list'>['views'][number]

/** Queries with a name, each with its list, order and columns. */
export function SavedViews({ kind, state, sort, choice, saving, save }: Props) {
  const client = useClient()
  const asked = useAsk('views.list', {})
  const { again } = asked
  useEffect(() => client.on('notes.changed', again), [client, again])
  const saved = asked.data?.views ?? []
  const now: SavedView = {
    list: kind,
    query: state.query,
    sort: printSort(sort),
    ...(state.group === undefined ? {} : { group: state.group }),
    ...(choice ? { columns: [...choice] } : {}),
  }
  const open = ({ view }: Saved) => {
    listMemory(client, view.list).columns.set(view.columns)
    const parts = { q: view.query === '' ? undefined : view.query, sort: view.sort, group: view.group }
    const known = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
    const search = new URLSearchParams(known).toString()
    navigate(`/${view.list}${search === '' ? '' : `?${search}`}`)
  }
  return (
    <>
      <Menu.Root>
        <Menu.Trigger render={<Button className={own.saved} />}>
          <Bookmark aria-hidden="true" size={12} /> Saved
          <ChevronDown aria-hidden="true" size={12} />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className={popup.positioner}>
            <Menu.Popup className={popup.menu}>
              {saved.length === 0 && (
                <p className={popup.hint}>A query you save is kept here, for everybody who opens this store.</p>
              )}
              {saved.map(one => (
                <Menu.Item key={one.id} className={popup.item} onClick={() => open(one)}>
                  <span>{visibleLine(one.name, 60)}</span>
                  <span className={tones.faint}>{one.view.list}</span>
                </Menu.Item>
              ))}
              <Menu.Separator className={popup.separator} />
              <Menu.Item className={popup.item} onClick={() => save(true)}>
                Save this view…
              </Menu.Item>
              {saved.length > 0 && (
                <Menu.SubmenuRoot>
                  <Menu.SubmenuTrigger className={popup.item}>Remove a saved view</Menu.SubmenuTrigger>
                  <Menu.Portal>
                    <Menu.Positioner className={popup.positioner} sideOffset={4}>
                      <Menu.Popup className={popup.menu}>
                        {saved.map(one => (
                          <Menu.Item key={one.id} className={popup.item} onClick={() => void removeView(client, one)}>
                            {visibleLine(one.name, 60)}
                          </Menu.Item>
                        ))}
                      </Menu.Popup>
                    </Menu.Positioner>
                  </Menu.Portal>
                </Menu.SubmenuRoot>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {saving && <SaveDialog taken={saved} view={now} close={() => save(false)} />}
    </>
  )
}

interface SaveProps {
  readonly taken: readonly Saved[]
  readonly view: SavedView
  readonly close: () => void
}

function SaveDialog({ taken, view, close }: SaveProps) {
  const client = useClient()
  const [name, setName] = useState('')
  const typed = name.trim()
  const before = taken.find(one => one.name === typed)
  return (
    <DialogFrame title="Save this view" close={close}>
      <form
        className={form.form}
        onSubmit={event => {
          event.preventDefault()
          void saveView(client, typed, view)
          close()
        }}
      >
        <input
          autoComplete="off"
          className={form.search}
          aria-label="Name"
          placeholder="A name"
          maxLength={200}
          value={name}
          onChange={event => setName(event.target.value)}
        />
        <p className={tones.muted}>
          {view.query === '' ? `All ${view.list}` : <code>{visibleLine(view.query, 200)}</code>}, with its order
          {view.columns ? ' and columns' : ''}.{before && ' The view of this name is replaced.'}
        </p>
        <div className={dialog.actions}>
          <Dialog.Close render={<Button>Cancel</Button>} />
          <Button type="submit" look="primary" disabled={typed === ''}>
            {before ? 'Replace' : 'Save'}
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}
