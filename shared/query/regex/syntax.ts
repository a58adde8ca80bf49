import { classOf, classes, type CharSet } from './sets.ts'

// The text of a regular expression -> its structure. What cannot be matched in linear time (looking around, references
// back) is refused with a sentence.

export type RegexNode =
  | { readonly type: 'set'; readonly set: CharSet; /** Of a plain character. */ readonly literal?: number }
  | { readonly type: 'all'; readonly items: readonly RegexNode[] }
  | { readonly type: 'any'; readonly items: readonly RegexNode[] }
  | { readonly type: 'repeat'; readonly item: RegexNode; readonly least: number; readonly most: number }
  | { readonly type: 'assert'; readonly what: Assertion }

export type Assertion = 'start' | 'end' | 'word' | 'not-word'

/** Says why, for a person. */
export class RegexFailure extends Error {}

/** As RE2: an expression is unrolled, so a count is bounded. */
const mostTimes = 1000

export function parseRegex(source: string): RegexNode {
  return new RegexParser(source).read()
}

class RegexParser {
  private readonly chars: readonly string[]
  private at = 0

  constructor(source: string) {
    this.chars = Array.from(source)
  }

  read(): RegexNode {
    if (this.chars.length === 0) throw new RegexFailure('An empty regular expression finds nothing.')
    const node = this.either()
    if (this.at < this.chars.length)
      throw new RegexFailure('A ) in the regular expression closes nothing; write \\) for the character.')
    return node
  }

  private peek(ahead = 0): string | undefined {
    return this.chars[this.at + ahead]
  }

  private take(text: string): boolean {
    const letters = Array.from(text)
    if (!letters.every((letter, i) => this.peek(i) === letter)) return false
    this.at += letters.length
    return true
  }

