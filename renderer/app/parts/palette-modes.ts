import type { PaletteItem } from './palette-items.ts'

/** What the first character of the box says is looked for. */
export type PaletteMode = 'all' | 'commands' | 'goTo' | 'help'

const prefixes: Readonly<Record<string, PaletteMode>> = { '>': 'commands', ':': 'goTo', '?': 'help' }

export function readMode(text: string): { readonly mode: PaletteMode; readonly typed: string } {
  const mode = prefixes[text.trimStart().charAt(0)]
  return mode ? { mode, typed: text.trimStart().slice(1).trim() } : { mode: 'all', typed: text.trim() }
}

/** What one can write into the box; choosing one writes how it begins. */
export const helpItems: readonly PaletteItem[] = [
  { id: 'help.all', group: 'Help', title: 'A word: commands, traces, sessions, saved views', fill: '' },
  { id: 'help.commands', group: 'Help', title: '>  Commands only', fill: '>' },
  {
    id: 'help.goTo',
    group: 'Help',
    title: ':  A time (:2.5s) or the id of a span, in the trace that is open',
    fill: ':',
  },
  { id: 'help.query', group: 'Help', title: 'kind:tool is:error  A query, asked of all traces', fill: 'is:error ' },
  { id: 'help.link', group: 'Help', title: 'spanwise://…  A link, pasted', fill: 'spanwise://' },
]
