// What a trace says must not steer the terminal: no colours, titles, clipboard writes, overwritten lines or reordered
// text. Escaped here, at the only door, so that no command can forget it.

/** C0 but newline and tab, DEL, C1, bidi controls, line and paragraph separators, the BOM, lone surrogates. */
const unsafe =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu

/** The text with every character that could act on a terminal written out: `\x1b`, `\u202e`. */
export function safeText(text: string): string {
  return text.replace(unsafe, character => {
    const code = character.charCodeAt(0)
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** The same on one line: line ends and tabs too are written as spaces. */
export function safeLine(text: string): string {
  return safeText(text.replace(/[\n\t\r]+/g, ' '))
}

/** JSON that is pure data to a terminal: JSON escapes C0 itself, the rest is `\uXXXX` here. Reads back as the same value. */
export function safeJson(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}

function escapeJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** How many columns a text takes: wide East Asian characters and emoji two, combining marks none. */
export function width(text: string): number {
  let columns = 0
  for (const character of text) columns += isNarrow(character) ? 1 : isMark.test(character) ? 0 : 2
  return columns
}

/** Cut to so many columns, with an ellipsis where something is missing. */
export function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let cut = ''
  let used = 0
  for (const character of text) {
    const next = width(character)
    if (used + next > columns - 1) break
    cut += character
    used += next
  }
  return `${cut}…`
}

const isMark = /^(?:[\p{Mn}\p{Me}]|[\u200b-\u200d]|[\ufe00-\ufe0f])$/u
const isWide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Extended_Pictographic}]$/u

function isNarrow(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 0x300 || (!isMark.test(character) && !isWide.test(character) && code < 0x20000)
}
