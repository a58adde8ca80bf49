// Names of keys: 'Mod+K', 'Shift+E', 'F6', '?', 'ArrowDown' (written 'Down'). Mod is Command on macOS, Control elsewhere.

export const isMac = /mac/i.test(globalThis.navigator?.platform ?? '')

const shortNames: Readonly<Record<string, string>> = {
  ArrowDown: 'Down',
  ArrowUp: 'Up',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  Esc: 'Escape',
}

/** The name of what was pressed, in the form commands use. */
export function keyOf(event: KeyboardEvent): string {
  const key = nameOf(event)
  const parts: string[] = []
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('Mod')
  if (isMac && event.ctrlKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  // On a symbol Shift is part of how it is typed: '?' is '?' on every layout.
  if (event.shiftKey && (key.length > 1 || /\p{L}/u.test(key))) parts.push('Shift')
  parts.push(key)
  return parts.join('+')
}

function nameOf(event: KeyboardEvent): string {
  const key = shortNames[event.key] ?? event.key
  if (key.length !== 1) return key
  const isHeld = event.ctrlKey || event.metaKey || event.altKey
  // A Cyrillic or Greek layout still means the letter on the key when Control is held; Option makes signs of letters.
  if (isHeld && !/[ -~]/.test(key) && event.code.startsWith('Key')) return event.code.slice(3)
  return /[a-z]/i.test(key) && (isHeld || event.shiftKey) ? key.toUpperCase() : key
}

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' }
const arrows: Readonly<Record<string, string>> = { Down: '↓', Up: '↑', Left: '←', Right: '→' }

/** For a reader: ⌘K or Ctrl+K. */
export function showKeys(keys: string): string {
  const parts = partsOf(keys)
  const shown = parts.map(part => arrows[part] ?? (isMac ? macSigns[part] : part === 'Mod' ? 'Ctrl' : part) ?? part)
  return shown.join(isMac ? '' : '+')
}

/** For `aria-keyshortcuts`: Control+K. */
export function ariaKeys(keys: string): string {
  return partsOf(keys)
    .map(part => (part === 'Mod' ? (isMac ? 'Meta' : 'Control') : (longNames[part] ?? part)))
    .join('+')
}

const longNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(shortNames).map(([long, short]) => [short, long === ' ' ? 'Space' : long]),
)

function partsOf(keys: string): string[] {
  return keys === '+' || keys.endsWith('++') ? [...keys.slice(0, -2).split('+').filter(Boolean), '+'] : keys.split('+')
}
