/** Whether a character (its code point) belongs. `without`: it is everything but this. */
export interface CharSet {
  (code: number): boolean
  readonly without?: CharSet
}

const isDigit: CharSet = code => code >= 48 && code <= 57
export const isWordChar: CharSet = code =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
const isSpace: CharSet = code => /\s/u.test(String.fromCodePoint(code))
const isLineEnd: CharSet = code => code === 10 || code === 13 || code === 0x2028 || code === 0x2029

export const classes = { anyButLineEnd: not(isLineEnd) } as const

/** `\d`, `\w`, `\s` and their opposites. */
export function classOf(letter: string): CharSet | undefined {
  if (letter === 'd') return isDigit
  if (letter === 'D') return not(isDigit)
  if (letter === 'w') return isWordChar
  if (letter === 'W') return not(isWordChar)
  if (letter === 's') return isSpace
  return letter === 'S' ? not(isSpace) : undefined
}

function not(set: CharSet): CharSet {
  return Object.assign((code: number) => !set(code), { without: set })
}

/** The same set where upper and lower case are one. */
export function ignoringCase(set: CharSet): CharSet {
  const { without } = set
  if (without) {
    const holds = ignoringCase(without)
    return code => !holds(code)
  }
  return code => set(code) || variants(code).some(set)
}

function variants(code: number): number[] {
  const char = String.fromCodePoint(code)
  const found = new Set<number>()
  for (const first of [char.toLowerCase(), char.toUpperCase()]) {
    for (const second of [first, first.toLowerCase(), first.toUpperCase()]) {
      const only = second.codePointAt(0)!
      if (second.length === (only > 0xffff ? 2 : 1)) found.add(only)
    }
  }
  return [...found]
}
