// Text from a trace is untrusted: some characters reorder a line, hide in it or drive a terminal.

/**
 * Makes every character that a reader could not see visible: C0 and C1 controls as their pictures or code points,
 * bidi controls, zero-width characters, tags and lone surrogates as ⟦U+202E⟧. Newlines and tabs stay. Joiners stay
 * where they do honest work: between two emoji, or between letters of scripts that need them.
 */
export function visibleText(text: string): string {
  // Nearly all text has none of these: one test and no copy.
  return suspicious.test(text) ? text.replace(hidden, mark) : text
}

/**
 * The same on one line, for names and list cells: runs of white space are one space. Looks at no more than `limit`
 * characters. A letter of another script that passes for the Latin ones it stands among is named: gp⟦т U+0442⟧-4o.
 */
export function visibleLine(text: string, limit = 400): string {
  // Nearly all names are words of ASCII: one test and no copy.
  if (text.length <= limit && plain.test(text)) return text
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  const shown = visibleText(cut.replace(/\s+/g, ' ').trim())
  return amongLatin.test(shown) ? shown.replace(alike, named) : shown
}

const plain = /^[!-~]+(?: [!-~]+)*$/

/** Cyrillic and Greek letters that look like Latin ones. */
const lookalikes = 'аеорсухіјѕһԁԛԝкмтнАВЕКМНОРСТУХІЈЅοΟΑΒΕΖΗΙΚΜΝΡΤΥΧ'
const amongLatin = new RegExp(`[A-Za-z][${lookalikes}]|[${lookalikes}][A-Za-z]`)
const alike = new RegExp(`(?<=[A-Za-z])[${lookalikes}]+|[${lookalikes}]+(?=[A-Za-z])`, 'g')

function named(letters: string): string {
  const codes = Array.from(letters, letter => `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
  return `⟦${letters} ${codes.join(' ')}⟧`
}

const ranges =
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f' +
  '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0e\\ufeff\\uffa0\\ufff0-\\ufffb'
const surrogates = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const suspicious = new RegExp(`[${ranges}]|\\udb40[\\udc00-\\uddef]|${surrogates}`)
const joinerAtWork =
  '(?<=[\\p{Emoji}\\ufe0f\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Malayalam}\\p{Script=Sinhala}])[\\u200c\\u200d](?=[\\p{Extended_Pictographic}\\p{L}\\u2640\\u2642])'
const hidden = new RegExp(`[${ranges}]|[\\u{e0000}-\\u{e01ef}]|[\\ud800-\\udfff]`, 'gu')

function mark(char: string, at: number, text: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x20) return code === 0x0d && text[at + 1] === '\n' ? '' : String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '␡'
  if ((code === 0x200c || code === 0x200d) && isJoinerAtWork(text, at)) return char
  return `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`
}

const joiner = new RegExp(joinerAtWork, 'uy')

function isJoinerAtWork(text: string, at: number): boolean {
  joiner.lastIndex = at
  return joiner.test(text)
}
