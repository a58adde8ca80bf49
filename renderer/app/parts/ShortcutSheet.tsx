import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/button/Button.tsx'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { views } from '../../views/index.ts'
import { offeredCommands } from '../commands.ts'
import { showKeys } from '../keys.ts'
import { groupShortcuts } from './shortcut-groups.ts'
import dialog from '../../components/dialog/dialog.module.css'
import styles from './overlay.module.css'

/** Every key there is, from the registry and from the views that are not open now. Filters as you type. */
export function ShortcutSheet({ close }: { readonly close: () => void }) {
  const [groups] = useState(() => groupShortcuts(offeredCommands(), views))
  const [text, setText] = useState('')
  const typed = text.trim().toLowerCase()
  const shown = groups.flatMap(group => {
    const commands = group.commands.filter(command =>
      [command.title, ...command.keys.map(showKeys)].some(words => words.toLowerCase().includes(typed)),
    )
    return commands.length > 0 ? [{ ...group, commands }] : []
  })
  return (
    <Dialog.Root open onOpenChange={open => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={styles.sheet}>
          <div className={styles.sheetHead}>
            <Dialog.Title className={styles.sheetTitle}>Keyboard shortcuts</Dialog.Title>
            <input
              className={styles.filter}
              placeholder="Filter"
              aria-label="Filter shortcuts"
              value={text}
              onChange={event => setText(event.target.value)}
            />
            <Dialog.Close render={<IconButton label="Close" />}>
              <X />
            </Dialog.Close>
          </div>
          {shown.length === 0 && <p className={styles.none}>No shortcut of that name.</p>}
          {/* Scrolls, so the keyboard has to reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={styles.columns} tabIndex={0} role="region" aria-label="Shortcuts">
            {shown.map(group => (
              <section key={group.title} className={styles.group}>
                <h3>{group.title}</h3>
                <dl>
                  {group.commands.map(command => (
                    <div key={command.id} className={styles.shortcut}>
                      <dt>{command.title}</dt>
                      <dd>
                        {command.keys.map(keys => (
                          <span key={keys}>
                            <span className="spoken">{showKeys(keys)} </span>
                            <KeyHint keys={keys} />
                          </span>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