  private either(): RegexNode {
    const items = [this.sequence()]
    while (this.take('|')) items.push(this.sequence())
    return items.length === 1 ? items[0]! : { type: 'any', items }
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = []
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      items.push(this.repeated())
    }
    return items.length === 1 ? items[0]! : { type: 'all', items }
  }

  private repeated(): RegexNode {
    const item = this.atom()
    const times = this.times()
    if (!times) return item
    this.take('?') // shortest or longest: whether there is a match is the same
    if (this.times()) throw new RegexFailure('Two repetitions stand one after another in the regular expression.')
    return { type: 'repeat', item, ...times }
  }

  private times(): { least: number; most: number } | undefined {
    if (this.take('*')) return { least: 0, most: Infinity }
    if (this.take('+')) return { least: 1, most: Infinity }
    if (this.take('?')) return { least: 0, most: 1 }
    const found = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.chars.slice(this.at, this.at + 24).join(''))
    if (!found) return undefined
    this.at += found[0].length
    const least = Number(found[1])
    const most = found[2] === undefined ? least : found[3] === '' ? Infinity : Number(found[3])
    if (least > mostTimes || (most !== Infinity && most > mostTimes)) {
      throw new RegexFailure(`A regular expression repeats at most ${mostTimes} times.`)
    }
    if (least > most) throw new RegexFailure('A repetition in the regular expression ends before it begins.')
    return { least, most }
  }

  private atom(): RegexNode {
    const char = this.peek()!
    this.at++
    if (char === '(') return this.group()
    if (char === '[') return { type: 'set', set: this.charClass() }
    if (char === '.') return { type: 'set', set: classes.anyButLineEnd }
    if (char === '^') return { type: 'assert', what: 'start' }
    if (char === '$') return { type: 'assert', what: 'end' }
    if (char === '*' || char === '+' || char === '?') {
      throw new RegexFailure(`A ${char} in the regular expression repeats nothing; write \\${char} for the character.`)
    }
    if (char !== '\\') return literal(char.codePointAt(0)!)
    if (this.take('b')) return { type: 'assert', what: 'word' }
    if (this.take('B')) return { type: 'assert', what: 'not-word' }
    const escaped = this.escape()
    return typeof escaped === 'number' ? literal(escaped) : { type: 'set', set: escaped }
  }

  private group(): RegexNode {
    if (this.take('?=') || this.take('?!') || this.take('?<=') || this.take('?<!')) {
      throw new RegexFailure('Looking ahead or behind is not possible in this regular expression.')
    }
    if (this.take('?<')) {
      while (this.peek() !== undefined && !this.take('>')) this.at++
    } else if (this.peek() === '?' && !this.take('?:')) {
      throw new RegexFailure('Flags inside a regular expression are not possible; write /…/i to ignore case.')
    }
    const node = this.either()
    if (!this.take(')'))
      throw new RegexFailure('A ( in the regular expression is not closed; write \\( for the character.')
    return node
  }

  /** After a backslash: a character, or a class such as `\d`. */
  private escape(): number | CharSet {
    const char = this.peek()
    this.at++
    if (char === undefined) throw new RegexFailure('The regular expression ends in a backslash.')
    const set = classOf(char)
    if (set) return set
    if (char === 'p' || char === 'P') return this.property(char === 'P')
    if (char in controls) return controls[char]!
    if (char === 'x') return this.hex(/^[0-9a-f]{2}/i)
    if (char === 'u') return this.peek() === '{' ? this.bracedHex() : this.hex(/^[0-9a-f]{4}/i)
    if (/[1-9]|k/.test(char)) {
      throw new RegexFailure('Referring back to a group is not possible in this regular expression.')
    }
    if (/[\p{L}\p{N}]/u.test(char) && char !== '0') {
      throw new RegexFailure(`\\${char} means nothing in a regular expression.`)
    }
    return char === '0' ? 0 : char.codePointAt(0)!
  }

  private hex(shape: RegExp): number {
    const found = shape.exec(this.chars.slice(this.at, this.at + 4).join(''))?.[0]
    if (found === undefined) throw new RegexFailure('A \\x or \\u in the regular expression lacks its digits.')
    this.at += found.length
    return Number.parseInt(found, 16)
  }

  private bracedHex(): number {
    const found = /^\{([0-9a-f]{1,6})\}/i.exec(this.chars.slice(this.at, this.at + 8).join(''))
    const code = Number.parseInt(found?.[1] ?? '', 16)
    if (!found || code > 0x10ffff) throw new RegexFailure('A \\u{…} in the regular expression is no character.')
    this.at += found[0].length
    return code
  }

  private property(negated: boolean): CharSet {
    const found = /^\{[\w=]{1,60}\}/.exec(this.chars.slice(this.at, this.at + 62).join(''))?.[0]
    const escape = `\\${negated ? 'P' : 'p'}${found ?? ''}`
    try {
      const one = new RegExp(escape, 'u')
      if (found === undefined) throw new SyntaxError()
      this.at += found.length
      return code => one.test(String.fromCodePoint(code))
    } catch {
      throw new RegexFailure(`${escape} names no property of characters.`)
    }
  }

  private charClass(): CharSet {
    const negated = this.take('^')
    const parts: CharSet[] = []
    for (let first = true; ; first = false) {
      const char = this.peek()
      if (char === undefined)
        throw new RegexFailure('A [ in the regular expression is not closed; write \\[ for the character.')
      if (char === ']' && !first) break
      const from = this.classAtom()
      if (typeof from !== 'number' || this.peek() !== '-' || this.peek(1) === ']' || this.peek(1) === undefined) {
        parts.push(typeof from === 'number' ? code => code === from : from)
        continue
      }
      this.at++
      const to = this.classAtom()
      if (typeof to !== 'number' || to < from)
        throw new RegexFailure('A range in […] of the regular expression has no order.')
      parts.push(code => code >= from && code <= to)
    }
    this.at++
    const holds: CharSet = code => parts.some(part => part(code))
    return negated ? Object.assign((code: number) => !holds(code), { without: holds }) : holds
  }

  private classAtom(): number | CharSet {
    const char = this.peek()!
    this.at++
    if (char !== '\\') return char.codePointAt(0)!
    return this.take('b') ? 8 : this.escape()
  }
}

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 }

function literal(code: number): RegexNode {
  return { type: 'set', set: one => one === code, literal: code }
}
