// Everything the window can do has an id, a name and mostly a key, and stands here while it can be done. The keymap,
// the palette and the shortcut sheet read this list, so they offer what exists and nothing else.

import { keysOf } from './bindings.ts'
import { useLayoutEffect, useRef, type RefObject } from 'react'

/** What a command is, without what it does: a view lists these so that the shortcut sheet knows it when it is shut. */
export interface CommandInfo {
  /** `trace.collapseAll` */
  readonly id: string
  readonly title: string
  /** Any of these runs it: 'Mod+K', 'Shift+E', 'Down'. */
  readonly keys?: readonly string[]
  /** Heading in the palette and the sheet: Window, List, Tree … */
  readonly group?: string
  /** Moving through rows and the like: in the sheet, not in the palette. */
  readonly sheetOnly?: boolean
}

export interface Command extends CommandInfo {
  readonly run: () => void
  /** Absent means always. */
  readonly when?: () => boolean
  /** Also while one writes in a text field. */
  readonly inFields?: boolean
  /** Also while a dialog is open. */
  readonly inDialogs?: boolean
}

interface Entry {
  commands: readonly Command[]
  within: RefObject<HTMLElement | null> | undefined
}

const entries: Entry[] = []
const listeners = new Set<() => void>()

function changed(): void {
  for (const listener of listeners) listener()
}

/** Told whenever the list of commands, or what can be done now, may be another; the answer stops. */
export function onCommandsChanged(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/**
 * Offers commands while the component is mounted. With `within` their keys act only while focus is inside that
 * element, which single letters need; without it they act everywhere.
 */
export function useCommands(
  commands: readonly Command[],
  options: { readonly within?: RefObject<HTMLElement | null> } = {},
): void {
  const { within } = options
  const entry = useRef<Entry>({ commands, within })
  useLayoutEffect(() => {
    entry.current.commands = commands
    entry.current.within = within
    changed()
  })
  // Before anything is painted: who sees the window can use its keys.
  useLayoutEffect(() => {
    const mine = entry.current
    entries.push(mine)
    changed()
    return () => {
      entries.splice(entries.indexOf(mine), 1)
      changed()
    }
  }, [])
}

/** What can be done now, newest first: what the palette offers. */
export function availableCommands(): readonly Command[] {
  return entries.toReversed().flatMap(entry => entry.commands.filter(isAvailable))
}

/** Everything offered by what is mounted, whether or not it can be done now: what the sheet lists. */
export function offeredCommands(): readonly Command[] {
  return entries.flatMap(entry => entry.commands)
}

/** Does what a command of this name does, if it can be done now. */
export function runCommand(id: string): void {
  availableCommands()
    .find(command => command.id === id)
    ?.run()
}

/** The command a key means at this place: the innermost scope wins, then the newest. */
export function commandFor(key: string, target: Element): Command | undefined {
  const inDialog = target.closest('[role=dialog], [role=alertdialog]') !== null
  let found: { command: Command; scope: Element | undefined } | undefined
  for (const entry of entries.toReversed()) {
    const scope = entry.within?.current ?? undefined
    if (entry.within && !scope?.contains(target)) continue
    if (inDialog && !scope?.closest('[role=dialog], [role=alertdialog]') && !entry.commands.some(c => c.inDialogs))
      continue
    const command = entry.commands.find(c => keysOf(c).includes(key) && isAvailable(c))
    if (!command || (inDialog && !scope && !command.inDialogs)) continue
    if (!found || (scope && (!found.scope || (found.scope !== scope && found.scope.contains(scope))))) {
      found = { command, scope }
    }
  }
  return found?.command
}

function isAvailable(command: Command): boolean {
  return command.when?.() ?? true
}
