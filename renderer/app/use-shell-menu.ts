import { useEffect } from 'react'
import type { MenuCommand } from '../../shared/contract/shell.ts'
import type { PageClient } from '../state/client.ts'
import { keysOf } from './bindings.ts'
import { availableCommands, onCommandsChanged, runCommand } from './commands.ts'

/** Milliseconds without a change before the menu bar is made anew: opening a view changes much at once. */
const pause = 300
const most = 500

/** The menu bar of the shell has what can be done now, and does what is chosen there. */
export function useShellMenu(client: PageClient, hasMenu: boolean): void {
  useEffect(() => {
    if (!hasMenu) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let shown = ''
    const show = () => {
      const commands = menuOf()
      const text = JSON.stringify(commands)
      if (text === shown) return
      shown = text
      client.ask('shell.menu', { commands }).catch(() => {})
    }
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        show()
      }, pause)
    }
    soon()
    const offs = [onCommandsChanged(soon), client.on('command.chosen', ({ id }) => runCommand(id))]
    return () => {
      clearTimeout(timer)
      for (const off of offs) off()
    }
  }, [client, hasMenu])
}

/** What the palette offers: each once, with its first key. */
function menuOf(): readonly MenuCommand[] {
  const seen = new Set<string>()
  return availableCommands()
    .toReversed()
    .flatMap(command => {
      const { id, title, group = 'Window', sheetOnly } = command
      if (sheetOnly || seen.has(id)) return []
      seen.add(id)
      const [first] = keysOf(command)
      return [{ id, title, group, ...(first === undefined ? {} : { keys: first }) }]
    })
    .slice(0, most)
}
