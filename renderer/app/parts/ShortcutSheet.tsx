import { useState } from 'react'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { Sheet, SheetGroup } from '../../components/sheet/Sheet.tsx'
import { views } from '../../views/index.ts'
import { offeredCommands } from '../commands.ts'
import { showKeys } from '../keys.ts'
import { groupShortcuts } from './shortcut-groups.ts'
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
    <Sheet
      title="Keyboard shortcuts"
      label="Shortcuts"
      close={close}
      head={
        <input
          className={styles.filter}
          placeholder="Filter"
          aria-label="Filter shortcuts"
          value={text}
          onChange={event => setText(event.target.value)}
        />
      }
      note={shown.length === 0 && <p className={styles.none}>No shortcut of that name.</p>}
    >
      {shown.map(group => (
        <SheetGroup key={group.title} title={group.title}>
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
        </SheetGroup>
      ))}
    </Sheet>
  )
}
