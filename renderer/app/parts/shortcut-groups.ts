import { isRebound, keysOf } from '../bindings.ts'
import type { CommandInfo } from '../commands.ts'
import type { ViewDefinition } from '../view.ts'

interface Shortcut extends CommandInfo {
  readonly keys: readonly string[]
}

export interface ShortcutGroup {
  readonly title: string
  readonly commands: readonly Shortcut[]
}

/** Commands with a key under their headings: those offered now, then what shut views say they will offer. */
export function groupShortcuts(
  offered: readonly CommandInfo[],
  views: readonly ViewDefinition[],
): readonly ShortcutGroup[] {
  const groups = new Map<string, Shortcut[]>()
  const seen = new Set<string>()
  const add = (command: CommandInfo, fallback: string) => {
    const keys = keysOf(command)
    // What has lost its key stays, to be given another.
    if (keys.length === 0 && !isRebound(command.id)) return
    // A tree walks its rows as a list does: said once.
    const meaning = `${command.id} ${command.title}`
    if (seen.has(meaning)) return
    seen.add(meaning)
    const title = command.group ?? fallback
    const group = groups.get(title) ?? []
    groups.set(title, group)
    group.push({ ...command, keys })
  }
  for (const command of offered) add(command, 'Window')
  for (const view of views) for (const command of view.commands ?? []) add(command, view.title)
  add({ id: 'dismiss', title: 'Close the innermost thing', keys: ['Escape'], group: 'Window' }, 'Window')
  return [...groups].map(([title, commands]) => ({ title, commands }))
}
