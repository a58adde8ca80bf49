import type { CallPiece, Piece } from '../../shared/replay/pieces.ts'

/** Of shorter ones ("ollama", "EMPTY") none is secret, and they are words of texts. */
const shortestSecret = 16
const shown = '(key)'

/**
 * Takes a key out of what a provider says, for some repeat a wrong one: as it is or in other case (a host's name), as JSON
 * may write it, as an address does. A provider has the key that it was sent: one that hides it on purpose is not found.
 */
export class Mask {
  private readonly key: string
  private readonly written: RegExp | undefined
  /** The end of what was said and may be the beginning of the key, by what it was said in. */
  private readonly held = new Map<string, string>()

  constructor(key: string | undefined) {
    this.key = key === undefined || key.length < shortestSecret ? '' : key.toLowerCase()
    this.written = this.key === '' ? undefined : new RegExp(Array.from(this.key, spellings).join(''), 'gi')
  }

  text(text: string): string {
    return this.written ? text.replace(this.written, shown) : text
  }

  /** The next piece of an answer, less what may go on to be the key: that comes with the piece after it, or with `rest`. */
  piece(piece: Piece): Piece {
    if (this.key === '') return piece
    const { text, reasoning, toolCalls, ...more } = piece
    return {
      ...more,
      ...(text === undefined ? {} : { text: this.next('text', text) }),
      ...(reasoning === undefined ? {} : { reasoning: this.next('reasoning', reasoning) }),
      ...(toolCalls === undefined ? {} : { toolCalls: toolCalls.map(call => this.call(call)) }),
    }
  }

  /** What was held back to the end: it was no key. */
  rest(): Piece[] {
    const pieces = [...this.held].flatMap(([where, text]): Piece | readonly Piece[] => {
      if (text === '') return []
      if (where === 'text' || where === 'reasoning') return { [where]: text }
      return { toolCalls: [{ index: Number(where), arguments: text }] }
    })
    this.held.clear()
    return pieces
  }

  private call({ arguments: said, ...call }: CallPiece): CallPiece {
    return { ...call, ...(said === undefined ? {} : { arguments: this.next(String(call.index), said) }) }
  }

  private next(where: string, said: string): string {
    const text = this.text((this.held.get(where) ?? '') + said)
    const cut = text.length - this.begun(text)
    this.held.set(where, text.slice(cut))
    return text.slice(0, cut)
  }

  /** How many characters at the end of a text the key begins with. */
  private begun(text: string): number {
    const end = text.slice(1 - this.key.length).toLowerCase()
    for (let from = 0; from < end.length; from++) if (this.key.startsWith(end.slice(from))) return end.length - from
    return 0
  }
}

/** One character as it is, as `\u0041` or `\"` of JSON, as `%41` of an address. */
function spellings(character: string): string {
  // A backslash is taken along only where JSON would have put it: any other is of the text before the key.
  const plain = character.replace(/[^a-z0-9]/, /["\\/]/.test(character) ? '\\\\?\\$&' : '\\$&')
  const upper = character.toUpperCase()
  const codes = [...new Set([character, upper])].map(one => one.charCodeAt(0).toString(16).padStart(2, '0')).join('|')
  return `(?:${plain}|(?:\\\\u00|%)(?:${codes}))`
}
