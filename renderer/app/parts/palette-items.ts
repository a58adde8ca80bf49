import type { Command } from '../commands.ts'

export interface PaletteItem {
  readonly id: string
  readonly title: string
  readonly group?: string
  readonly keys?: readonly string[]
  /** What tells it from others of that title. */
  readonly detail?: string
  readonly run?: () => void
  /** Instead of doing anything: what stands in the box then. */
  readonly fill?: string
}

/** Commands whose title holds every word typed, titles that begin with the first word first. */
export function findCommands(commands: readonly Command[], typed: string): readonly PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const seen = new Set<string>()
  const matching = commands.filter(command => {
    if (command.sheetOnly || seen.has(command.id)) return false
    const text = `${command.group ?? ''} ${command.title}`.toLowerCase()
    if (!words.every(word => text.includes(word))) return false
    seen.add(command.id)
    return true
  })
  const [first] = words
  if (first === undefined) return matching
  const begins = (command: Command) => (command.title.toLowerCase().startsWith(first) ? 0 : 1)
  return matching.toSorted((a, b) => begins(a) - begins(b))
}

/** Commands that were run from the palette lately, then those of what is open: what one most likely wants here. */
export function likelyCommands(commands: readonly Command[]): readonly Command[] {
  const offered = commands.filter(({ sheetOnly }) => !sheetOnly)
  const used = lately.flatMap(id => offered.find(command => command.id === id) ?? [])
  const here = offered.filter(({ group }) => group !== undefined && !ofWindow.has(group))
  return [...new Set([...used, ...here])].slice(0, mostLikely)
}

const mostLikely = 3
const ofWindow: ReadonlySet<string> = new Set(['Window', 'Settings', 'Help'])
let lately: readonly string[] = []

export function rememberRun(id: string): void {
  lately = [id, ...lately.filter(one => one !== id)].slice(0, mostLikely)
}

/** A pasted id rather than a word: long, without spaces, with a digit in it. */
export function looksLikeTraceId(typed: string): boolean {
  return typed.length >= 8 && typed.length <= 1024 && !/\s/.test(typed) && /\d/.test(typed)
}
