// One form for the letters that a search does not tell apart, and which letters make a word.

const ascii = /^[\u0000-\u007f]*$/ // oxlint-disable-line no-control-regex

/** Letters that are others drawn wide, narrow or together: full width, ligatures, the forms that Arabic letters take in a word. */
const drawn = /[\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffdc]+/g

/** Accents, and the vowels and the stretching line of Arabic. */
const marks = /[\u0300-\u036f\u0640\u064b-\u0652\u0670]/g

/** Without case, accents, widths and ligatures. Whatever else differs is another text. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (ascii.test(lower)) return lower
  return lower
    .replace(drawn, run => run.normalize('NFKD'))
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[ςſı]/g, letter => (letter === 'ς' ? 'σ' : letter === 'ſ' ? 's' : 'i'))
}

/** What a character does in a text: it separates words, belongs to one, or is one (scripts written without spaces). */
export type Letter = 0 | 1 | 2
export const separator: Letter = 0
export const spaced: Letter = 1
export const spaceless: Letter = 2

const word = /[\p{L}\p{N}\p{M}\p{Co}]/u
const withoutSpaces = /(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u
/** 3 is not asked yet. */
const known = new Uint8Array(0x20000).fill(3)

export function letterOf(code: number): Letter {
  if (code >= known.length) return classify(code)
  if (known[code] === 3) known[code] = classify(code)
  return known[code] as Letter
}

function classify(code: number): Letter {
  const char = String.fromCodePoint(code)
  return withoutSpaces.test(char) ? spaceless : word.test(char) ? spaced : separator
}

/** What stands at a place of a text; beyond its ends a separator does. */
export function letterAt(text: string, at: number): Letter {
  const code = text.codePointAt(at)
  return code === undefined ? separator : letterOf(code)
}

export function letterBefore(text: string, at: number): Letter {
  if (at <= 0) return separator
  const unit = text.charCodeAt(at - 1)
  return letterAt(text, unit >= 0xdc00 && unit < 0xe000 && at > 1 ? at - 2 : at - 1)
}
