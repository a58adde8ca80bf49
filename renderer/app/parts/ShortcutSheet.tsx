import { useState } from 'react'
import { KeyHint } from '../../components/key-hint/KeyHint.tsx'
import { Sheet, SheetGroup } from '../../components/sheet/Sheet.tsx'
import { views } from '../../views/index.ts'
import { useBindings } from '../bindings.ts'
import { offeredCommands } from '../commands.ts'
import { showKeys } from '../keys.ts'
import { KeyEditor } from './KeyEditor.tsx'
import { groupShortcuts } from './shortcut-groups.ts'
import styles from './overlay.module.css'

/** Every key there is, from the registry and from the views that are not open now. Filters as you type. */
export function ShortcutSheet({ close }: { readonly close: () => void }) {
  // Taken once: what is open does not change meanwhile, but keys may.
  const [offered] = useState(offeredCommands)
  useBindings()
  const groups = groupShortcuts(offered, views)
  const [told, setTold] = useState('')
  /** Everywhere in the window, or where this command acts. */
  const ownerOf = (id: string, group: string, key: string) =>
    groups
      .filter(({ title }) => title === group || title === 'Window' || group === 'Window')
      .flatMap(({ commands }) => commands)
      .find(other => other.id !== id && other.keys.includes(key))?.title
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
      note={
        <p className={styles.none} role="status">
          {shown.length === 0 ? 'No shortcut of that name.' : told}
        </p>
      }
    >
      {shown.map(group => (
        <SheetGroup key={group.title} title={group.title}>
          <dl>
            {group.commands.map(command => (
              <div key={command.id} className={styles.shortcut}>
                <dt>{command.title}</dt>
                <dd>
                  {command.id === 'dismiss' ? (
                    <KeyHint keys="Escape" />
                  ) : (
                    <KeyEditor
                      id={command.id}
                      title={command.title}
                      keys={command.keys}
                      ownerOf={key => ownerOf(command.id, group.title, key)}
                      tell={setTold}
                    />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </SheetGroup>
      ))}
    </Sheet>
  )
}
