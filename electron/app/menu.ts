import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/contract/shell.ts'
import { visibleLine } from '../../shared/format/visible-text.ts'

interface MenuOptions {
  readonly isMac: boolean
  readonly isPackaged: boolean
  /** What the page can do now: there is no other list of commands. */
  readonly commands: readonly MenuCommand[]
  readonly run: (id: string) => void
}

/** Under which heading groups of commands stand; any other group is a heading of its own. */
const headings: readonly (readonly [heading: string, groups: readonly string[]])[] = [
  ['File', ['Import', 'Export']],
  ['View', ['Window', 'Settings']],
]
const last = 'Help'

/**
 * The menu bar: the page's own commands, and what the system does by itself (clipboard, window, quit). Keys that the
 * page handles are shown, not registered: the page knows what has the focus. Reloading and the developer tools exist
 * only while developing.
 */
export function menuTemplate({ isMac, isPackaged, commands, run }: MenuOptions): MenuItemConstructorOptions[] {
  const groups = Map.groupBy(commands, ({ group }) => group)
  const item = ({ id, title, keys }: MenuCommand): MenuItemConstructorOptions => {
    const accelerator = keys === undefined ? undefined : acceleratorOf(keys, isMac)
    return {
      label: labelOf(title),
      click: () => run(id),
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    }
  }
  const itemsOf = (group: string) => (groups.get(group) ?? []).map(item)
  const under = (names: readonly string[]) =>
    names
      .map(itemsOf)
      .reduce((all, items) => (all.length > 0 && items.length > 0 ? [...all, line, ...items] : [...all, ...items]), [])
  const headed = new Set([...headings.flatMap(([, names]) => names), last])
  const others = [...groups.keys()].filter(group => !headed.has(group))
  const developing: MenuItemConstructorOptions[] = isPackaged
    ? []
    : [line, { role: 'reload' }, { role: 'toggleDevTools' }]
  const [file, view] = headings.map(([, names]) => under(names)) as [
    MenuItemConstructorOptions[],
    MenuItemConstructorOptions[],
  ]
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [...file, ...(file.length > 0 ? [line] : []), isMac ? { role: 'close' } : { role: 'quit' }],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [...view, ...(view.length > 0 ? [line] : []), { role: 'togglefullscreen' }, ...developing],
    },
    ...others.map(group => ({ label: labelOf(group), submenu: itemsOf(group) })),
    { role: 'windowMenu' },
    ...(groups.has(last) ? [{ label: last, submenu: itemsOf(last) }] : []),
  ]
}

const line: MenuItemConstructorOptions = { type: 'separator' }

/** An ampersand would underline the letter after it. */
function labelOf(text: string): string {
  return visibleLine(text, 100).replaceAll('&', '&&')
}

/** Of the text fields and of the Edit menu: a menu that took them would break writing. */
const taken = new Set(['A', 'C', 'V', 'X', 'Y', 'Z', 'Shift+Z'])

/** Undefined where a menu cannot show it, or would take it from the page: on macOS what is shown is registered too. */
function acceleratorOf(keys: string, isMac: boolean): string | undefined {
  const bare = keys.replace(/^Mod\+/, '')
  if (!/^(?:Mod\+|Alt\+|Shift\+)*(?:[A-Z0-9]|F\d{1,2}|Left|Right|Up|Down|[,.;'[\]\\=-])$/.test(keys)) return undefined
  if (keys.startsWith('Mod+') && taken.has(bare)) return undefined
  if (isMac && !keys.startsWith('Mod+')) return undefined
  return keys.replace('Mod+', 'CmdOrCtrl+')
}
