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
  const groups = new Map<string, Map<string, Shortcut>>()
  const add = (command: CommandInfo, fallback: string) => {
    if (!command.keys || command.keys.length === 0) return
    const title = command.group ?? fallback
    const group = groups.get(title) ?? new Map<string, Shortcut>()
    groups.set(title, group)
    if (!group.has(command.id)) group.set(command.id, { ...command, keys: command.keys })
  }
  for (const command of offered) add(command, 'Window')
  for (const view of views) for (const command of view.commands ?? []) add(command, view.title)
  add({ id: 'dismiss', title: 'Close the innermost thing', keys: ['Escape'], group: 'Window' }, 'Window')
  return [...groups].map(([title, commands]) => ({ title, commands: [...commands.values()] }))
}
