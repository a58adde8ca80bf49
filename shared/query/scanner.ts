import type { Operator, Regex, Scalar } from './ast.ts'
import { QueryFailure } from './errors.ts'
import { queryLimits } from './limits.ts'

const space = /\s/
const endsWord = /[\s()"]/
const endsItem = /[\s()",\]]/
const nameStart = /\p{L}/u
const fieldName = /[\p{L}][\p{L}\p{N}_.-]*/uy
/** What JavaScript and others write behind a regular expression. */
const flagLetters = /[dgimsuvxy]*/iy
const attributeName = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/uy

/** Where a word stands decides where it ends. */
export interface WordPlace {
  /** Inside `[…]`: a comma ends it. */
  readonly inList?: boolean
  /** Its field has an order: `..` ends it. */
  readonly isCompared?: boolean
}

/** Walks through a query's text once, never back but to a place it was told to remember. */
export class Scanner {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isOver(): boolean {
    return this.at >= this.text.length
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? ''
  }

  skipSpace(): void {
    while (!this.isOver && space.test(this.peek())) this.at++
  }

  /** Takes exactly this text if it comes next. */
  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false
    this.at += expected.length
    return true
  }

  /** `OR`, `AND` and `NOT`, in capitals and on their own. */
  takeKeyword(keyword: string): boolean {
    const after = this.text[this.at + keyword.length] ?? ' '
    return endsWord.test(after) && this.take(keyword)
  }

  /** The name before a colon, colon taken; nothing is taken where there is none. */
  takeFieldName(): string | undefined {
    if (!nameStart.test(this.peek())) return undefined
    return this.takeName(fieldName) ?? undefined
  }

  /** The same after an `@`, or as a string. */
  takeAttributeName(): string | undefined {
    if (this.peek() !== '"') return this.takeName(attributeName)
    const { at } = this
    const name = this.string()
    if (this.take(':')) return name
    this.at = at
    return undefined
  }

  private takeName(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const name = pattern.exec(this.text)?.[0]
    if (name === undefined || this.text[this.at + name.length] !== ':') return undefined
    this.at += name.length + 1
    return name
  }

  operator(): Operator | undefined {
    for (const operator of ['>=', '<=', '>', '<', '='] as const) if (this.take(operator)) return operator
    return undefined
  }

  /**
   * A word or a string; undefined where neither begins. A word that would be half of a regex if it stood alone (`/usr`)
   * counts as a string.
   */
  scalar(place: WordPlace): Scalar | undefined {
    if (this.peek() === '"') return { type: 'scalar', text: this.string(), quoted: true }
    const text = this.word(place)
    return text === '' ? undefined : { type: 'scalar', text, quoted: text.startsWith('/') && !isPath(text) }
  }

  word({ inList = false, isCompared = false }: WordPlace = {}): string {
    const from = this.at
    const ends = inList ? endsItem : endsWord
    while (!this.isOver && !ends.test(this.peek())) {
      if (isCompared && this.peek() === '.' && this.peek(1) === '.') break
      this.at++
    }
    return this.text.slice(from, this.at)
  }

  /** From a quote to the quote that closes it; `\"` and `\\` stand for a quote and a backslash. */
  string(): string {
    const from = this.at++
    let text = ''
    for (; !this.isOver; this.at++) {
      const char = this.peek()
      if (char === '"') return (this.at++, text)
      if (char === '\\' && (this.peek(1) === '"' || this.peek(1) === '\\')) this.at++
      text += this.peek()
    }
    throw new QueryFailure('not-closed', 'This quotation mark has no end; write " after the last word.', {
      from,
      to: this.text.length,
    })
  }

  /**
   * `/…/` or `/…/i`. Undefined, and nothing taken, where the slash begins a word: `//host`, or `/usr/bin` whose second
   * slash is followed by more. Letters that are flags elsewhere are refused: a search for `/x/g` as text finds nothing,
   * and does not say why.
   */
  regex(place: WordPlace): Regex | undefined {
    const { text, at: from } = this
    if (text[from] !== '/' || text[from + 1] === '/') return undefined
    let source = ''
    let i = from + 1
    for (; i < text.length && text[i] !== '/'; i++) {
      if (text[i] === '\\' && i + 1 < text.length) {
        if (text[i + 1] !== '/') source += '\\'
        i++
      }
      source += text[i]!
    }
    if (i >= text.length) {
      throw new QueryFailure('not-closed', 'This regular expression has no end; write / after it, or quote the text.', {
        from,
        to: text.length,
      })
    }
    flagLetters.lastIndex = i + 1
    const flags = flagLetters.exec(text)?.[0] ?? ''
    const end = i + 1 + flags.length
    if (!(place.inList ? endsItem : endsWord).test(text[end] ?? ' ')) return undefined
    const ignoreCase = flags === 'i'
    if (flags !== '' && !ignoreCase) {
      // A letter that stands twice is no list of flags: `/dev/sdd`.
      if (new Set(flags).size < flags.length) return undefined
      throw new QueryFailure(
        'bad-regex',
        'After a regular expression only the flag i is known; for a path, quote it.',
        {
          from: i + 1 + (flags.startsWith('i') ? 1 : 0),
          to: end,
        },
      )
    }
    this.at = end
    if (source.length > queryLimits.pattern) {
      throw new QueryFailure('bad-regex', `A regular expression has at most ${queryLimits.pattern} characters.`, {
        from,
        to: this.at,
      })
    }
    return { type: 'regex', source, ignoreCase }
  }
}

/** Whether a word that begins with a slash is no regex, wherever it stands: `/usr/bin`, `//host`. */
export function isPath(word: string): boolean {
  try {
    return new Scanner(word).regex({ inList: true }) === undefined
  } catch {
    return false
  }
}
